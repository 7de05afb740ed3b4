"""The weekly note to a manager: whom to talk with about what, and what can be left alone.

People stand in the order of the alphabet, never of their figures, and each statement is in the
words that the agent was given.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from prompts.note.background import Sighting
from prompts.note.figures import WORDINGS, capital, change_span_words, kind_words, listed, name_of
from prompts.note.news import situation
from prompts.note.people import Person, attention, commitment, improvement, kept_focus, look, watch
from prompts.note.shape import Fact, Note, Section, Value
from prompts.note.statements import values_of_effect
from scoring.coaching.findings import AgentReview, TeamEffect
from scoring.coaching.progress import Progress
from scoring.units import changed

# Why nothing can be said of somebody's week.
UNSAID = MappingProxyType(
    {
        "absent": "no contacts",
        "new": "new, so no comparisons yet",
        "restart": "the queue changed, comparisons restart",
        "few": "too few contacts to compare",
    }
)
FEW_NAMES = 3
TITLES = MappingProxyType(
    {
        "shared": "The whole team",
        "attention": "Who needs attention",
        "improved": "What improved",
        "look": "What to look at together",
        "commitments": "What became of commitments",
        "watch": "Too early to say",
        "alone": "Only noise: leave alone",
        "unsaid": "Nothing to compare yet",
    }
)
SAID_OF = MappingProxyType(
    {
        "attention": attention,
        "improved": improvement,
        "look": look,
        "commitments": commitment,
        "watch": watch,
    }
)


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A team's week: ``people`` are all of its agents by id, as they are called.

    ``reviews`` are those of the week, ``before`` of the one before, ``shared`` what happened to
    everybody; ``sightings`` the contacts that may be named, by key; ``commitments`` what became of
    them, by agent.
    """

    name: str
    week: date
    people: Mapping[int, str]
    reviews: Mapping[int, AgentReview]
    before: Mapping[int, AgentReview] = field(default_factory=dict)
    shared: Sequence[TeamEffect] = ()
    sightings: Mapping[int, Sighting] = field(default_factory=dict)
    commitments: Mapping[int, Progress] = field(default_factory=dict)


def team_note(team: TeamWeek) -> Note:
    """The note to the manager of a team."""
    people = list(_people(team))
    told = {
        key: [fact for person in people for fact in say(person)] for key, say in SAID_OF.items()
    }
    # A commitment alone is no reason not to leave somebody alone.
    named = {
        fact.values["agent"]
        for key, facts in told.items()
        for fact in facts
        if key != "commitments"
    }
    named |= {person.review.agent for person in people if person.keeps_focus}
    others = _others(team, named)
    facts = {
        "shared": _shared(team),
        **told,
        "look": [*told["look"], *kept_focus(people)],
        "alone": _alone(others),
        "unsaid": _unsaid(others),
    }
    lines = {key: tuple((fact,) for fact in facts[key]) for key in TITLES}
    needing = list(dict.fromkeys(str(fact.values["person"]) for fact in told["attention"]))
    return Note(
        "manager",
        team.name,
        team.week,
        sum(person.review.contacts for person in people),
        "team",
        _verdict(needing, looking=bool(told["look"])),
        tuple(Section(key, title, lines[key]) for key, title in TITLES.items() if lines[key]),
    )


def _verdict(needing: Sequence[str], *, looking: bool) -> str:
    if not needing:
        also = "; some things are worth a look together" if looking else ""
        return f"Nobody needs particular attention this week{also}."
    if len(needing) > FEW_NAMES:
        return "Several people need attention this week: see below with whom to talk about what."
    return f"Worth a talk this week: {listed(needing)}."


def _people(team: TeamWeek) -> Iterator[Person]:
    """Those with contacts in the week, by name."""
    for agent, name in _by_name(team):
        review = team.reviews.get(agent)
        if review is not None and review.contacts:
            before, promise = team.before.get(agent), team.commitments.get(agent)
            yield Person(name, review, before, promise, team.sightings)


def _by_name(team: TeamWeek) -> list[tuple[int, str]]:
    return sorted(team.people.items(), key=lambda one: (one[1].casefold(), one[1], one[0]))


def _shared(team: TeamWeek) -> list[Fact]:
    """What happened to everybody: nobody's doing, so nobody is told of it but the manager."""
    facts = []
    for effect in team.shared:
        unit = WORDINGS[effect.metric].unit
        moved = "rose" if effect.size.value > 0 else "fell"
        where = f" for {kind_words(effect.issue_type)}" if effect.issue_type else ""
        text = (
            f"{capital(name_of(effect.metric))} {moved}{where}, for everyone"
            f" (change {changed(effect.size.value, unit)},"
            f" 95 % interval {change_span_words(effect.metric, effect.size)})."
        )
        key = f"shared.{effect.metric}.{effect.issue_type or 'all'}"
        facts.append(Fact(key, "effect", effect.metric, text, values_of_effect(effect)))
    return facts


def _alone(others: Mapping[str, list[str]]) -> Iterator[Fact]:
    """All of whose week there is nothing to say but that it was like their others."""
    if names := others.get("alone"):
        yield _people_fact("alone", names, "nothing beyond normal variation")


def _unsaid(others: Mapping[str, list[str]]) -> Iterator[Fact]:
    for kind, why in UNSAID.items():
        if names := others.get(kind):
            yield _people_fact(f"unsaid.{kind}", names, why)


def _people_fact(key: str, names: Sequence[str], why: str) -> Fact:
    text = f"{listed(names)}: {why}."
    return Fact(key, "people", None, text, {"people": ", ".join(names)})


def _others(team: TeamWeek, named: Set[Value]) -> dict[str, list[str]]:
    """The names of those who were not named yet, by why there is nothing to say of them."""
    found: dict[str, list[str]] = {}
    for agent, name in _by_name(team):
        if agent not in named:
            kind = _kind(team, agent)
            found.setdefault(kind if kind in UNSAID else "alone", []).append(name)
    return found


def _kind(team: TeamWeek, agent: int) -> str:
    return situation(team.reviews[agent]) if agent in team.reviews else "absent"
