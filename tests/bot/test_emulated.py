"""A message and SIGKILL, against an emulator of Slack that nobody here wrote: seen once."""

import json
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.delivery import Sender, attempt
from bot.planning import review
from bot.services import Services
from bot.settings import read_settings
from bot.slack import client_of, installation_of
from scoring.digests import SENT
from tests.bot.weekly import MORNING, WEEK, due, stands, weekly
from tests.factories import taken
from tests.terminal import CHECKOUT, environment

NODE = CHECKOUT / "tests" / "node"
# What a process does until it is killed, before or after its post.
DYING = """
import json, os, signal, sys
from datetime import date
import bot.delivery as delivery
from bot.services import Services
from bot.settings import read_settings
from bot.slack import client_of, installation_of
from scoring.digests import Digest

settings, agent, moment = json.loads(sys.argv[1])
post = delivery.post

def dying(*given):
    if moment == "after":
        post(*given)
    os.kill(os.getpid(), signal.SIGKILL)

delivery.post = dying
services = Services(read_settings(settings))
client = client_of(services.settings)
sender = delivery.Sender(services, installation_of(client), client)
delivery.attempt(sender, Digest(date(2026, 11, 9), agent))
"""


@pytest.fixture(scope="module")
def address():
    """The address of the emulator's Web API."""
    if not (shutil.which("node") and (NODE / "node_modules" / "emulate").exists()):
        pytest.skip("Node: `npm ci` in tests/node brings an emulator of Slack")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = ["node", "emulate.mjs", str(port)]
    with subprocess.Popen(words, cwd=NODE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout.readline().startswith("http")
        yield f"http://127.0.0.1:{port}/api/"
        process.kill()


@pytest.fixture
def settings(sqlite_file, address):
    return {
        "EVENKEEL_DATABASE": str(sqlite_file),
        "EVENKEEL_NOW": MORNING,
        "EVENKEEL_CUSTOMER_KEY": "k",
        "EVENKEEL_SLACK_API_URL": address,
        "SLACK_BOT_TOKEN": "xoxb-emulated",
    }


@pytest.fixture
def sender(settings):
    services = Services(read_settings(settings))
    client = client_of(services.settings)
    # The emulator tells whose message it is by the bot's user alone.
    bot = replace(installation_of(client), bot_id="")
    sender = Sender(services, bot, client, pause=lambda _: None)
    user = next(one["id"] for one in client.users_list()["members"] if one["name"] == "ana")
    taken(weekly(services.engine), [{"agent": "ana", "slack_user_id": user}], "roster")
    review(sender, WEEK)
    return sender


def history(sender):
    """What stands in the conversation with Ana."""
    user = next(one["id"] for one in sender.client.users_list()["members"] if one["name"] == "ana")
    channel = sender.client.conversations_open(users=user)["channel"]["id"]
    return sender.client.conversations_history(channel=channel)["messages"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_who_is_killed_around_the_post_is_followed_by_one_message(sender, settings, moment):
    seen = len(history(sender))
    digest = due(sender.services.engine)
    told = json.dumps([settings, digest.agent, moment])
    killed = subprocess.run(
        [sys.executable, "-c", DYING, told], env=environment(), check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(history(sender)) == seen + (moment == "after")
    attempt(sender, digest)
    attempt(sender, digest)
    newest, *others = history(sender)
    assert len(others) == seen
    told = stands(sender.services.engine, digest)
    assert (told.state, told.ts) == (SENT, newest["ts"])
