"""Payloads as Slack sends them, read: who said or did what, and where an answer may go."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = 8
# Put into a payload that Slack says it sends again.
RETRIED = "evenkeel_retried"
# The type of the event that the bot was mentioned.
MENTIONED = "app_mention"
# And of the event that somebody opened the bot.
OPENED = "app_home_opened"


@dataclass(frozen=True)
class Call:
    """What came: who said or did what, and an id that every copy of it has.

    ``words``, ``about``, ``said``, ``channel`` and ``thread`` are those of a
    `bot.command.Request`.
    """

    event: str
    words: str
    user_id: str
    team_id: str
    about: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""
    thread: str = ""

    @property
    def token(self) -> str:
        """A short form of the id, for people and the log."""
        return self.event[:TOKEN]


@dataclass(frozen=True)
class Place:
    """Where an answer may go; what is empty is not there.

    ``url`` takes answers for half an hour, ``trigger`` opens a window for three seconds,
    ``window`` is the one that something was done in, ``inside`` says that it was done in a window
    or in Home. ``channel`` and ``thread`` are those of a message; ``among`` says that others read
    along there, so that only whoever wrote may see the answer. ``retried`` says that Slack sends
    it again, so that an answer may be there already; ``home`` that somebody opened their Home, so
    that what goes wrong is told there; ``waits`` that the window's form is gone, and one that asks
    for patience stands in its place.
    """

    user_id: str = ""
    url: str = ""
    trigger: str = ""
    window: str = ""
    inside: bool = False
    channel: str = ""
    thread: str = ""
    among: bool = False
    retried: bool = False
    home: bool = False
    waits: bool = False


def call_of(body: Mapping[str, Any]) -> Call:
    """The call that a payload is: of a command, a button, a form or an event."""
    user, team = _id_of(body, "user"), _id_of(body, "team")
    if "event" in body:
        return _event(body)
    if "view" in body and "actions" not in body:
        view = body["view"]
        about, said = str(view.get("private_metadata") or ""), _said(view)
        return Call(_once(body, team), "", user, team, about, said)
    if "actions" in body:
        return _press(body, user, team)
    return Call(_once(body, team), str(body.get("text") or ""), user, team)


def place_of(body: Mapping[str, Any]) -> Place:
    """Where what is answered to a payload may go."""
    if "event" in body:
        return _place_of_event(body["event"], retried=RETRIED in body)
    view = body.get("view") or {}
    return Place(
        _id_of(body, "user"),
        str(body.get("response_url") or ""),
        str(body.get("trigger_id") or ""),
        str(view.get("id") or "") if view.get("type") == "modal" else "",
        bool(view),
        *_pressed_in(body),
    )


def _place_of_event(event: Mapping[str, Any], *, retried: bool) -> Place:
    user, channel = _of_event(event), str(event.get("channel") or "")
    if event.get("tab") == "home":
        return Place(user, home=True)
    if event.get("type") != MENTIONED:
        return Place(user, channel=channel, thread=_thread_of(event), retried=retried)
    # What one person alone sees begins no thread: outside of one it stands in the channel.
    thread = str(event.get("thread_ts") or "")
    return Place(user, channel=channel, thread=thread, among=True, retried=retried)


def _thread_of(message: Mapping[str, Any]) -> str:
    return str(message.get("thread_ts") or message.get("ts") or "")


def _event(body: Mapping[str, Any]) -> Call:
    event, team = body["event"], str(body.get("team_id") or "")
    # In a channel that is shared with another workspace, people of that one may write too.
    theirs = str(event.get("user_team") or event.get("team") or team)
    once, channel = _hashed(team, body.get("event_id") or event), str(event.get("channel") or "")
    words, thread = _words_of_event(body, event), _thread_of(event)
    return Call(once, words, _of_event(event), theirs, "", event, channel, thread)


def _words_of_event(body: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """What was written, but for the mention of the bot that brought it here."""
    words = str(event.get("text") or "")
    if event.get("type") != MENTIONED:
        return words
    bots = [str(one.get("user_id") or "") for one in body.get("authorizations") or ()]
    called = "|".join(map(re.escape, filter(None, bots))) or "[A-Z0-9]+"
    return re.sub(rf"<@(?:{called})(?:\|[^>]*)?>", " ", words, count=1)


def _of_event(event: Mapping[str, Any]) -> str:
    return str(event.get("user") or "")


def _press(body: Mapping[str, Any], user: str, team: str) -> Call:
    pressed = body["actions"][0]
    about = str(pressed.get("action_id") or "").partition(":")[2]
    said = _said(body.get("view") or body)
    channel, thread = _pressed_in(body)
    once, chosen = _once(body, team), _chosen(pressed)
    return Call(once, chosen, user, team, about, said, channel, thread)


def _pressed_in(body: Mapping[str, Any]) -> tuple[str, str]:
    """The channel and the thread of the message whose button was pressed, as far as there are."""
    where = {**(body.get("message") or {}), **(body.get("container") or {})}
    return str(where.get("channel_id") or ""), str(where.get("thread_ts") or "")


def _chosen(element: Mapping[str, Any]) -> str:
    """What was chosen in one element of a form or a message, as its value."""
    option = element.get("selected_option")
    if option:
        return str(option.get("value") or "")
    for name in ("value", "selected_date", "selected_time", "selected_user"):
        if element.get(name):
            return str(element[name])
    many = element.get("selected_options")
    return ",".join(str(one.get("value") or "") for one in many) if many else ""


def _said(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each input of a form, by the id of its block."""
    values = (view.get("state") or {}).get("values") or {}
    return {
        block: _chosen(next(iter(elements.values()), {})) for block, elements in values.items()
    }


def _id_of(body: Mapping[str, Any], what: str) -> str:
    """The id of the user or team: commands have it flat, buttons and forms in an object."""
    inner = body.get(what)
    flat = inner.get("id") if isinstance(inner, Mapping) else body.get(f"{what}_id")
    return str(flat or "")


def _once(body: Mapping[str, Any], team: str) -> str:
    """Slack makes a trigger for every call, and sends it again with every copy of it."""
    return _hashed(team, body.get("trigger_id") or body)


def _hashed(team: str, once: Any) -> str:
    told = once if isinstance(once, str) else json.dumps(once, sort_keys=True, default=str)
    return hashlib.sha256(f"{team} {told}".encode()).hexdigest()[:32]
