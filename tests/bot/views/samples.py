"""What views are shown: scores, cards and pages by what is particular about them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.trend import Trend
from bot.views.answer import answer, back
from bot.views.evidence import Sheet, evidence
from bot.views.finding import Sighted, finding
from bot.views.help import Way, guide
from bot.views.kpi import catalogue, definition
from bot.views.looks import looks
from bot.views.mistake import Mistake, mistake
from bot.views.note import Letter, note
from bot.views.scorecard import Card, scorecard
from bot.views.status import Status, status
from bot.views.team import Table, team
from prompts.note.agent import agent_note
from prompts.note.team import TeamWeek, team_note
from scoring.coaching.behind import Finding
from scoring.coaching.cited import Cited, Reason
from scoring.estimate import Estimate, nothing
from scoring.evidence import Contact, Evidence
from scoring.kpis import load_catalogue
from scoring.looks import Look
from scoring.period import Calendar
from scoring.scorecard import Score, judge
from tests.bot.views import answers
from tests.prompts.note.weeks import EFFECT, SITUATIONS

KPIS = load_catalogue()
MONDAY = date(2026, 11, 9)
UTC_DAYS = Calendar(ZoneInfo("UTC"))
# value, low, high, n; the one before.
FIGURES = {
    "volume": ((412, 373, 454, 412), (398, 360, 439, 398)),
    "aht": ((512, 480, 546, 405), (548, 517, 581, 391)),
    "frt": ((2710, 2440, 3010, 398), (2650, 2390, 2940, 380)),
    "fcr": ((0.742, 0.701, 0.780, 310), (0.651, 0.606, 0.694, 455)),
    "resolution_rate": ((0.881, 0.846, 0.909, 402), (0.874, 0.838, 0.903, 390)),
    "csat": ((0.868, 0.727, 0.942, 38), (0.789, 0.567, 0.915, 19)),
    "escalation_rate": ((0.061, 0.045, 0.082, 412), (0.058, 0.042, 0.079, 398)),
    "abandonment_rate": ((0.0, 0.0, 0.56, 3), (0.021, 0.011, 0.04, 398)),
}


def score(key="fcr", estimate=None, before=None, group=()):
    """The score of a KPI; what is not said is as in FIGURES."""
    now, then = FIGURES.get(key, FIGURES["fcr"])
    estimate, before = estimate or Estimate(*now), before or Estimate(*then)
    return Score(group, KPIS[key], estimate, before, 0, judge(KPIS[key], estimate))


def scores():
    return [score(key) for key in FIGURES]


def trend(key="fcr", values=(0.66, 0.71, 0.69, 0.72, 0.68, 0.7, 0.651, 0.742), **told):
    weeks = [
        (
            MONDAY - timedelta(weeks=len(values) - 1 - at),
            nothing("too_few", 3)
            if value is None
            else Estimate(value, value * 0.94, value * 1.05, 303 + at),
        )
        for at, value in enumerate(values)
    ]
    return Trend(KPIS[key], told.pop("name", "You"), weeks, **told)


def card(**told):
    whole = Card(
        "Your scorecard",
        "9\N{EN DASH}15 Nov 2026",
        "2\N{EN DASH}8 Nov 2026",
        scores(),
        trend(beside_name="Team median", beside=(0.7, 0.7, 0.71, 0.7, 0.69, 0.71, 0.7, 0.71)),
        ("First contact resolution: by repeat contact within 7 days.",),
        {key: f"ref-{key}" for key in FIGURES},
        "ref-share",
    )
    return replace(whole, **told)


PEOPLE = ("Cleo Marsh", "ana lima", "Ben O'Neill", "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}")


def people(names=PEOPLE, keys=("fcr", "csat", "aht")):
    few = nothing("too_few", 3)
    return [
        (name, [score(key, few if name == "ana lima" else near(key, name)) for key in keys])
        for name in names
    ]


def near(key, name):
    """A figure that differs a little from person to person; Ben's is the one of FIGURES."""
    value, low, high, n = FIGURES[key][0]
    step = ord(name[:1] or "B") % 32 - 2
    off = 1 + step / 200
    highest = min(high * off, 1.0) if high <= 1 else high * off
    return Estimate(min(value * off, highest), low * off, highest, n + step)


CARDS = (("Ana", "ref-ana"), ("Ben", "ref-ben"))


def table(**told):
    whole = Table("Billing", "9\N{EN DASH}15 Nov 2026", people())
    return replace(whole, **told)


def contact(number=1, **told):
    whole = {
        "id": number,
        "source": "files",
        "interaction": f"C-{1000 + number}",
        "agent": "ana@example.com",
        "at": datetime(2026, 11, 10, 9, 30, tzinfo=UTC) + timedelta(minutes=17 * number),
        "channel": "chat",
        "issue_type": "refund",
        "value": float(number % 3 > 0),
        "weight": 1.0,
        "reason": "counted",
        "excluded": None,
    }
    return Contact(**{**whole, **told})


def sheet(**told):
    rows = [contact(number) for number in range(1, 9)]
    rows[3] = contact(4, reason="early", value=None, weight=0.0)
    rows[5] = contact(6, reason="excluded", excluded="test call", value=None, weight=0.0)
    rows[6] = contact(7, weight=0.5)
    whole = Sheet(
        "Ana Lima",
        "9\N{EN DASH}15 Nov 2026",
        UTC_DAYS,
        Evidence(KPIS["fcr"], Estimate(*FIGURES["fcr"][0]), {"counted": 310, "early": 12}),
        rows,
        later="ref-later",
    )
    return replace(whole, **told)


def sighted(**told):
    at = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
    why = (Reason("repeat", 2.5), Reason("long_hold", 185.0))
    chat = ("chat", "refund", 370.0)
    contacts = (
        Cited(11, "files", "C-1011", at, *chat, why, "I am still waiting, [agent]."),
        Cited(14, "files", "C-1014", at + timedelta(days=3), *chat, (), "Thank you!"),
    )
    where = ("refund", "chat")
    found = Finding(MONDAY, "focus", "fcr", "", where, (11,), 14, 41)
    return replace(Sighted("Ana Lima", UTC_DAYS, found, contacts), **told)


def letter(situation="slip", **told):
    whole = Letter(
        agent_note("ana@example.com", *SITUATIONS[situation]),
        contacts="ref-focus",
        card="ref-card",
        settings="ref-settings",
        feedback="ref-note",
    )
    return replace(whole, **told)


def manager_letter():
    names = {1: "Ana", 2: "Ben", 3: "Cleo", 4: "Dana", 5: "Emil"}
    situations = ("focus_by_level", "steady", "gain", "rushing", "slip")
    reviews = {
        agent: replace(SITUATIONS[name][0], agent=agent)
        for agent, name in zip(names, situations, strict=True)
    }
    sightings = SITUATIONS["slip"][1].sightings
    week = TeamWeek("Billing", MONDAY, names, reviews, shared=(EFFECT,), sightings=sightings)
    return Letter(team_note(week), card="ref-card", settings="ref-settings", feedback="ref-note")


WAYS = (
    Way("/scorecard [me | @agent | team] [period]", "shows figures.", ("/scorecard last week",)),
    Way("/team [name] [period]", "shows a team's people.", ("/team Billing", "/team October")),
    Way("/coach [@agent]", "shows the weekly note."),
    Way("/kpi [name]", "tells what a KPI is and how it is counted.", ("/kpi fcr",)),
)
MISTAKE = Mistake(
    "Two agents are called “Ana”.",
    "Say the e-mail address.",
    "K7QF",
    ("/scorecard ana@example.com", "/team Billing"),
)
STATUS = Status("Ana Lima", "manager", 7, ("Billing",), MONDAY, "Europe/Zurich")
LOOKS = [
    Look("Dana Roth", MONDAY, "team", 1, datetime(2026, 11, 9, 8, tzinfo=UTC)),
    Look("<!channel>", MONDAY, "scorecard", 3, datetime(2026, 11, 9, 7, tzinfo=UTC)),
]
# Every surface, by the name of its picture.
SURFACES = {
    "scorecard": lambda: scorecard(card()),
    "team": lambda: team(table(card="ref-team", cards=CARDS)),
    "note": lambda: note(letter(trend=trend())),
    "manager_note": lambda: note(replace(manager_letter(), people=CARDS)),
    "kpi": lambda: definition(KPIS["aht"], KPIS),
    "kpis": lambda: catalogue(KPIS),
    "evidence": lambda: evidence(sheet()),
    "finding": lambda: finding(sighted()),
    "help": lambda: guide(WAYS),
    "status": lambda: status(STATUS),
    "looks": lambda: looks(LOOKS, 90),
    "mistake": lambda: mistake(MISTAKE),
    "answer": lambda: answer(answers.PEOPLE_TOLD),
    "answer_weeks": lambda: answer(answers.WEEKS_TOLD),
    "answer_figure": lambda: answer(answers.FIGURE_TOLD),
    "answer_lines": lambda: answer(answers.LINES_TOLD),
    "answer_back": lambda: back(answers.BACK),
    "answer_refused": lambda: back(answers.REFUSED),
}
