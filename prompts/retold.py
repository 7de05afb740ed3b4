"""A filled-in form said again in plain words, which the reader with no model then reads.

So a form can say nothing but what may be asked in words, and names, times and numbers are worked
out in one place, within what the asker may see.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from prompts.forms import Figure, QuestionForm

_MUST: Mapping[str, str] = MappingProxyType(
    {
        "below": "below {}",
        "at_most": "at most {}",
        "above": "above {}",
        "at_least": "at least {}",
        "equal": "equal to {}",
        "below_target": "below target",
        "above_target": "above target",
        "below_team_median": "below the team median",
        "above_team_median": "above the team median",
        "up": "went up",
        "down": "went down",
        "better": "improved",
        "worse": "worsened",
        "not_better": "did not improve",
        "not_worse": "did not get worse",
        "same": "stayed the same",
    }
)
_BESIDE: Mapping[str, str] = MappingProxyType(
    {
        "previous_period": "the previous period",
        "team_median": "the team median",
        "rest": "the rest",
        "target": "target",
    }
)
_FIRST: Mapping[str, str] = MappingProxyType(
    {"high": "highest", "low": "lowest", "best": "best", "worst": "worst"}
)
_MOVED: Mapping[str, str] = MappingProxyType(
    {
        "high": "biggest rise in {}",
        "low": "biggest drop in {}",
        "best": "{} improved the most",
        "worst": "{} worsened the most",
    }
)


def retold(form: QuestionForm, *, follows: bool = False) -> str:
    """The question that a form says; ``follows`` if it may change the one before."""
    parts = [_asked(form), *_whose(form), form.tenure, form.period, *_beside(form)]
    text = " ".join(part for part in parts if part)
    last = ", ".join(filter(None, (text, *_order(form))))
    return f"and {last}" if follows else last


def _asked(form: QuestionForm) -> str:
    if form.intent == "coaching":
        first = f"top {form.limit} agents who" if form.limit else "who"
        return f"{first} needs coaching"
    # What must hold of one figure is not to be heard of those that stand before it in a list.
    figures = sorted(form.figures.values(), key=lambda one: one.must is None)
    names = [figure_words(one) for one in figures]
    if form.intent == "definition":
        return f"what does {_and(names[:1])} mean"
    if form.intent == "explain":
        return f"why did {_and(names[:1])} change"
    if form.intent == "examples":
        return f"{form.limit or ''} examples of {_and(names[:1]) or 'contacts'}".strip()
    told = _and(["everything", *names] if form.everything else names)
    rows = _and([row.replace("_", " ") for row in form.rows])
    return f"{told} by {rows}".strip() if rows else told


def figure_words(one: Figure) -> str:
    """A figure in plain words, with what must hold of it."""
    name = one.kpi.replace("_", " ")
    return f"{name} {_MUST[one.must].format(one.bound or '')}".strip() if one.must else name


def _and(names: list[str]) -> str:
    return " and ".join(names)


def _whose(form: QuestionForm) -> Iterator[str]:
    if form.people:
        yield f"for {_and(form.people)}"
    if form.teams:
        yield f"for {_and([_team(name) for name in form.teams])}"
    for value in form.values:
        yield f"on {value}"


def _team(name: str) -> str:
    return name if name.casefold().endswith(("team", "teams")) else f"{name} team"


def _beside(form: QuestionForm) -> Iterator[str]:
    what = form.compared_period if form.compared_period else _BESIDE.get(form.compared_with or "")
    if what:
        yield f"compared with {what}"


def _order(form: QuestionForm) -> Iterator[str]:
    figure = form.figures.get(int(form.order_figure or 0))
    if figure is None or form.order_first is None or form.intent != "figures":
        return
    name = figure.kpi.replace("_", " ")
    rows = form.rows[0].replace("_", " ") if form.rows else "agent"
    many = f"{form.limit} {rows}s " if form.limit and form.limit > 1 else ""
    if form.order_of == "change":
        moved = _MOVED[form.order_first].format(name)
        one = f"which {rows}, {moved}" if form.limit == 1 else moved
        yield f"top {many}by {moved}" if many else one
    elif many:
        yield f"{_FIRST[form.order_first]} {many}by {name}"
    elif form.limit == 1:
        yield f"which {rows} has the {_FIRST[form.order_first]} {name}"
    else:
        yield f"{name} {_FIRST[form.order_first]} first"
