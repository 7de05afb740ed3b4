"""How long reviews take, from stored records: one week of everybody, and many weeks in a row.

    evenkeel import interactions DIR/interactions.csv --database DIR/evenkeel.db
    python -m bench.reviewing DIR/evenkeel.db --weeks 1 18

Each run is a process of its own, from a cold start, as `evenkeel review --json` has it; the parts
are those of one week within this process.
"""

import argparse
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bench.measure import child, machine, table
from scoring.asking import Reader, reader
from scoring.coaching.publishing import publish
from scoring.coaching.reading import Window
from scoring.coaching.review import review
from scoring.coaching.reviews import monday_of
from scoring.coaching.statements import claims
from scoring.database import connect, prepare, reading, writing
from scoring.period import Calendar
from scoring.workspace import Workspace

WEEK = timedelta(weeks=1)
REFERENCE_WEEKS = 26


def main(words: list[str] | None = None) -> None:
    """Prints the table of whole runs and, below, what one week is made of."""
    wanted = _arguments().parse_args(words)
    last = monday_of(wanted.last)
    runs = [_run(wanted.database, weeks, last) for weeks in wanted.weeks]
    print(table(["weeks in one run", "seconds", "of them CPU", "peak MB"], runs))
    print()
    print(table(["part of one week", "CPU seconds"], _parts(wanted.database, last, wanted.keep)))
    print(f"\n{machine()}")


def _run(database: str, weeks: int, last: date) -> list[str]:
    first = last - (weeks - 1) * WEEK
    words = ["review", "--json", "--weeks", f"{first}..{last}", "--now", str(last + 2 * WEEK)]
    before = _cpu_of_children()
    done = child([sys.executable, "-m", "bot", *words, "--database", database])
    cpu = _cpu_of_children() - before
    if done.status:
        raise SystemExit(f"evenkeel {' '.join(words)} ended with {done.status}")
    return [str(weeks), f"{done.seconds:.1f}", f"{cpu:.1f}", f"{done.peak_bytes / 1e6:,.0f}"]


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _parts(database: str, last: date, keep: bool) -> list[list[str]]:  # noqa: FBT001 - a flag
    engine = connect(database)
    prepare(engine)
    with reading(engine) as connection:
        marks = [time.process_time()]
        contacts = Window(_reader(connection, last), REFERENCE_WEEKS).until(last)
        marks.append(time.process_time())
        found = review(contacts, last, {})
        marks.append(time.process_time())
        statements = list(claims(found, contacts))
        marks.append(time.process_time())
    names = [f"reading {len(contacts.id):,} contacts", "judging", "gathering statements"]
    if keep:
        with writing(engine) as connection:
            publish(connection, found, statements, datetime.now(UTC))
        marks.append(time.process_time())
        names.append(f"keeping {len(statements):,} statements, {len(found.agents):,} agents")
    spans = [end - begin for begin, end in pairwise(marks)]
    return [[name, f"{span:.2f}"] for name, span in zip(names, spans, strict=True)]


def _reader(connection: object, last: date) -> Reader:
    workspace = Workspace(Calendar(ZoneInfo("UTC")))
    moment = workspace.moment(datetime.combine(last + 2 * WEEK, datetime.min.time(), UTC))
    return reader(connection, workspace, moment)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reviewing", description=__doc__)
    parser.add_argument("database", help="the URL, or the path of a SQLite file")
    parser.add_argument("--weeks", type=int, nargs="+", default=[1], help="weeks in one run")
    parser.add_argument("--last", type=date.fromisoformat, default=date(2026, 11, 15))
    parser.add_argument("--keep", action="store_true", help="also keep what was found")
    return parser


if __name__ == "__main__":
    main()
