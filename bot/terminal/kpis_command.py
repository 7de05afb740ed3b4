"""`evenkeel kpis`: the catalogue, or one KPI's definition, formula, source and traps."""

import argparse
from typing import TYPE_CHECKING

from bot.cli import DONE, words_of_the_call
from bot.json_lines import kpi_line
from bot.paper import print_json, print_table, say, wrapped
from bot.services import Services, services_of
from scoring.errors import DatabaseError

if TYPE_CHECKING:
    from scoring.kpis import Catalogue, Kpi


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("key", nargs="?", metavar="KEY", help="a KPI's key or one of its names")


def run(asked: argparse.Namespace) -> int:
    """Prints the catalogue, or one entry of it."""
    catalogue = _catalogue(services_of(asked))
    with words_of_the_call():
        found = [catalogue.find(asked.key)] if asked.key else list(catalogue.values())
    if vars(asked).get("json"):
        print_json(map(kpi_line, found))
    elif asked.key:
        say(*_told(found[0]))
    else:
        rows = [(kpi.key, kpi.name, kpi.unit, kpi.better, _target(kpi)) for kpi in found]
        print_table("", ("key", "KPI", "unit", "better", "target"), rows, "llllr")
        say("`evenkeel kpis KEY` tells what one is, what it is made of, and its traps.")
    return DONE


def _catalogue(services: Services) -> "Catalogue":
    """The KPIs, with the targets decided in Slack if a database can be asked for them."""
    try:
        return services.catalogue
    except DatabaseError:
        return services.own_catalogue


def _target(kpi: "Kpi") -> str:
    from scoring.units import written

    if kpi.target == ():
        return ""
    ends = kpi.target if isinstance(kpi.target, tuple) else (kpi.target,)
    return " to ".join(written(end, kpi.unit) for end in ends)


def _told(kpi: "Kpi") -> list[str]:
    lines = [
        f"{kpi.name} ({kpi.key})",
        "",
        wrapped(kpi.about),
        "",
        f"Formula    {kpi.formula}",
        f"Unit       {kpi.unit}; better: {kpi.better}"
        + (f"; target {_target(kpi)}" if _target(kpi) else ""),
        f"Counted    {kpi.counted_in_words}",
        f"Credit     {kpi.credit_in_words}",
        f"Level      {kpi.level_in_words}",
        f"Compared   from n = {kpi.at_least} on",
    ]
    if kpi.guards:
        lines.append(f"Guarded by {', '.join(kpi.guards)}")
    if kpi.watch:
        lines += ["", wrapped(f"Beware: {kpi.watch}")]
    names = wrapped(f"Also called: {', '.join(kpi.words)}")
    return [*lines, "", wrapped(f"Source: {kpi.source}"), names]
