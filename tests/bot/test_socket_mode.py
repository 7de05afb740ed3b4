"""Socket Mode over a real websocket: the builtin client, and envelopes as Slack sends them."""

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.app import app_of
from tests.bot.talking import Talking, talking, wrote
from tests.slack import INSTALLED, command, company, door_of, running_slack, running_socket


@pytest.fixture
def socket(engine):
    """A connection that is open, with the bot at its other end."""
    company(engine)
    door = door_of(engine, ack_seconds=100)
    with running_socket() as (socket, address), running_slack(websocket=address) as slack:
        client = WebClient("xoxb-1", base_url=slack.api)
        handler = SocketModeHandler(app_of(door, INSTALLED), "xapp-1", web_client=client)
        handler.client.connect()
        assert socket.connected.wait(20)
        # The connection is asked for with the app's token, and nothing else is asked.
        assert slack.methods.get() == ("apps.connections.open", "Bearer xapp-1")
        yield socket
        handler.client.close()
        assert slack.methods.empty()
    door.pool.shutdown()


def test_a_command_is_answered_with_its_envelope(socket):
    said = socket.envelope("e1", command("scorecard", "last week"))
    assert said["envelope_id"] == "e1"
    assert said["payload"]["response_type"] == "ephemeral"
    assert said["payload"]["text"].startswith("Ana Lima, 9\N{EN DASH}15 Nov 2026")


def test_an_envelope_that_comes_again_is_acknowledged_and_not_answered(socket):
    payload = command("scorecard")
    assert "payload" in socket.envelope("e1", payload)
    assert socket.envelope("e1", payload) == {"envelope_id": "e1"}
    again = socket.envelope("e2", payload, retry_attempt=1, retry_reason="timeout")
    assert again == {"envelope_id": "e2"}


def test_who_is_not_on_the_roster_is_told_so(socket):
    said = socket.envelope("e1", command("scorecard", user="U0NEW"))
    assert "U0NEW" in said["payload"]["text"]


def test_a_direct_message_is_acknowledged_and_answered_once_in_its_thread(engine):
    company(engine)
    slack = Talking()
    with running_socket() as (socket, address), talking(engine, slack) as door:
        slack.do_apps_connections_open = lambda _: {"ok": True, "url": address}
        client = WebClient("xoxb-1", base_url=door.shows.client.base_url)
        handler = SocketModeHandler(app_of(door, INSTALLED), "xapp-1", web_client=client)
        handler.client.connect()
        assert socket.connected.wait(20)
        payload, told = wrote("csat for Ana last week"), {"type": "events_api"}
        told["accepts_response_payload"] = False
        for number in ("e1", "e2"):
            said = socket.envelope(number, payload, **told, retry_attempt=number == "e2")
            assert said == {"envelope_id": number}
        handler.client.close()
    (message,) = slack.posted()
    assert message["thread_ts"] == "1.1"
    assert message["text"].startswith("Customer satisfaction 100.0 % (n 21)")
