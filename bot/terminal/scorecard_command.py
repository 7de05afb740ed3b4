"""`evenkeel scorecard`: figures of agents, teams or any group, as tables or JSON Lines."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.cli import DONE, words_of_the_call
from bot.json_lines import group_keys, score_lines
from bot.paper import fits, print_json, print_table, say, wrapped
from bot.services import Services, services_of

if TYPE_CHECKING:
    from scoring.asking import Ask, Reader
    from scoring.estimate import Estimate
    from scoring.kpis import Kpi
    from scoring.scorecard import Names, Score

GROUPINGS = ("agent", "team", "channel", "issue_type", "priority", "week", "all")
# What a first look shows; the rest is a --kpi away.
HEADLINE = (
    "volume",
    "aht",
    "frt",
    "fcr",
    "resolution_rate",
    "csat",
    "escalation_rate",
    "abandonment_rate",
)
FEW = 5
UNSAID = {"too_few": "too few to say", "not_mature": "too early to say"}


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--agent", action="append", default=[], help="an id, e-mail or name")
    parser.add_argument("--team", action="append", default=[], help="a team's name")
    parser.add_argument(
        "--by",
        action="append",
        default=[],
        type=_groupings,
        metavar="GROUP",
        help=", ".join(GROUPINGS),
    )
    parser.add_argument(
        "--period", metavar="WORDS", help="“last week”, “Q3”, 2026-11-09..2026-11-15"
    )
    parser.add_argument(
        "--kpi", action="append", default=[], metavar="KEY", help="see `evenkeel kpis`"
    )


def _groupings(said: str) -> list[str]:
    names = [name.strip() for name in said.split(",")]
    wrong = [name for name in names if name not in GROUPINGS]
    if wrong:
        raise argparse.ArgumentTypeError(f"“{wrong[0]}” is not one of {', '.join(GROUPINGS)}")
    return names


def run(asked: argparse.Namespace) -> int:
    """Prints the figures that were asked for."""
    from scoring.asking import reader
    from scoring.database import reading
    from scoring.methods import fcr_method
    from scoring.scorecard import names, score

    services = services_of(asked)
    kpis = _kpis(services, asked)
    with reading(services.engine) as connection:
        view = reader(connection, services.workspace, services.workspace.moment(services.now))
        ask = _ask(services, asked, view)
        scores = score(view, ask, kpis)
        known = names(view, [one.group for one in scores], ask.by)
        method = fcr_method(view, ask) if "fcr" in {kpi.key for kpi in kpis} else ""
    if vars(asked).get("json"):
        print_json(score_lines(ask, scores, known))
    else:
        show(services, ask, scores, known)
        say(*([wrapped(method)] if method else []))
    return DONE


def _kpis(services: Services, asked: argparse.Namespace) -> list["Kpi"]:
    catalogue = services.catalogue
    keys = [key.strip() for said in asked.kpi for key in said.split(",")]
    if keys:
        with words_of_the_call():
            found = [catalogue.find(key) for key in keys]
        return list({kpi.key: kpi for kpi in found}.values())
    if vars(asked).get("json"):
        return list(catalogue.values())
    return [catalogue[key] for key in HEADLINE]


def _ask(services: Services, asked: argparse.Namespace, view: "Reader") -> "Ask":
    from scoring.asking import Ask, Scope
    from scoring.people import find_agent, find_team
    from scoring.reading.periods import default_period, read_period

    calendar = services.workspace.calendar
    if asked.period:
        with words_of_the_call():
            period = read_period(asked.period, services.now, calendar)
    else:
        period = default_period(services.now, calendar)
    agents = tuple(find_agent(view.connection, said) for said in asked.agent)
    teams = tuple(find_team(view.connection, said) for said in asked.team)
    by = dict.fromkeys(name for names in asked.by for name in names if name != "all")
    if not asked.by:
        by = dict.fromkeys(["agent"] if agents else ["team"] if teams else [])
    return Ask(tuple(by), period, Scope(agents or None, teams or None))


def show(services: Services, ask: "Ask", scores: Sequence["Score"], known: "Names") -> None:
    """Tables for people: one group in full, or a line for each of several."""
    said = ask.period.written(services.workspace.calendar)
    say(f"{said}, days in {services.settings.timezone}.", "")
    groups = {one.group for one in scores}
    if not groups:
        say("Nothing is known of this period. `evenkeel import` takes records in.")
        return
    if len(groups) == 1:
        _show_one(ask, scores, known)
    else:
        _show_many(ask, scores, known)
    say(*_young(services, ask, scores))
    say("Intervals are of 95 %. `evenkeel kpis KEY` tells what a figure rests on.")


def _young(services: Services, ask: "Ask", scores: Sequence["Score"]) -> list[str]:
    """Which figures leave out the days whose customers may still come back."""
    from scoring.scorecard import matures

    day = services.workspace.moment(services.now).day - services.workspace.rules.repeat_days - 1
    names = {one.kpi.name for one in scores if matures(one.kpi)}
    if not names or ask.period.last.toordinal() <= day:
        return []
    last = date.fromordinal(day)
    told = " and ".join(sorted(names)).lower()
    return [
        wrapped(
            f"Not mature yet: {told} by repeat contact rests on contacts made until"
            f" {last:%d %b %Y}; customers of later ones may still come back."
        )
    ]


def _show_one(ask: "Ask", scores: Sequence["Score"], known: "Names") -> None:
    whole = "All together" if ask.scope.agents or ask.scope.teams else "Everybody"
    title = _title(ask, scores[0], known) if ask.by else whole
    header: tuple[str, ...] = ("KPI", "value", "95 % interval", "n", "before", "change", "target")
    rows: list[tuple[str, ...]] = [_line(one) for one in scores]
    sides = "lrrrrrl"
    if not fits(header, rows, sides):
        # What is seldom read goes below what is read first.
        header, sides = ("KPI", "value", "n", "change", "target"), "lrrrl"
        rows = [
            (name, f"{value}\n{ends}", n, f"{change}\nfrom {before}" if change else "", target)
            for name, value, ends, n, before, change, target in rows
        ]
    print_table(title, header, rows, sides)


def _line(one: "Score") -> tuple[str, ...]:
    from scoring.units import changed, written

    known = _tells(one.estimate, one.kpi) and _tells(one.before, one.kpi)
    return (
        one.kpi.name,
        _value(one),
        _ends(one),
        f"{one.estimate.n:,.0f}",
        written(one.before.value if _tells(one.before, one.kpi) else None, one.kpi.unit),
        changed(one.change, one.kpi.unit) if known else "",
        _verdict(one),
    )


def _show_many(ask: "Ask", scores: Sequence["Score"], known: "Names") -> None:
    kpis = list({one.kpi.key: one.kpi for one in scores}.values())
    rows = []
    for at in range(0, len(scores), len(kpis)):
        row = scores[at : at + len(kpis)]
        rows.append((_title(ask, row[0], known), *(_cell(one) for one in row)))
    print_table("", (" · ".join(ask.by), *(kpi.name for kpi in kpis)), rows)


def _title(ask: "Ask", one: "Score", known: "Names") -> str:
    keys = group_keys(ask, one, known)
    return " · ".join(_written(name, keys[name], one, ask, known) for name in ask.by)


def _written(name: str, key: Any, one: "Score", ask: "Ask", known: "Names") -> str:
    if name == "agent":
        agent = known.agents[int(str(one.group[ask.by.index("agent")]))]
        return agent[1] or agent[0]
    return str(key or "no team")


def _tells(estimate: "Estimate", kpi: "Kpi") -> bool:
    """Whether an estimate rests on enough to be shown to people."""
    return estimate.value is not None and (estimate.n >= FEW or kpi.kind == "count")


def _value(one: "Score") -> str:
    from scoring.units import written

    if _tells(one.estimate, one.kpi):
        return written(one.estimate.value, one.kpi.unit)
    why = one.estimate.why_none or "too_few"
    return UNSAID.get(why, "no data")


def _ends(one: "Score") -> str:
    from scoring.units import between

    estimate = one.estimate
    return between(estimate.low, estimate.high, one.kpi.unit) if _tells(estimate, one.kpi) else ""


def _cell(one: "Score") -> str:
    rests_on = f"n {one.estimate.n:,.0f}" if one.kpi.kind != "count" else ""
    if one.estimate.value is None:
        rests_on = ""
    return "\n".join(line for line in (_value(one), _ends(one), rests_on) if line)


def _verdict(one: "Score") -> str:
    if one.verdict is None or one.kpi.band is None:
        return ""
    names = {
        "too_few": "too few to compare",
        "in_band": "met",
        "above_band": "missed" if one.kpi.better == "lower" else "above the band",
        "below_band": "missed" if one.kpi.better == "higher" else "below the band",
        "unclear": "too close to tell",
    }
    return names[one.verdict]
