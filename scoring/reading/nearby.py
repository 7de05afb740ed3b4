"""Nouns, names, counts and comparatives that say more beside their neighbours."""

from dataclasses import replace

from scoring.reading.amounts import Amount
from scoring.reading.draft import AskBackError
from scoring.reading.grammar import (
    AGAINST,
    ASKED,
    CHANGED,
    EACH,
    END,
    FILL,
    JOIN,
    KPI,
    MINE,
    MOVE,
    NOUN,
    STATISTIC,
    TENURE,
    UNKNOWN,
    VERSUS,
    Asked,
    First,
)
from scoring.reading.joined import Some, joined
from scoring.reading.spans import Span

OF_TIME = frozenset(("faster", "quicker", "slower", "longer", "shorter"))
_MEDIANS, _WITH_MEDIANS = ("median", "the median"), ("aht", "frt", "resolution_time")
# Shares of contacts that came to something, said of the contacts as "escalated" is.
_OUTCOMES = frozenset(
    ("escalation_rate", "transfer_rate", "resolution_rate", "abandonment_rate", "reopen_rate")
)
_COUPLE = 2
# What tells that an average is the team's, and not just how a figure is worked out.
_OF_TEAMS = frozenset(("team", "teams", "norm", "our", "group", "floor"))


def shown(some: Some) -> list[Span]:
    """Such as "3 chats where …": contacts are to be seen, not counted."""
    limits = [
        replace(one, kind="#", value=int(one.value.value)) for one in some if one.kind == "N"
    ]
    rest = [replace(one, kind=FILL) if one.kind in "kh" else one for one in some]
    shown = replace(some[0], kind="x")
    return [shown, *limits, *(one for one in rest if one.kind not in "Nx")]


def showing(some: Some) -> list[Span] | None:
    """Such as "some chats", "a few escalated tickets": single ones are to be seen.

    Contacts are said in the plural there, so that "some call figures" are figures.
    """
    last = some[-1]
    counted = last.kind == "k" or any(counts for _, _, counts in last.value)
    told = [one.value for one in some if one.kind == KPI]
    if not counted or not last.said.casefold().endswith("s") or not _OUTCOMES.issuperset(told):
        return None
    pair = "couple" in some[0].said.casefold().split()
    number = [replace(some[0], kind="N", value=Amount(_COUPLE))] if pair else []
    return shown([replace(some[0], kind="x"), *number, *some[1:]])


def numbered(some: Some) -> list[Span] | None:
    """Such as "3 chats Dev escalated" at the beginning: so many are to be seen."""
    counts = [one for one in some if one.kind in "kL"]
    number = some[0].value
    if number.unit is not None or number.value % 1 or some[-1].value not in _OUTCOMES:
        return None
    last = counts[-1]
    counted = last.kind == "k" or any(each for _, _, each in last.value)
    return shown([replace(last, kind="x"), *some]) if counted else None


def numbered_outcome(some: Some) -> list[Span] | None:
    """Such as "2 escalated chats" at the beginning."""
    number, told, counted = some
    return numbered([number, counted, told])


def said_nothing(some: Some) -> list[Span]:
    """Such as "show me some" before what is no contact."""
    return [replace(one, kind=FILL) for one in some]


def comparison(some: Some) -> list[Span] | None:
    """Such as "team comparison": the noun says what is compared, row by row."""
    first, compared = some
    if not compared.said.casefold().startswith("comparison"):
        return None
    by = first.value if first.kind == NOUN else "team"
    return [replace(first, kind=EACH, value=by), compared]


def percentile(some: Some) -> list[Span] | None:
    """Such as "90th percentile of handle time", "FRT email p90"."""
    kpi = next(one for one in some if one.kind == KPI)
    told = next(one.value for one in some if one.kind == STATISTIC)
    rest = [one for one in some if one is not kpi and one.kind != STATISTIC]
    known = kpi.value in _WITH_MEDIANS
    return [replace(kpi, value=f"{kpi.value}_{told}"), *rest] if known else None


def resolving(some: Some) -> list[Span] | None:
    """Such as "how quickly are tickets resolved": the time to do so, and no share."""
    first, last = some[0], some[-1]
    how = first.loose and first.said.casefold().startswith("how ") and first.value == "aht"
    if not how or not last.said.casefold().startswith(("resol", "solv")) or not last.loose:
        return None
    time = replace(last, kind=KPI, value="resolution_time")
    return [replace(first, kind=FILL), *some[1:-1], time]


def not_aiming(some: Some) -> list[Span]:
    """Such as "missed" with no target; "hit" says nothing by itself."""
    return [replace(some[0], kind=FILL if some[0].value == "met" else UNKNOWN)]


def best_one(some: Some) -> list[Span]:
    """Such as "the best agent": one row is wanted."""
    return [some[0], replace(some[1], kind=ASKED, value=Asked(some[1].value, alone=True))]


def counting(some: Some) -> list[Span]:
    """Such as "the most refunds", "more than 20 refunds": contacts of that kind are counted."""
    label = some[-1]
    counted = tuple((column, value, True) for column, value, _ in label.value)
    first = most(some[:1]) if some[0].kind == "m" else [some[0]]
    return [*first, replace(label, value=counted)]


def plain_average(some: Some) -> list[Span] | None:
    """Such as "the average CSAT": every figure is one."""
    said, kpi = some[0].said.casefold(), some[1]
    if said in _MEDIANS:
        if kpi.value not in _WITH_MEDIANS:
            raise AskBackError(
                f"Of “{kpi.said}” there is no median. Do you want the figure itself?"
            )
        return [replace(kpi, value=f"{kpi.value}_median")]
    own = some[0].value == "team_average" and not _OF_TEAMS & set(said.split())
    return [kpi] if own else None


def either(some: Some) -> list[Span]:
    """Such as "up or down", "over or under", "Ana or Chloe"."""
    one = some[0]
    if one.kind == MOVE:
        return [joined(some, CHANGED, "either")]
    if one.kind == "T":
        return [joined(some, VERSUS, "")]
    return [one, replace(some[1], kind=JOIN, value="or"), some[2]]


def than_others(some: Some) -> list[Span]:
    """Such as "faster than Dev", "more than the rest": names are held against each other."""
    test = some[0]
    first = test.said.casefold().split()[0]
    told = [replace(test, kind=KPI, value="aht", loose=True)] if first in OF_TIME else []
    return [*told, replace(test, kind=VERSUS, value=""), *some[1:]]


def beside_names(some: Some) -> list[Span]:
    """Such as "a higher FCR than Chloe"."""
    return list(some[1:])


def then(some: Some) -> list[Span]:
    """Such as "better than she was in September": who it was is said already."""
    return [some[0], some[2]]


def most(some: Some) -> list[Span]:
    """As an end: the high one or the low one."""
    return [replace(some[0], kind=END, value=First(some[0].value))]


def broken_down(some: Some) -> list[Span] | None:
    """Such as "break csat down by team", "split aht by channel": a figure and its rows."""
    if some[0].said.casefold() not in {"break", "split", "slice"}:
        return None
    if any(one.kind == MOVE and one.said.casefold() != "down" for one in some):
        return None
    return [one for one in some[1:] if one.kind != MOVE]


def tenure(some: Some) -> list[Span] | None:
    """Such as "new hires (under 90 days)", "under six months of tenure"."""
    test = next((one.value for one in some if one.kind == "T"), "below")
    number = next(one.value for one in some if one.kind == "N")
    if number.unit != "days" or test not in {"below", "above", "at_least", "at_most"}:
        return None
    days = round(number.value)
    held = (0, days) if test in {"below", "at_most"} else (days, None)
    return [replace(joined(some, TENURE, held), loose=False)]


def noun(some: Some) -> list[Span] | None:
    """A noun beside its own name says nothing more: "the billing team", "the chat channel"."""
    noun, other = some if some[0].kind == NOUN else (some[1], some[0])
    if (noun.value, other.kind) == ("team", "P"):
        return [other, replace(noun, kind=UNKNOWN)]
    fits = {"P": {"agent"}, "Q": {"team", "agent"}}.get(other.kind)
    columns = {one[0] for one in other.value} if other.kind == "L" else set()
    kinds = columns | ({"issue_type"} if columns else set()) if fits is None else fits
    return [other] if noun.value in kinds else None


def noun_alone(some: Some) -> list[Span]:
    """A noun by itself: the team is the asker's own, another is what rows are."""
    by = some[0].value
    if by == "team":
        return [replace(some[0], kind=MINE)]
    return [replace(some[0], kind=EACH, loose=True)]


def beside_team(some: Some) -> list[Span]:
    """Such as "against the team": its median is meant."""
    return [some[0], replace(some[1], kind=AGAINST, value="team_average")]


def asked_number(some: Some) -> list[Span] | None:
    """Such as "3 agents": how many rows are wanted."""
    number = next(one for one in some if one.kind == "N")
    if number.value.unit is not None or number.value.value % 1:
        return None
    rest = [one for one in some if one is not number]
    return [*rest, replace(number, kind="#", value=int(number.value.value))]
