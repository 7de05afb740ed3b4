"""What is left out: "everyone except Ana", "not on chat", "excluding refunds and new hires"."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from scoring.reading.draft import AskBackError, Draft
from scoring.reading.grammar import (
    ASKED,
    EXCEPT,
    LABEL,
    LEFT_OUT,
    ME,
    MINE,
    PERSON,
    TEAM,
    TENURE,
    Asked,
)
from scoring.reading.joined import Some, joined
from scoring.reading.spans import Span

_MOST_NAMES = 6
# Words of negation that leave something out; "no" counts none of it.
_LEAVING = frozenset(("not", "without", "never"))
_LISTING = frozenset(("and", ",", "or", "nor", "as well as", "along with"))
_ALL = ("all", "any", "every", "each")
# Always known of a contact, so that nothing of it is called unknown.
_KNOWN = ("channel",)


def left_out(some: Some) -> list[Span] | None:
    """Such as "except Ana and Ben": one span of what is left out."""
    first, *rest = some
    named = [one for one in rest if one.kind in {PERSON, ME, TEAM, LABEL, TENURE}]
    if first.kind == "O" and first.said.casefold() not in _LEAVING:
        return None
    if not _is_list(rest):
        return None
    out = joined(some, LEFT_OUT, tuple(named))
    if first.value == "all_but" and named[0].kind in {PERSON, ME}:
        return [Span(ASKED, Asked("agent"), first.first, first.after, said=first.said), out]
    return [out]


def _is_list(some: Some) -> bool:
    """Whether names stand in one list, of which none owns what comes next."""
    joints = (one for one in some if one.kind in {"J", "|"})
    owned = any(one.said.casefold().endswith("'s") for one in some)
    return not owned and all(one.said.casefold() in _LISTING for one in joints)


def all_but(some: Some) -> list[Span] | None:
    """Such as "all channels but chat", "every agent but Ana": all that there are, less some."""
    asked, joint, *rest = some
    if joint.said.casefold() != "but" and joint.kind == "J":
        return None
    if asked.said.casefold().split()[0] not in _ALL:
        return None
    if not _is_list(rest):
        return None
    out = joined([joint, *rest], LEFT_OUT, tuple(one for one in rest if one.kind != "J"))
    columns = {column for one in out.value if one.kind == LABEL for column, _, _ in one.value}
    return [out] if asked.kind == MINE or asked.value.by in columns else [asked, out]


def not_left_out(some: Some) -> list[Span]:
    """Such as "excluding" before what cannot be left out: it is asked back."""
    return [joined(some, EXCEPT, None)]


def outs(items: Iterable[Span], kind: str) -> list[Span]:
    """What is left out, of one kind."""
    return [
        one for span in items if span.kind == LEFT_OUT for one in span.value if one.kind == kind
    ]


def other_people(items: Sequence[Span], teams: Sequence[int], draft: Draft) -> list[int]:
    """Everybody but those left out: of the teams named, else of all whom the asker leads.

    Raises:
        AskBackError: nobody is left, or a name may be several people's.
    """
    out = [_only(one) for one in outs(items, PERSON)]
    if not out and not outs(items, ME):
        return []
    world = draft.world
    some = [one for one in world.people if one.id != world.me and one.id not in out]
    some = [one for one in some if not teams or one.team in teams]
    if not some:
        raise AskBackError("Nobody is left then. Whom do you mean?")
    names = [one.name or one.key for one in some]
    told = ", ".join(names) if len(names) <= _MOST_NAMES else f"the {len(names)} others"
    draft.assume(f"Left out {_said(items)}: told of {told}.")
    return [one.id for one in some]


def _only(one: Span) -> int:
    if len(one.value) > 1:
        raise AskBackError(f"Whom do you mean by “{one.said}”?")
    return int(one.value[0])


def other_teams(items: Sequence[Span], draft: Draft) -> list[int]:
    """All the asker's teams but those left out.

    Raises:
        AskBackError: none is left.
    """
    out = [team for one in outs(items, TEAM) for team in one.value]
    if not out:
        return []
    teams = [team for team in draft.world.teams if team not in out]
    if not teams:
        raise AskBackError("No team is left then. Which one do you mean?")
    names = ", ".join(draft.world.teams[team] for team in teams)
    draft.assume(f"Left out {_said(items)}: told of {names}.")
    return teams


def other_values(items: Sequence[Span], draft: Draft) -> dict[str, tuple[str, ...]]:
    """All values in use but those left out, by column; what is not known stays in.

    Raises:
        AskBackError: a value may be several things, or none is left.
    """
    out: dict[str, set[str]] = defaultdict(set)
    for one in outs(items, LABEL):
        if len({column for column, _, _ in one.value}) > 1:
            raise AskBackError(f"What is “{one.said}”?")
        for column, value, _ in one.value:
            out[column].add(value)
    return {column: _others(column, values, draft) for column, values in out.items()}


def _others(column: str, out: set[str], draft: Draft) -> tuple[str, ...]:
    known = [value for value in draft.world.labels[column] if value not in out]
    if not known:
        raise AskBackError(f"No {column.replace('_', ' ')} is left then. Which do you mean?")
    values = (*known, *(() if column in _KNOWN else ("unknown",)))
    shown = ", ".join(values) if len(values) <= _MOST_NAMES else f"the {len(values)} others"
    name = column.replace("_", " ")
    draft.assume(f"Left out {name} {', '.join(sorted(out))}: told of {shown}.")
    return values


def other_tenure(items: Sequence[Span], draft: Draft) -> tuple[int, int | None] | None:
    """Everybody who is longer, or not as long, in the job."""
    spans = outs(items, TENURE)
    if not spans:
        return None
    first, after = spans[0].value
    days = f"under {after} days" if after is not None else f"{first} days or more"
    draft.assume(f"Left out “{spans[0].said}”: who is {days} in the job at the contact's date.")
    return (after, None) if after is not None else (0, first)


def _said(items: Iterable[Span]) -> str:
    said = [one.said.partition(" ")[2] or one.said for one in items if one.kind == LEFT_OUT]
    return f"“{', '.join(said)}”"
