"""Weekly messages under kill -9: how many are lost or doubled, at what pace, at what cost.

    python -m bench.delivering --agents 500 --kills 20 --workers 2

A stand-in for Slack answers with 429 to one post in twenty, with 500 to another, stores some and
fails or hangs up afterwards. Workers are killed at random and started anew, their clocks an hour
off in either direction and set while they run. `--kills 0 --workers 1 --calm` tells the CPU.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

WEEK = date(2026, 11, 9)
MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)
# Longer than this without the end is a failure of its own.
PATIENCE_SECONDS = 1200


@dataclass
class Outcome:
    """What came of a run."""

    expected: int
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    kills: int = 0
    resumed: list = field(default_factory=list)
    lost: int = 0
    doubled: int = 0
    settled: bool = True
    most_in_a_second: int = 0
    least_apart: float = float("inf")
    faults: Counter = field(default_factory=Counter)
    told: list = field(default_factory=list)

    @property
    def cpu_milliseconds(self):
        """What one message costs, without what a worker's start and plan cost."""
        return 1000 * self.cpu_seconds / self.expected


def main(argv: Sequence[str] | None = None) -> int:
    """Runs it and tells what came of it; 1 where a message was lost or doubled."""
    asked = _parser().parse_args(argv)
    if asked.work is not None:
        return _work(json.loads(asked.work))
    with TemporaryDirectory() as folder:
        found = measured(asked, Path(folder))
    resumed = sorted(found.resumed)
    faults = ", ".join(f"{count} {name}" for name, count in sorted(found.faults.items()))
    print(
        f"{found.expected} messages, {found.kills} kills, {found.seconds:.0f} s:"
        f" {found.lost} lost, {found.doubled} doubled"
        f"{'' if found.settled else ', not all of them noted as sent'}.\n"
        f"Faults: {faults or 'none'}.\n"
        f"At most {found.most_in_a_second} in any second, {asked.pace:g} allowed;"
        f" at least {found.least_apart:.2f} s between two of one conversation."
    )
    if resumed:
        middle = resumed[len(resumed) // 2]
        print(f"Restart to the next message: {middle:.2f} s, at most {resumed[-1]:.2f} s.")
    if found.told:
        print(f"CPU: {found.cpu_milliseconds:.1f} ms a message.")
    return int(bool(found.lost or found.doubled or not found.settled))


def measured(asked: argparse.Namespace, folder: Path) -> Outcome:
    """What comes of one run in a folder of its own."""
    from bench.staff import TEAM_SIZE, company  # noqa: PLC0415 no worker needs it

    chance = random.Random(asked.seed)  # noqa: S311 no secret
    database = asked.database or str(folder / "evenkeel.db")
    company(database, asked.agents)
    found = Outcome(asked.agents + -(-asked.agents // TEAM_SIZE))
    with _slack(asked) as port:
        settings = {
            "database": database,
            "address": f"http://127.0.0.1:{port}/api/",
            "pace": asked.pace,
        }
        started = time.monotonic()
        crew = _Crew(asked, settings, chance, found, port)
        crew.run()
        found.seconds = time.monotonic() - started
        _judge(found, _seen(port), database)
    return found


class _Crew:
    """The workers, and who kills them."""

    def __init__(self, asked, settings, chance, found, port):
        self.asked, self.settings, self.chance = asked, settings, chance
        self.found, self.port = found, port
        self.workers = [self.begun() for _ in range(asked.workers)]

    def begun(self):
        """A new worker whose clock is off by up to an hour."""
        off = self.chance.uniform(-3000, 3000) if self.asked.kills else 0.0
        told = {**self.settings, "off": off, "seed": self.chance.random()}
        words = [sys.executable, "-m", "bench.delivering", "--work", json.dumps(told)]
        return subprocess.Popen(words, stdout=subprocess.PIPE, encoding="utf-8")  # noqa: S603 ours

    def run(self):
        """Kills at random, then lets them end."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.found.kills < self.asked.kills and self.left():
            time.sleep(self.chance.uniform(0.3, self.asked.between))
            self.kill()
        for worker in self.workers:
            out, _ = worker.communicate(timeout=max(1, until - time.monotonic()))
            self.found.told += [json.loads(line) for line in out.splitlines()]
        self.found.cpu_seconds = sum(one["cpu"] for one in self.found.told)

    def left(self):
        """Whether anything is still to be sent."""
        return len(_keys(_seen(self.port))) < self.found.expected

    def kill(self):
        """Kills one worker or all of them, and begins as many anew."""
        everybody = self.chance.random() < 1 / 2
        chosen = self.workers if everybody else [self.chance.choice(self.workers)]
        for worker in chosen:
            worker.send_signal(signal.SIGKILL)
        for worker in chosen:
            worker.communicate()
        self.found.kills += len(chosen)
        arrived, began = len(_seen(self.port)["arrivals"]), time.monotonic()
        self.workers = [one for one in self.workers if one not in chosen]
        self.workers += [self.begun() for _ in chosen]
        while everybody and self.left() and len(_seen(self.port)["arrivals"]) == arrived:
            time.sleep(0.02)
        if everybody and arrived:
            self.found.resumed.append(time.monotonic() - began)


def _work(told):
    """One worker, with a clock that is off and is set once more while it runs."""
    from bot.delivery import Sender  # noqa: PLC0415 the clock is set before
    from bot.jobs import working  # noqa: PLC0415
    from bot.planning import Plan  # noqa: PLC0415
    from bot.services import Services  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415
    from bot.slack import SlackError, client_of, installation_of  # noqa: PLC0415
    from bot.terminal.digest_command import finish  # noqa: PLC0415

    clock = _Clock(told)
    settings = read_settings(
        {
            "EVENKEEL_DATABASE": told["database"],
            "EVENKEEL_NOW": (MONDAY + timedelta(seconds=told["off"])).isoformat(),
            "EVENKEEL_CUSTOMER_KEY": "k",
            "EVENKEEL_POSTS_PER_SECOND": str(told["pace"]),
            "EVENKEEL_SLACK_API_URL": told["address"],
            "SLACK_BOT_TOKEN": "xoxb-1",
        }
    )
    client = client_of(settings)
    while True:
        # The stand-in fails here too, and whoever starts a worker would start it again.
        with suppress(SlackError):
            installation = installation_of(client)
            break
    sender = Sender(Services(settings), installation, client, clock.now)
    with working(sender) as jobs:
        jobs.plan(Plan())
        begun = time.process_time()
        finish(jobs, sender, Plan())
        print(json.dumps({"cpu": time.process_time() - begun}))
    return 0


class _Clock:
    """A clock that is off, also for DBOS, and half a minute more after some seconds."""

    def __init__(self, told):
        chance = random.Random(told["seed"])  # noqa: S311 no secret
        self.off, self.jump = told["off"], chance.choice([-1800.0, 1800.0]) if told["off"] else 0.0
        self.real, self.begun = time.time, time.monotonic()
        self.after = chance.uniform(1, 6)
        time.time = self.seconds

    def seconds(self):
        """Seconds since 1970, as this process has them."""
        jumped = self.jump if time.monotonic() - self.begun > self.after else 0.0
        return self.real() + self.off + jumped

    def now(self):
        """The same as a moment."""
        return datetime.fromtimestamp(self.seconds(), UTC)


@contextmanager
def _slack(asked):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = [
        sys.executable,
        "-m",
        "bench.stand_in",
        "--port",
        str(port),
        "--seed",
        str(asked.seed),
    ]
    process = subprocess.Popen(words + (["--calm"] if asked.calm else []))  # noqa: S603 ours
    try:
        _wait_for(port)
        yield port
    finally:
        process.kill()
        process.wait()


def _wait_for(port):
    for _ in range(500):
        try:
            _seen(port)
        except OSError:
            time.sleep(0.02)
        else:
            return


def _seen(port):
    with urlopen(f"http://127.0.0.1:{port}/seen", timeout=20) as answer:
        return json.load(answer)


def _keys(seen):
    """How often each message was stored."""
    return Counter(
        message["metadata"]["event_payload"]["key"]
        for messages in seen["messages"].values()
        for message in messages
    )


def _judge(found, seen, database):
    from scoring.database import connect, reading  # noqa: PLC0415
    from scoring.digests import standings  # noqa: PLC0415

    keys = _keys(seen)
    found.lost = found.expected - len(keys)
    found.doubled = sum(1 for count in keys.values() if count > 1)
    found.faults = Counter(seen["faults"])
    moments = [moment for moment, *_ in seen["arrivals"]]
    found.most_in_a_second = max(
        (
            sum(1 for one in moments[at : at + 99] if one < moment + 1)
            for at, moment in enumerate(moments)
        ),
        default=0,
    )
    by_channel = {}
    for moment, channel, fault in seen["arrivals"]:
        if fault in {"", "stored_then_failed", "stored_then_dropped"}:
            before = by_channel.get(channel)
            if before is not None:
                found.least_apart = min(found.least_apart, moment - before)
            by_channel[channel] = moment
    engine = connect(database)
    with reading(engine) as connection:
        told = standings(connection, WEEK).values()
    engine.dispose()
    stored = {m["ts"] for messages in seen["messages"].values() for m in messages}
    sent = [one for one in told if one.state == "sent" and one.ts in stored]
    found.settled = len(sent) == found.expected


def _parser():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=100)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--pace", type=float, default=20.0, help="messages a second")
    parser.add_argument("--between", type=float, default=4.0, help="most seconds between kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", action="store_true", help="no faults of Slack's")
    parser.add_argument("--database", help="an empty PostgreSQL database in place of a file")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(main())
