"""A stand-in for Slack that remembers: what is posted to it stays, and faults come as told.

    python -m bench.stand_in --port 8080 --seed 1

`GET /seen` gives all that it holds as JSON: messages by channel, every arrival of a post with its
moment on a clock that is never set, and how often each fault came.
"""

import argparse
import itertools
import json
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

BOT = {"ok": True, "team_id": "T0WORK", "user_id": "U0BOT", "bot_id": "B0BOT"}
SCOPES = "chat:write,commands,im:history,im:write,users:read"
# What a message to Slack may suffer, with its share of all calls.
SHARES = {
    "limited": 0.05,
    "failed": 0.05,
    "stored_then_failed": 0.02,
    "dropped": 0.01,
    "stored_then_dropped": 0.01,
}


@dataclass
class Workspace:
    """What Slack holds. ``script`` are the next faults of posts, "" for none, then by chance."""

    shares: Mapping[str, float] = field(default_factory=dict)
    script: deque = field(default_factory=deque)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 no secret
    people: dict = field(default_factory=dict)
    refusal: str = "invalid_blocks"
    messages: dict = field(default_factory=dict)
    arrivals: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    faults: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: object = field(default_factory=lambda: itertools.count(1))

    def fault(self, method):
        """What befalls a call; only posts can be stored and then fail."""
        if method == "chat.postMessage" and self.script:
            return self.script.popleft()
        drawn, total = self.chance.random(), 0.0
        for name, share in self.shares.items():
            total += share
            if drawn < total:
                return name if method == "chat.postMessage" else name.removeprefix("stored_then_")
        return ""

    def answer(self, method, given):
        """What becomes of a call: a fault or "", and the answer."""
        with self.lock:
            fault = self.fault(method)
            if fault:
                self.faults[fault] += 1
            self.calls.append((method, given))
            if method == "chat.postMessage":
                self.arrivals.append((time.monotonic(), given["channel"], fault))
            if fault and not fault.startswith("stored"):
                return fault, {"ok": False, "error": self.refusal}
            return fault, getattr(self, "do_" + method.replace(".", "_"))(given)

    def do_auth_test(self, _given):
        """Whose token it is."""
        return BOT

    def do_users_info(self, given):
        """A person: zone and whether the account is switched off."""
        user = {"id": given["user"], "tz": "Etc/UTC", "deleted": False}
        return {"ok": True, "user": user | self.people.get(given["user"], {})}

    def do_conversations_open(self, given):
        """The one conversation with a person."""
        return {"ok": True, "channel": {"id": f"D{given['users'][1:]}"}}

    def do_chat_postMessage(self, given):  # noqa: N802 Slack's name
        """Keeps a message."""
        ts = f"{time.time():.3f}{next(self.numbers):03}"
        told = {
            "ts": ts,
            "bot_id": BOT["bot_id"],
            **{name: given[name] for name in ("text", "blocks", "metadata") if name in given},
            **({"thread_ts": given["thread_ts"]} if given.get("thread_ts") else {}),
        }
        self.messages.setdefault(given["channel"], []).append(told)
        return {"ok": True, "ts": ts, "channel": given["channel"]}

    def do_conversations_history(self, given):
        """The newest messages of a conversation."""
        told = [one for one in self.messages.get(given["channel"], ()) if "thread_ts" not in one]
        recent = [one for one in told if float(one["ts"]) > float(given.get("oldest") or 0)]
        return _page(recent[::-1], given)

    def do_conversations_replies(self, given):
        """The messages of a thread, oldest first."""
        told = self.messages.get(given["channel"], ())
        return _page(
            [one for one in told if given["ts"] in (one["ts"], one.get("thread_ts"))], given
        )

    def seen(self):
        """All that it holds."""
        with self.lock:
            return {
                "messages": self.messages,
                "arrivals": self.arrivals,
                "faults": self.faults,
                "calls": Counter(method for method, _ in self.calls),
            }


def _page(messages, given):
    """A page as Slack gives it: what is in metadata only where it is asked for."""
    start, size = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    whole = str(given.get("include_all_metadata")).lower() in {"1", "true"}
    shown = [one if whole else _bare(one) for one in messages[start : start + size]]
    after = str(start + size) if start + size < len(messages) else ""
    return {"ok": True, "messages": shown, "response_metadata": {"next_cursor": after}}


def _bare(message):
    if "metadata" not in message:
        return message
    return {**message, "metadata": {"event_type": message["metadata"]["event_type"]}}


def desk_of(workspace):
    """What answers HTTP requests."""

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self):
            self._tell(200, workspace.seen())

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            given = _given(self.headers.get("content-type", ""), body)
            fault, told = workspace.answer(self.path.removeprefix("/api/").strip("/"), given)
            if fault.endswith("dropped"):
                self.close_connection = True
                return
            if fault == "limited":
                told = {"ok": False, "error": "ratelimited"}
            failed = fault.endswith("failed")
            self._tell(429 if fault == "limited" else 500 if failed else 200, told)

        def _tell(self, status, told):
            body = json.dumps(told).encode()
            self.send_response(status)
            if status == 429:  # noqa: PLR2004 HTTP's own
                self.send_header("Retry-After", "1")
            self.send_header("content-type", "application/json")
            self.send_header("x-oauth-scopes", SCOPES)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_words):
            """Says nothing."""

    return Desk


def _given(kind, body):
    if kind.startswith("application/json"):
        return json.loads(body or "{}")
    return {name: values[0] for name, values in parse_qs(body).items()}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_where):
        """Says nothing of whoever was killed over a call."""


@contextmanager
def standing_in(workspace, port=0):
    """The address of its Web API, while it serves."""
    server = _Server(("127.0.0.1", port), desk_of(workspace))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main():
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calm", action="store_true", help="no faults")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 no secret
    workspace = Workspace({} if asked.calm else SHARES, chance=chance)
    with standing_in(workspace, asked.port), suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
