"""Answers to questions as views are shown them: by person, by week, of one figure, asked back."""

from dataclasses import replace
from datetime import date, timedelta

from bot.answer_grid import grid_of, interval_of, trends_of
from bot.answering import Reply
from bot.menus import Menu
from bot.views.answer import Back, Told, Ways
from scoring.answers import Answer, Figure, Row
from scoring.asking import Ask, Scope
from scoring.estimate import Estimate, nothing
from scoring.kpis import load_catalogue
from scoring.period import Period
from scoring.query import Compare, Query
from scoring.scorecard import Names

KPIS = load_catalogue()
MONDAY = date(2026, 11, 9)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6), None, "week")
PEOPLE = {1: "Ana Lima", 2: "Ben O'Neill", 3: "Cleo Marsh", 4: "Dana Roth"}
NAMES = Names(
    {one: (f"{one}@example.com", name, None) for one, name in PEOPLE.items()}, {1: "Billing"}
)
TALK = "0123456789abcdef"
REF = f"ask {TALK}  "
MENUS = (
    Menu("Change period", "change:period", [("Last week", f"ask {TALK} period last_week")]),
    Menu("Change people", "change:whose", [("Billing", f"ask {TALK} whose t1")]),
    Menu("Change KPI", "change:kpi", [("Reopen rate", f"ask {TALK} kpi reopen_rate")]),
)
WAYS = Ways(MENUS, feedback=REF)


def figure(key, value, n=40, compared=None, moved=None):
    """A figure with an interval around it, and perhaps what it is held against."""
    found = Estimate(value, value * 0.94, value * 1.05, n)
    other = None if compared is None else Estimate(compared, compared * 0.94, compared * 1.05, n)
    return Figure(KPIS[key], found, other, moved)


def row(number, handled, moved, happy):
    figures = {
        "aht": figure("aht", handled, 41 + number, handled - 30 * moved, moved),
        "csat": figure("csat", happy, 12 + number, happy - 0.02, 0),
    }
    return Row((number,), figures)


def reply(by, rows, **told):
    """A reply about handle time and satisfaction, with rows."""
    keys = tuple(rows[0].figures) if rows else ("aht",)
    query = Query(WEEK, "figures", keys, by, compare=told.pop("compare", None))
    found = Answer(Ask(by, WEEK, Scope()), query, rows)
    return Reply("answered", "", query, found, NAMES, **told)


def by_agent(people=4):
    """Last week by person, against the week before; the last has too few answers."""
    rows = [row(1, 512, 1, 0.87), row(2, 405, -1, 0.91), row(3, 433, 0, 0.84), row(4, 388, 0, 0.8)]
    few = Figure(KPIS["csat"], nothing("too_few", 3), None, None)
    rows[3] = Row((4,), {**rows[3].figures, "csat": few})
    return reply(("agent",), rows[:people], compare=Compare("before"))


def by_week(weeks=8):
    """One figure by week."""
    rates = (0.66, 0.71, 0.69, 0.72, 0.68, 0.7, 0.651, 0.742, 0.7, 0.73, 0.71, 0.69)
    first = MONDAY - timedelta(weeks=weeks - 1)
    days = [(first + timedelta(weeks=at)).toordinal() for at in range(weeks)]
    rows = [
        Row((day,), {"fcr": figure("fcr", rate, 120)})
        for day, rate in zip(days, rates, strict=False)
    ]
    return reply(("week",), rows)


def one_figure():
    """One figure of one person, against the team's median."""
    return reply((), [Row((), {"aht": figure("aht", 512, 41, 433, 1)})])


def told(found, skip=0, **more):
    """What the view is shown of a reply."""
    whole = Told(
        "Ana Lima and Ben O'Neill: who slowed down last week but kept CSAT up.",
        grid_of(found, skip),
        trends_of(found),
        (
            "period 9\N{EN DASH}15 Nov 2026",
            "of Billing",
            "KPIs Average handle time, Customer satisfaction",
            "held against 2\N{EN DASH}8 Nov 2026, in brackets",
        ),
        ("“kept up”: customer satisfaction did not get worse by more than chance.",),
        WAYS,
    )
    return replace(whole, **more)


PEOPLE_TOLD = told(
    by_agent(),
    lead="Told of 4: Ana Lima, Ben O'Neill, Cleo Marsh, Dana Roth.",
    remarks=("No team is named, so it is Billing, which you lead.",),
)
WEEKS_TOLD = told(
    by_week(),
    lead="First contact resolution by week, 21 Sep to 15 Nov 2026.",
    reading=("period 21 Sep \N{EN DASH} 15 Nov 2026", "of Billing", "by week"),
    remarks=(
        "First contact resolution may still change: customers of contacts after 12 Nov may"
        " come back.",
    ),
)
FIGURE_TOLD = told(
    one_figure(),
    lead="Average handle time 8 min 32 s (n 41), +1 min 19 s against the team's median.",
    reading=("period 9\N{EN DASH}15 Nov 2026", "of Ana Lima", *interval_of(one_figure())),
    remarks=(),
    ways=replace(WAYS, contacts=(("Average handle time", "aht", "figure aht"),)),
)
LINES_TOLD = told(
    reply((), []),
    lead="Talk with Ana Lima first, about first contact resolution.",
    grid=None,
    trends=(),
    title="With whom to talk",
    lines=("Ana Lima: customers came back more often, 14 of 41.", "Ben O'Neill: going well."),
    remarks=("Only changes that are more than chance count, and nobody is ranked.",),
)
BACK = Back(
    "“quality” may mean several figures.",
    tuple((f"{name} for ana last week", REF) for name in ("FCR", "CSAT", "Reopen rate")),
)
REFUSED = Back(
    "I can show you Billing and Technical.",
    (),
    ("AHT, FCR and CSAT by agent last week", "Who slowed down last week but kept CSAT up?"),
)
