"""Meanings to a query: intent, KPIs, rows, conditions, order and limit."""

import re
from dataclasses import replace

from scoring.query import Compare, Intent, Order, Query
from scoring.reading.attaching import VOLUME, Attached, attach
from scoring.reading.draft import HEADLINE, AskBackError, Draft
from scoring.reading.grammar import (
    ALL,
    CHANGED,
    COACHING,
    COUNT,
    DEFINITION,
    DOING,
    EACH,
    END,
    EXAMPLES,
    EXPLAIN,
    KPI,
    LABEL,
    MINE,
    MOST,
    MOVE,
    PERSON,
    RANKED_MOVE,
    TEAM,
    WEEKLY,
)
from scoring.reading.heard import Heard, Parts
from scoring.reading.intents import coached, examples, explained, over_time
from scoring.reading.ordering import check_order, limit_asked, order_asked, order_of_conditions
from scoring.reading.rows import chooses_beside, rows_of
from scoring.reading.spans import Span
from scoring.reading.times import in_weeks, times_of
from scoring.reading.whose import scope_of
from scoring.reading.world import World

_OURS = frozenset(("we", "our", "us"))
_WHETHER = re.compile(r"is|are|was|were|do|does|did|has|have|how|where")
# Contacts that are counted, and then another figure: "how many contacts, and her AHT".
_COUNTED = re.compile(r"qk.*J.*K")
_EACH_ITS_TIME = re.compile(r"P[^DP]*D.*P[^DP]*D")
_COMPARATIVES = {
    "slower": "the slowest",
    "faster": "the fastest",
    "quicker": "the quickest",
    "better": "the best",
    "worse": "the worst",
    "higher": "the highest",
    "lower": "the lowest",
}


def query_of(heard: Heard, world: World) -> tuple[Query, tuple[str, ...]]:
    """The query and what had to be assumed.

    Raises:
        AskBackError: the meanings do not make one question.
    """
    if _by_so_much(heard):
        raise AskBackError("I cannot yet ask for changes of a certain size.")
    if heard.has(DEFINITION):
        raise AskBackError("Do you want to know what a KPI means, or its figures?")
    _check_one_question(heard)
    heard = replace(heard, items=in_weeks(heard.items))
    draft = Draft(world)
    intent = _intent(heard)
    times = times_of(heard.items, draft)
    scope = scope_of(heard.items, draft)
    rows = rows_of(heard.items, scope)
    attached = attach(draft, heard.items)
    _shown(heard, draft, attached, intent)
    base = Query(times.period, intent, tuple(draft.kpis), scope=scope)
    if intent == "examples":
        if times.compare or heard.has(WEEKLY) or any(not one.loose for one in heard.all(EACH)):
            raise AskBackError("Single contacts can be shown, or figures. Which do you want?")
        return examples(heard, base, draft), tuple(draft.assumptions)
    query = _told(heard, replace(base, by=rows.by), Parts(draft, attached, times, rows))
    if intent != "coaching":
        query = replace(query, kpis=tuple(draft.kpis))
    return query, tuple(draft.assumptions)


def _check_one_question(heard: Heard) -> None:
    """Asks back where each name has a time, or a KPI, of its own.

    Raises:
        AskBackError: it does: "Ana last month and Ben this month", "csat for Ana, aht for Ben".
    """
    kinds = "".join(one.kind for one in heard.items)
    turns = any(_takes_turns(heard, kind) for kind in (PERSON, TEAM, LABEL))
    if _EACH_ITS_TIME.search(kinds) or turns:
        raise AskBackError("That is two questions in one. Ask them one after the other.")


def _takes_turns(heard: Heard, kind: str) -> bool:
    """Whether two names, or values, have each a KPI of its own: "aht on phone, csat on chat"."""
    both = "".join(one.kind for one in heard.all(kind, KPI))
    different = all(len({one.value for one in heard.all(each)}) > 1 for each in (kind, KPI))
    return both in {f"{kind}K{kind}K", f"K{kind}K{kind}"} and different


def _by_so_much(heard: Heard) -> bool:
    """Whether a change is to be of a size: "improved by more than 5 points"."""
    moves = heard.has(MOVE, CHANGED)
    return moves and any(
        heard.words[one.first - 1] == "by" for one in heard.all("Z", "N") if one.first
    )


def _intent(heard: Heard) -> Intent:
    if heard.has(COACHING):
        return "coaching"
    if heard.has(EXPLAIN):
        return "explain"
    return "examples" if heard.has(EXAMPLES) else "figures"


def _shown(heard: Heard, draft: Draft, attached: Attached, intent: Intent) -> None:
    """The KPIs that are named, in the order of the words; those of conditions among them."""
    named = []
    for one in heard.items:
        if one.kind == MOVE and one.value.kpis:
            named += [key for key in one.value.kpis if key in draft.kpis]
        elif one.kind == KPI and not _is_how_long(heard, draft, one):
            named.append(draft.on_scale(one.value))
            _tell_loose(heard, draft, one)
        elif one.kind == RANKED_MOVE:
            named += one.value[0].kpis
        elif one.kind == ALL:
            named += HEADLINE
    conditioned = [key for key in draft.kpis if key not in named]
    draft.kpis[:] = list(dict.fromkeys([*named, *conditioned]))
    if not draft.kpis and intent in {"figures", "explain"}:
        _unnamed(heard, draft, attached)
    if intent == "coaching":
        draft.kpis[:] = list(dict.fromkeys(str(one.value) for one in heard.all(KPI)))


def _is_how_long(heard: Heard, draft: Draft, one: Span) -> bool:
    """Whether "how long" asks for a time that is named beside it."""
    others = [other for other in heard.all(KPI) if other is not one]
    times = any(draft.kpi(other.value).unit == "seconds" for other in others)
    return one.loose and one.said.casefold().startswith("how ") and times


def _tell_loose(heard: Heard, draft: Draft, one: Span) -> None:
    kpi = draft.kpi(one.value)
    if heard.has(COUNT) and kpi.kind not in {"share", "count"}:
        if _COUNTED.search("".join(other.kind for other in heard.items)):
            draft.shows(VOLUME)
            return
        raise AskBackError(f"{kpi.name} is no count. Do you want the figure itself?")
    if heard.has(COUNT) and kpi.unit == "percent":
        draft.assume(f"“{one.said}” is told as {draft.name(one.value)}, with n beside it.")
    elif one.loose or (kpi.key == "escalation_rate" and one.said.casefold() == "escalations"):
        draft.assume(f"“{one.said}” is read as {draft.name(one.value)}.")


def _unnamed(heard: Heard, draft: Draft, attached: Attached) -> None:
    """No KPI is named: contacts are a volume, and "how is she doing" means the headline KPIs."""
    contacts = any(attached.key(at) == VOLUME for at in range(len(heard.items)))
    ends = [one for one in heard.all(END) if one.value.kpi]
    if ends:
        return
    if heard.has(COUNT) or contacts:
        draft.shows(VOLUME)
        if not heard.has(COUNT, END, MOST):
            draft.assume("No KPI is named, so the number of contacts is told.")
    elif heard.has(DOING) and not heard.has(END, RANKED_MOVE, "M", "Z", "m"):
        draft.shows(*HEADLINE)
        draft.assume("No KPI is named, so the headline KPIs are told.")
    else:
        raise AskBackError("Which figure do you mean?", {"": ("everything", "csat", "fcr", "aht")})


def _told(heard: Heard, query: Query, parts: Parts) -> Query:
    """Rows, conditions, comparison, order and limit of a question about figures."""
    draft, times = parts.draft, parts.times
    query = replace(query, compare=times.compare)
    if query.intent == "coaching":
        return coached(heard, query, draft)
    if query.intent == "explain":
        return explained(heard, query, draft)
    if draft.moves and _are_beside(query, parts):
        draft.moves.clear()
    _check_comparatives(heard, parts)
    order = order_asked(heard, parts)
    by = query.by
    if not by and (order or (draft.having and _needs_rows(heard, parts))):
        by = ("agent",)
        if order is None:
            draft.assume("Nobody is named, so the people of whom it holds are listed.")
    check_order(order, by, query.scope)
    query = replace(query, by=by, order=order)
    query = _with_conditions(query, parts)
    if (draft.moves or heard.has(CHANGED) or _by_change(query.order)) and query.compare is None:
        query = replace(query, compare=Compare("before"))
        draft.assume("Changes are against the period before, of the same length.")
    if (draft.moves or _by_change(query.order)) and not over_time(query.compare):
        raise AskBackError("A change needs a period to compare with. Which one?")
    return replace(query, limit=limit_asked(heard, query.order))


def _are_beside(query: Query, parts: Parts) -> bool:
    """Whether "more" and "higher" hold people against others, and not against earlier."""
    others = query.compare is not None and not over_time(query.compare)
    return (others or parts.rows.beside) and not parts.rows.chosen


def _check_comparatives(heard: Heard, parts: Parts) -> None:
    """Asks back where "who is slower" may mean than before, or than others.

    Raises:
        AskBackError: it may.
    """
    if chooses_beside(heard.items):
        raise AskBackError("I cannot choose people by how they stand to that. Show all of them?")
    for one in heard.all(MOVE) if parts.rows.chosen else ():
        said = one.said.casefold()
        verb = heard.words[one.first - 1] if one.first else ""
        if said in _COMPARATIVES and verb in {"is", "are", "was", "were"}:
            others = (f"got {said}", f"{verb} {_COMPARATIVES[said]}")
            question = f"“{one.said}” than before, or than others?"
            raise AskBackError(question, {f"{verb} {said}": others})


def _by_change(order: Order | None) -> bool:
    return order is not None and order.of == "change"


def _needs_rows(heard: Heard, parts: Parts) -> bool:
    whether = heard.words[:1] and _WHETHER.fullmatch(heard.words[0])
    return not (whether or parts.rows.named or heard.has(MINE) or _OURS & set(heard.words))


def _with_conditions(query: Query, parts: Parts) -> Query:
    """Conditions choose among rows; of one figure they are what it is held against."""
    draft = parts.draft
    if query.by and parts.rows.chosen | (query.order is not None) | bool(draft.having):
        having = (*draft.having, *draft.moves)
        order = query.order or order_of_conditions(draft, having)
        return replace(query, having=having, order=order)
    bounds = {one.bound for one in draft.having}
    if bounds in ({"target"}, {"team_median"}):
        against = Compare(bounds.pop())  # type: ignore[arg-type]
        return replace(query, compare=query.compare or against)
    if draft.having:
        draft.assume("The value itself is shown, to be held against what you name.")
    return query
