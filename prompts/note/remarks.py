"""The figures of a note with n and interval, and what helps to read them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from prompts.note.background import Background, Sighting
from prompts.note.figures import WORDINGS, counted, listed, value_words
from prompts.note.news import Moved
from prompts.note.shape import Fact, Section
from prompts.note.statements import Told, change_fact, figure_fact
from prompts.note.voice import Voice
from scoring.coaching.findings import AgentReview

WITHHELD = MappingProxyType(
    {
        "too_few": "not enough contacts for a score",
        "unreliable": "too little is known of quality for a score",
        "small_team": "no score with fewer than five agents",
    }
)
READING = "Levels over up to eight weeks, on the team's usual mix of contacts, with 95 % interval."
UNLESS = " Within normal variation unless said."
UNCOMPARED = MappingProxyType(
    {
        "queue_changed": "The queue changed, comparisons restart",
        "too_few": "Too little to compare yet",
    }
)
COMPARED = {"normal", "confirmed"}
MOST_NAMED = 3
SMALL_TEAM = "With fewer than five agents, figures are set against your own weeks only."
NEW = "Comparisons with your own weeks begin once there are three to compare with."


def figures_section(
    review: AgentReview, background: Background, told: Told, voice: Voice
) -> Section:
    """A line for each metric and for the score; a change not ``told`` above is told in full."""
    facts = [
        figure_fact(metric, review.metrics[metric], voice.whose, told)
        for metric in WORDINGS
        if metric in review.metrics
    ]
    if review.quality is not None and ("change", "quality") not in told:
        facts.append(change_fact("figures", Moved("quality", review.quality), voice.whose))
    return Section(
        "figures", "Your figures", (*((fact,) for fact in facts), (_score(review, background),))
    )


def _score(review: AgentReview, background: Background) -> Fact:
    values = {"score": review.score, "withheld": review.score_withheld}
    if review.score is None:
        why = WITHHELD.get(review.score_withheld or "", "not enough contacts for a score")
        return Fact("score", "score", None, f"Balance score: {why}.", values)
    before = background.previous.score if background.previous else None
    moved = ""
    if review.score_moved and before is not None and round(before) != round(review.score):
        moved = f", {'up' if review.score > before else 'down'} from {before:.0f}"
    text = f"Balance score: {review.score:.0f} of 100{moved}; 50 is as expected."
    return Fact("score", "score", None, text, {**values, "before": before})


def remarks_section(
    review: AgentReview, background: Background, focus: Section, kind: str
) -> Section:
    """What helps to read the note."""
    quiet = {one.why_quiet for one in review.metrics.values() if one.n}
    reading = READING + (UNLESS if "normal" in quiet else "")
    said = [Fact("remark.interval", "remark", None, reading), *_uncompared(review)]
    if review.score_withheld == "small_team":
        said.append(Fact("remark.small_team", "remark", None, SMALL_TEAM))
    if review.new and not quiet & COMPARED:
        said.append(Fact("remark.new", "remark", None, NEW))
    if kind in ("steady", "focus"):
        said += _noticeable(review)
    said += [
        Fact("remark.source", "remark", None, f"What to try is from: {fact.values['source']}.")
        for fact in focus.facts
        if fact.kind == "practice"
    ]
    said += _records_to_check(review, background.sightings)
    return Section("remarks", "How to read this", tuple((fact,) for fact in said))


def _uncompared(review: AgentReview) -> Iterator[Fact]:
    """Which figures were compared with nothing, and why."""
    for why, words in UNCOMPARED.items():
        names = [
            WORDINGS[metric].name
            for metric in WORDINGS
            if metric in review.metrics and review.metrics[metric].why_quiet == why
        ]
        if names:
            of = "" if len(names) == len(review.metrics) else f": {listed(names)}"
            yield Fact(f"remark.{why}", "remark", None, f"{words}{of}.")


def _noticeable(review: AgentReview) -> Iterator[Fact]:
    """The smallest change that the agent's volume could show: why silence is no verdict."""
    sizes = {
        metric: size
        for metric in ("aht", "fcr")
        if metric in review.metrics and (size := review.metrics[metric].noticeable) is not None
    }
    if sizes:
        told = " or ".join(
            f"{_size_words(metric, size)} in {WORDINGS[metric].name}"
            for metric, size in sizes.items()
        )
        text = f"With your number of contacts, three weeks would show a change of about {told}."
        yield Fact("remark.noticeable", "remark", None, text, dict(sizes))


def _size_words(metric: str, size: float) -> str:
    return f"{size * 100:.0f} points" if metric == "fcr" else value_words(metric, size)


def _records_to_check(review: AgentReview, sightings: Mapping[int, Sighting]) -> Iterator[Fact]:
    """The contacts whose handle time is beyond belief; a few by name, or how many."""
    if not review.check:
        return
    named = [sightings[key].reference for key in review.check if key in sightings]
    whole = 0 < len(named) == len(review.check) <= MOST_NAMED
    number = listed(named) if whole else counted(len(review.check), "contact")
    text = f"Please check the record of {number}: the handle time is out of the ordinary."
    yield Fact("remark.check", "remark", "aht", text, {}, review.check)
