"""A conversation with the bot: a Slack that remembers, and people who write, press and open."""

import json
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field

from slack_bolt import BoltRequest

from bench.stand_in import Workspace, standing_in
from tests.slack import app_over, as_body, door_of, happened, press, signed

DM = "D0MAYA"
OK = {"ok": True}


@dataclass
class Talking(Workspace):
    """A workspace with what agents have there; ``refused`` are errors by method."""

    refused: dict = field(default_factory=dict)
    whispers: list = field(default_factory=list)

    def answer(self, method, given):
        """An error where one is told, else as any workspace."""
        if method in self.refused:
            with self.lock:
                self.calls.append((method, given))
            return "", {"ok": False, "error": self.refused[method]}
        return super().answer(method, given)

    def do_assistant_threads_setStatus(self, _given):  # noqa: N802 Slack's name
        """Takes a status."""
        return OK

    def do_assistant_threads_setSuggestedPrompts(self, _given):  # noqa: N802 Slack's name
        """Takes questions to begin with."""
        return OK

    def do_chat_postEphemeral(self, given):  # noqa: N802 Slack's name
        """Keeps what one person alone sees, in no history."""
        self.whispers.append(given)
        return OK

    def do_views_publish(self, _given):
        """Takes a Home."""
        return OK

    def do_views_open(self, _given):
        """Opens a window."""
        return {**OK, "view": {"id": "V0NEW"}}

    do_views_push = do_views_open
    do_views_update = do_views_open

    def told(self, method):
        """What was given to each call of a method."""
        with self.lock:
            return [given for name, given in self.calls if name == method]

    def posted(self, channel=DM):
        """The messages of a conversation."""
        with self.lock:
            return list(self.messages.get(channel, ()))


@contextmanager
def talking(engine, slack, **more):
    """A door whose answers go to a workspace, and are there once a call is acknowledged."""
    with standing_in(slack) as address:
        door = door_of(engine, api=address, **{"ack_seconds": 100, **more})
        yield door
        door.pool.shutdown()
        door.keeping.writer.shutdown()


def sent(door, payload, **headers):
    """What a signed request with a payload is answered with, once all that follows is done."""
    body = as_body(payload)
    request = BoltRequest(body=body, headers={**signed(body), **headers})
    return app_over(door).dispatch(request)


def wrote(text, user="U0MAYA", ts="1.1", **more):
    """A direct message to the bot."""
    told = {"type": "message", "channel_type": "im", "channel": DM, "text": text, "ts": ts}
    return happened({**told, **more}, user)


def mentioned(text, user="U0MAYA", ts="5.5", **more):
    """A message in a channel that calls the bot."""
    told = {"type": "app_mention", "channel": "C0", "text": f"<@U0BOT> {text}", "ts": ts}
    return happened({**told, **more}, user, authorizations=[{"user_id": "U0BOT"}])


def elements(blocks):
    """Everything that can be pressed or chosen, by the id of its action."""
    found = {}
    for block in blocks:
        inner = [*block.get("elements", ()), block.get("accessory") or {}]
        found |= {one["action_id"]: one for one in inner if "action_id" in one}
    return found


def option(element, text):
    """The value of what a menu calls this."""
    return next(one["value"] for one in element["options"] if one["text"]["text"] == text)


def chosen(action, value, user="U0MAYA", **more):
    """The payload of something chosen in a menu of a message in the thread 1.1."""
    payload = press(action, "", user, **more)
    kind = {"type": "static_select", "selected_option": {"value": value}}
    payload["actions"] = [{**payload["actions"][0], **kind}]
    where = {"type": "message", "channel_id": DM, "message_ts": "1.2", "thread_ts": "1.1"}
    return {"container": where, **payload}


def faults(*names):
    """What befalls the next posts, in turn."""
    return deque(names)


def as_json(blocks):
    """Blocks as one text."""
    return json.dumps(list(blocks), ensure_ascii=False)
