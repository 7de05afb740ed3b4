"""How fast the bot answers Slack by signed HTTP, beside a bare Bolt app in the same run.

    python -m bench.answering DIR/evenkeel.db --beside DIR/late.csv

The database holds the rows of bench.generate; a roster that links its agents to Slack users is
taken in first. The bot is `evenkeel run` as a process of its own, and so is the bare app, behind
the same server. ``--beside`` names a file that is taken in while sixteen callers ask (what it adds
stays).
"""

import argparse
import csv
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bench.measure import Timing, machine, milliseconds, table
from bench.operation import agent_email, team_name
from bench.serving import OK, SECRET, TEAM, Server, bare_app, bot
from bot.cli import main as evenkeel
from bot.server import PATH

CONNECTIONS = 16

Ask = Callable[[HTTPConnection], None]


def main(words: list[str] | None = None) -> None:
    """Prints the table of times."""
    wanted = _arguments().parse_args(words)
    with tempfile.TemporaryDirectory() as scratch:
        _link(wanted, Path(scratch, "roster.csv"))
    asks = {
        "an agent's own week": _card("last week", "A", wanted.agents),
        "an agent's own weeks since October, today cut": _card(
            "since October", "A", wanted.agents
        ),
        "a team's week": _card("team last week", "L", wanted.teams),
    }
    with bare_app() as bare, bot(wanted.database, wanted.now) as ours:
        lines = [*_alone(wanted, bare, ours, asks), *_together(wanted, bare, ours, asks)]
    print(table(["signed HTTP", "calls", "p50 ms", "p99 ms", "a second", "CPU ms a call"], lines))
    print(f"\n{machine()}; load before {os.getloadavg()[0]:.1f}")


def _link(wanted: argparse.Namespace, path: Path) -> None:
    """Takes in a roster with a Slack user for every agent and for a leader of every team."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["agent", "team", "role", "slack_user_id"])
        for number in range(wanted.agents):
            team = team_name(number % wanted.teams)
            rows.writerow([agent_email(number), team, "agent", f"A{number}"])
        for number in range(wanted.teams):
            key = f"leader{number}@example.com"
            rows.writerow([key, team_name(number), "manager", f"L{number}"])
    evenkeel(["import", "roster", str(path), "--database", wanted.database])


def _card(words: str, kind: str, people: int) -> Ask:
    """Asks for a scorecard as one person of a kind after the other, in no order."""
    who, numbers = random.Random(1), itertools.count()  # noqa: S311 no secret

    def ask(connection: HTTPConnection) -> None:
        once = f"{os.getpid()}.{next(numbers)}.{words}"
        payload = {
            "command": "/scorecard",
            "text": words,
            "user_id": f"{kind}{who.randrange(people)}",
            "team_id": TEAM,
            "trigger_id": once,
            "response_url": "",
        }
        body = urlencode(payload)
        answered = _asked(connection, body)
        if b'"blocks"' not in answered and b"bare" not in answered:
            raise SystemExit(f"no card came: {answered[:200]!r}")

    return ask


def _asked(connection: HTTPConnection, body: str) -> bytes:
    moment = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=moment, body=body) or ""
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": moment,
        "x-slack-signature": signature,
    }
    connection.request("POST", PATH, body, headers)
    response = connection.getresponse()
    answer = response.read()
    if response.status != OK:
        raise SystemExit(f"status {response.status}")
    return answer


def _alone(
    wanted: argparse.Namespace, bare: Server, ours: Server, asks: Mapping[str, Ask]
) -> Iterator[list[str]]:
    """One caller, one call after the other."""
    own = next(iter(asks.values()))
    yield _line("a bare Bolt app", bare, own, wanted.calls, 1)
    for name, ask in asks.items():
        yield _line(name, ours, ask, wanted.calls, 1)


def _together(
    wanted: argparse.Namespace, bare: Server, ours: Server, asks: Mapping[str, Ask]
) -> Iterator[list[str]]:
    """Sixteen callers at once, then with an import beside them."""
    name, own = next(iter(asks.items()))
    calls = wanted.calls * 4
    yield _line(f"a bare Bolt app, {CONNECTIONS} callers", bare, own, calls, CONNECTIONS)
    yield _line(f"{name}, {CONNECTIONS} callers", ours, own, calls, CONNECTIONS)
    if wanted.beside is not None:
        words = ["import", "interactions", str(wanted.beside), "--database", wanted.database]
        command = [sys.executable, "-m", "bot", *words]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        importing = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]  # noqa: S603 ours
        time.sleep(2)
        yield _line("the same, an import beside them", ours, own, calls, CONNECTIONS)
        over = importing.poll() is not None
        importing.wait()
        if over:
            raise SystemExit("the import was over before the calls were: name a longer file")


def _line(name: str, server: Server, ask: Ask, calls: int, callers: int) -> list[str]:
    _timed(server, ask, 20 * callers, callers)
    cpu, started = server.cpu_seconds(), time.perf_counter()
    timing = _timed(server, ask, calls, callers)
    seconds, cpu = time.perf_counter() - started, server.cpu_seconds() - cpu
    numbers = (milliseconds(timing.median), milliseconds(timing.p99), f"{calls / seconds:,.0f}")
    return [name, f"{calls:,}", *numbers, milliseconds(cpu / calls)]


def _timed(server: Server, ask: Ask, calls: int, callers: int) -> Timing:
    def one(_: int) -> list[float]:
        connection, seconds = server.connection(), []
        for _number in range(calls // callers):
            started = time.perf_counter()
            ask(connection)
            seconds.append(time.perf_counter() - started)
        connection.close()
        return seconds

    with ThreadPoolExecutor(callers) as pool:
        return Timing(tuple(itertools.chain.from_iterable(pool.map(one, range(callers)))))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.answering", description=__doc__)
    parser.add_argument("database", help="a database that holds generated rows")
    parser.add_argument("--calls", type=int, default=500, help="calls by one caller")
    parser.add_argument("--agents", type=int, default=1000)
    parser.add_argument("--teams", type=int, default=20)
    parser.add_argument("--now", default="2026-11-16T09:00:00+00:00")
    parser.add_argument("--beside", type=Path, metavar="FILE", help="taken in meanwhile")
    return parser


if __name__ == "__main__":
    main()
