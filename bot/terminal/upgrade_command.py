"""`evenkeel upgrade`: the schema up to date, the kept sums on the footing of today's settings."""

import argparse

from bot.cli import DONE
from bot.paper import say
from bot.services import services_of


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("--rebuild", action="store_true", help="work out all kept sums again")


def run(asked: argparse.Namespace) -> int:
    """Upgrades the schema; then rebuilds the kept sums if they rest on other settings."""
    from scoring.database import HEAD, schema_version, see_newer, upgrade
    from scoring.rescoring import pending
    from scoring.upkeep import refound
    from scoring.workspace import differs

    services = services_of(asked)
    engine = services.database
    before = schema_version(engine)
    see_newer(engine, before)
    upgrade(engine)
    said = f"The schema is {HEAD}" + (
        ", as it was." if before == HEAD else f"; it was {before or 'not there'}."
    )
    say(said)
    other = differs(engine, services.workspace)
    if other or asked.rebuild:
        told = ", ".join(f"{name} {value}" for name, value in sorted(other.items()))
        say(f"The kept sums rested on {told}." if other else "Working out the kept sums again.")
        count = refound(engine, services.workspace)
        say(f"They are worked out again from {count:,} records.")
    due = pending(engine, services.listening)
    if due:
        say(
            f"{due:,} transcripts have no mood yet, or one of another engine than"
            f" {services.listening.engine} as it is now: say `evenkeel sentiment --redo`."
        )
    return DONE
