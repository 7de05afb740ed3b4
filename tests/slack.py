"""Slack as the bot meets it: payloads, signatures, and a server with what is called of its API."""

import itertools
import json
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from urllib.parse import parse_qsl, urlencode

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from bot.app import Door, app_of, load_commands, load_deeds
from bot.events import Desk
from bot.services import Services
from bot.settings import read_settings
from bot.showing import Showing
from bot.slack import SCOPES, Answers, Installation
from tests.factories import NOW, interactions, taken

SECRET = "a signing secret for tests"
TEAM = "T0WORK"
INSTALLED = Installation(TEAM, "B0BOT", "U0BOT", frozenset(SCOPES))
# Ana and Ben are led by Maya; Rita by nobody; Otto sees all. Names stand here and in no log.
ROSTER = [
    {"agent": "ana@example.com", "name": "Ana Lima", "team": "Billing", "slack_user_id": "U0ANA"},
    {"agent": "ben@example.com", "name": "Ben Sato", "team": "Billing", "slack_user_id": "U0BEN"},
    {"agent": "rita@example.com", "name": "Rita Roy", "team": "Sales", "slack_user_id": "U0RITA"},
    {
        "agent": "maya@example.com",
        "name": "Maya Cho",
        "team": "Billing",
        "role": "manager",
        "slack_user_id": "U0MAYA",
    },
    {"agent": "otto@example.com", "name": "Otto Ek", "role": "admin", "slack_user_id": "U0OTTO"},
]
NAMES = [row["name"] for row in ROSTER]
_numbers = itertools.count(1)


def company(engine):
    """Takes in the roster, and a fortnight of contacts of Ana, Ben and Rita."""
    taken(engine, ROSTER, kind="roster")
    taken(engine, interactions(*_contacts()))
    return engine


def _contacts():
    people = {"ana": 300, "ben": 420, "rita": 360}
    for (who, seconds), day, hour in itertools.product(people.items(), range(2, 16), range(9, 12)):
        started = f"2026-11-{day:02}T{hour:02}:00:00Z"
        yield {
            "agent": f"{who}@example.com",
            "started_at": started,
            "handle_seconds": seconds,
            "csat": 4,
            "customer_id": f"{who}{day}{hour}",
        }


def command(name, text="", user="U0ANA", **more):
    """The payload of a slash command; each is a new one unless its trigger is given."""
    return {
        "token": "gone",
        "team_id": TEAM,
        "team_domain": "work",
        "channel_id": "C0",
        "channel_name": "general",
        "user_id": user,
        "user_name": "someone",
        "command": f"/{name}",
        "text": text,
        "api_app_id": "A0",
        "is_enterprise_install": "false",
        "response_url": "",
        "trigger_id": f"1.2.{next(_numbers)}",
        **more,
    }


def press(action, value="", user="U0ANA", **more):
    """The payload of a button that was pressed: in a message, or with ``view`` in a window."""
    pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
    return {
        "type": "block_actions",
        "user": {"id": user, "username": "someone", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "work"},
        "api_app_id": "A0",
        "token": "gone",
        "trigger_id": f"1.2.{next(_numbers)}",
        "response_url": "",
        "actions": [{**pressed, "action_ts": "1.1"}],
        **more,
    }


def submitted(name, said=None, user="U0ANA", about=""):
    """The payload of a form that was sent, with what stands in it by block id."""
    values = {
        block: {"it": {"type": "plain_text_input", "value": value}}
        for block, value in (said or {}).items()
    }
    return {
        "type": "view_submission",
        "user": {"id": user, "username": "someone", "team_id": TEAM},
        "team": {"id": TEAM, "domain": "work"},
        "api_app_id": "A0",
        "token": "gone",
        "trigger_id": f"1.2.{next(_numbers)}",
        "view": {
            "id": "V0",
            "type": "modal",
            "callback_id": name,
            "private_metadata": about,
            "state": {"values": values},
        },
    }


def happened(event, user="U0ANA", **more):
    """The payload of an event, each a new one unless its id is given."""
    return {
        "type": "event_callback",
        "token": "gone",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event_id": f"Ev{next(_numbers)}",
        "event_time": 1,
        "event": {"user": user, "event_ts": "1.1", **event},
        **more,
    }


def as_body(payload):
    """A payload as the body of the request that Slack sends it in."""
    if payload.get("type") == "event_callback":
        return json.dumps(payload)
    return form({"payload": json.dumps(payload)}) if "type" in payload else form(payload)


def signed(body: str, *, secret=SECRET, at=None) -> Mapping[str, str]:
    """The headers that Slack sends a body with."""
    moment = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=moment, body=body)
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    return {
        "content-type": kind,
        "x-slack-request-timestamp": moment,
        "x-slack-signature": signature,
    }


def form(payload):
    """A payload as the body of a request."""
    return urlencode(payload)


def words_of(answer):
    """All that is said in an answer, in its blocks and its text."""
    return json.dumps(answer, ensure_ascii=False)


def services_of(engine, **settings):
    """Services over a database that is open already, at a moment that stands still."""
    given = {"EVENKEEL_NOW": NOW.isoformat(), "EVENKEEL_CUSTOMER_KEY": "k"}
    services = Services(read_settings({**given, **settings}))
    vars(services)["database"] = engine
    return services


def door_of(engine, **more):
    """A door to the commands, over a database; any kind of block is known to be drawn."""
    clock = more.pop("clock", lambda: NOW)
    desk = Desk(services_of(engine), TEAM, more.pop("commands", load_commands()), clock)
    client = WebClient(
        "xoxb-1", base_url=more.pop("api", "http://127.0.0.1:9/"), retry_handlers=[]
    )
    answers = more.pop("answers", Answers({"table", "data_visualization"}))
    shows = Showing(client, INSTALLED.bot_id, answers)
    return Door(desk, shows, more.pop("deeds", None) or load_deeds(), **more)


def app_over(door):
    """The Bolt app, as Slack's signed requests come to it."""
    return app_of(door, INSTALLED, SECRET)


@dataclass
class Slack:
    """What a stand-in was sent: calls of methods, with what was said in them, and posts to URLs.

    ``refusals`` are answered to posts in turn, before those are taken: status and body.
    """

    address: str = ""
    methods: Queue = field(default_factory=Queue)
    posts: Queue = field(default_factory=Queue)
    calls: Queue = field(default_factory=Queue)
    refusals: Queue = field(default_factory=Queue)
    scopes: str = ",".join(SCOPES)
    error: str = ""
    websocket: str = ""

    @property
    def api(self):
        """The address of the Web API."""
        return f"{self.address}/api/"

    @property
    def response_url(self):
        """An address for answers."""
        return f"{self.address}/commands/1"

    def answer(self, method):
        """What a method of the API answers."""
        if self.error:
            return {"ok": False, "error": self.error}
        if method == "apps.connections.open":
            return {"ok": True, "url": self.websocket}
        if method.startswith("views."):
            return {"ok": True, "view": {"id": "V0NEW"}}
        return {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT"}


def _sent(body, kind):
    """What was said in a call of a method."""
    return json.loads(body or "{}") if "json" in kind else dict(parse_qsl(body))


@contextmanager
def running_slack(**more):
    """A stand-in that listens on a port of its own."""
    slack = Slack(**more)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            status, told, headers = 200, "ok", {}
            if self.path.startswith("/api/"):
                method = self.path.removeprefix("/api/").strip("/")
                slack.methods.put((method, self.headers.get("authorization")))
                slack.calls.put((method, _sent(body, self.headers.get("content-type", ""))))
                told, headers = json.dumps(slack.answer(method)), {"x-oauth-scopes": slack.scopes}
                headers["content-type"] = "application/json"
            else:
                slack.posts.put(json.loads(body))
                if not slack.refusals.empty():
                    status, told, headers = slack.refusals.get()
            self.send_response(status)
            for name, value in {"content-length": len(told), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(told.encode())

        def log_message(self, *_words):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    slack.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield slack
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Socket:
    """Slack's end of a connection: sends envelopes, and has what was said to each."""

    def __init__(self):
        self.connected = threading.Event()
        self.said = Queue()
        self.connection = None

    def __call__(self, connection):
        self.connection = connection
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        self.connected.set()
        try:
            for message in connection:
                self.said.put(json.loads(message))
        except ConnectionClosed:
            return

    def envelope(self, number, payload, **more):
        """Sends a slash command in an envelope, and gives back what was said to it."""
        told = {"type": "slash_commands", "accepts_response_payload": True, **more}
        self.connection.send(json.dumps({"envelope_id": number, "payload": payload, **told}))
        return self.said.get(timeout=20)


@contextmanager
def running_socket():
    """Slack's end of Socket Mode on a port of its own, and its address."""
    socket = Socket()
    with serve(socket, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.socket.getsockname()[1]
        yield socket, f"ws://127.0.0.1:{port}/link"
        server.shutdown()
        thread.join(20)
