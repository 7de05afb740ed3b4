"""The servers that `bench.answering` measures, each a process: the bot, and a bare Bolt app.

    python -m bench.serving PORT

serves the bare app: it answers a command with a word, behind the bot's own HTTP server.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.server import server_of, wsgi_of

SECRET, TOKEN, TEAM = "the secret of a measurement", "xoxb-1", "T0BENCH"
PATIENCE = 60
OK = 200


class Server:
    """A server that runs as a process: its port, and the processor time that it has taken."""

    def __init__(self, command: list[str], port: int, environment: Mapping[str, str]) -> None:
        self.port = port
        self.process = subprocess.Popen(  # noqa: S603 ours
            command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
        )

    def connection(self) -> HTTPConnection:
        """A connection of its own."""
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def cpu_seconds(self) -> float:
        """The processor time so far, as Linux counts it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    server = Server(command, port, environment)
    try:
        _await(server)
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def _await(server: Server) -> None:
    """Waits until a server listens.

    Raises:
        SystemExit: it never does.
    """
    for _ in range(PATIENCE * 10):
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        time.sleep(0.1)
    raise SystemExit("a server did not start")


@contextmanager
def bare_app() -> Iterator[Server]:
    """The bare app, as a process."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.serving", str(port)]
    with _running(command, port, {}) as server:
        yield server


@contextmanager
def bot(database: str, now: str) -> Iterator[Server]:
    """The bot; what it asks of Slack at its start is answered here."""
    port = _free_port()
    with _slack() as api:
        environment = {
            "EVENKEEL_DATABASE": database,
            "EVENKEEL_NOW": now,
            "EVENKEEL_LISTEN": f"127.0.0.1:{port}",
            "EVENKEEL_SLACK_API_URL": api,
            "EVENKEEL_SLACK_BOT_TOKEN": TOKEN,
            "EVENKEEL_SLACK_SIGNING_SECRET": SECRET,
        }
        with _running([sys.executable, "-m", "bot", "run"], port, environment) as server:
            yield server


@contextmanager
def _slack() -> Iterator[str]:
    """The address of a stand-in that knows the token, and grants no scope to send by itself."""

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            told = {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT"}
            body = json.dumps(told).encode()
            self.send_response(OK)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main(port: int) -> None:
    """Serves the bare app until it is stopped."""

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_user_id="U0BOT", bot_token=TOKEN
        )

    app = App(
        client=WebClient(TOKEN),
        authorize=authorize,
        signing_secret=SECRET,
        process_before_response=True,
    )

    @app.command("/scorecard")
    def answer(ack: Ack) -> None:
        ack("bare")

    server_of(wsgi_of(app, SECRET), f"127.0.0.1:{port}").run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
