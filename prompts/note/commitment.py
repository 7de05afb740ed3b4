"""What became of a commitment, in a section of the note."""

from collections.abc import Iterator
from types import MappingProxyType

from prompts.note.figures import NORMAL, change_words, direction, name_of
from prompts.note.shape import Fact, Line, Section, Value
from prompts.note.statements import Told
from scoring.coaching.progress import Progress

# By verdict and what it rests on. Only a confirmed change is news: after a bad week figures come
# back with no coaching at all.
OUTCOMES: MappingProxyType[tuple[str, str], str] = MappingProxyType(
    {
        ("moved", "confirmed"): "it shows: {name} {change}.",
        ("slipped", "confirmed"): "not yet: {name} {change}. What would help more?",
        (
            "slipped",
            "rushing",
        ): "handle time went down and quality with it. What was behind it?",
        ("held", "normal"): f"so far, {{name}} is {NORMAL}.",
        ("held", "before"): "{name} is where it was going before; no new change shows.",
        ("held", "fair_trade"): "more time went in while quality rose: a fair trade.",
        ("too_early", "normal"): "too early to tell.",
        ("too_early", "before"): "too early to tell.",
        ("too_early", "fair_trade"): "too early to tell.",
        ("too_early", "quality_open"): "handle time fell; too early to say whether quality held.",
        ("too_few", "too_few"): "so far, too few {counted} to say.",
        ("too_few", "queue_changed"): "the queue changed, so it is too early to tell.",
        ("too_few", "absent"): "too early to tell.",
    }
)
ENDINGS = MappingProxyType(
    {
        "closed": "It ends here; what comes next is yours to say.",
        "extended": "It goes on for as many weeks again.",
        "renewed": "It begins again, as agreed.",
    }
)


def commitment_section(news: Progress | None, told: Told, whose: str) -> Iterator[Section]:
    """The section; none where there is no commitment."""
    if news is not None:
        line: Line = (commitment_fact(news, told, whose),)
        if news.ending:
            line += (ENDINGS[news.ending],)
        yield Section("commitment", "Your commitment", (line,))


def commitment_fact(news: Progress, told: Told, whose: str) -> Fact:
    """How a commitment stands after the week; a change that was ``told`` is not told again."""
    one, stands = news.commitment, news.standing
    outcome = OUTCOMES[stands.verdict, stands.why].format(
        name=name_of(one.metric),
        change=_change(news, told, whose),
        counted="surveys" if one.metric == "csat" else "contacts",
    )
    text = f"“{one.text}”, week {news.number} of {one.weeks}: {outcome}"
    return Fact("commitment", "commitment", one.metric, text, _values(news))


def _change(news: Progress, told: Told, whose: str) -> str:
    """The change that was confirmed; in a word where the note has told it."""
    change = news.standing.change
    if change is None:
        return ""
    if ("change", news.commitment.metric) in told:
        return f"{direction(change)}, as said above"
    return change_words(news.commitment.metric, change, whose)


def _values(news: Progress) -> dict[str, Value]:
    one, stands, now = news.commitment, news.standing, news.now
    return {
        "commitment": one.id,
        "text": one.text,
        "practice": one.practice,
        "first_week": one.first_week.isoformat(),
        "last_week": one.last_week.isoformat(),
        "number": news.number,
        "verdict": stands.verdict,
        "why": stands.why,
        "since": None if stands.since is None else stands.since.isoformat(),
        "then": None if one.baseline is None else one.baseline.level.value,
        "rebound": None if one.baseline is None else one.baseline.rebound,
        "now": None if now is None else now.value,
        "noticeable": news.noticeable,
        "ending": news.ending,
    }
