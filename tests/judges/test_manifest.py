"""manifest.yml by Slack's own schema, and tied to what the program listens to, calls and needs."""

import ast
import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk import WebClient

from bot.app import app_of, load_commands, load_deeds
from bot.prompting import OWN
from bot.slack import METHODS, SCOPES
from tests.slack import INSTALLED, command, door_of
from tests.terminal import CHECKOUT

DATA = Path(__file__).with_name("data") / "slack"


def data(name):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@pytest.fixture
def manifest():
    return yaml.safe_load((CHECKOUT / "manifest.yml").read_text(encoding="utf-8"))


def faults(manifest):
    validator = Draft7Validator(data("manifest.schema.2.0.0.json"))
    return [".".join(map(str, one.absolute_path)) for one in validator.iter_errors(manifest)]


def test_slack_s_schema_takes_the_manifest(manifest):
    assert faults(manifest) == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("display_information", "name"), "x" * 36),
        (("features", "slash_commands", 0, "command"), "scorecard"),
        (("settings", "unheard_of"), True),
    ],
)
def test_slack_s_schema_refuses_what_is_wrong(manifest, place, value):
    wrong = deepcopy(manifest)
    inner = wrong
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    assert faults(wrong)


def test_the_commands_of_the_manifest_are_those_there_are(manifest):
    told = {
        one["command"]: (one["description"], one["usage_hint"], one["should_escape"])
        for one in manifest["features"]["slash_commands"]
    }
    # Escaped, so that a person who is mentioned comes as an id and not as a name.
    assert told == {f"/{one.name}": (one.about, one.hint, True) for one in load_commands()}


def test_the_app_listens_to_commands_and_deeds_and_to_nothing_else(engine, manifest):
    door = door_of(engine)
    app = app_of(door, INSTALLED, "secret")
    named = [one["command"].strip("/") for one in manifest["features"]["slash_commands"]]
    named += [f"{one.kind}_{one.name}" for one in load_deeds()]
    listeners = sorted(one.ack_function.__name__ for one in app._listeners)
    assert listeners == sorted(f"listen_to_{name}" for name in named)
    door.pool.shutdown()


def called():
    """The methods of Slack's Web API that the program calls, as Slack writes them."""
    methods = {name for name in vars(WebClient) if not name.startswith("_")}
    names = set()
    for path in (CHECKOUT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
    return {name.replace("_", ".") for name in names & methods}


def words_given(method):
    """The names of what is given to each call of a method, but where they are in a mapping."""
    for path in (CHECKOUT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "attr", "")
            if called == method.replace(".", "_") and all(one.arg for one in node.keywords):
                yield {one.arg for one in node.keywords}


def scopes_of(method):
    """What a method needs: of several that would do, the one for direct messages."""
    found = data(f"{method}.json")["scope"].get("bot", ())
    return [one for one in found if one.startswith("im:")] or found


def test_the_methods_that_are_called_are_told():
    assert called() == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_slack_knows_the_method_and_what_it_needs_is_given(method):
    needed = set(data(f"{method}.json")["args"]["required"])
    # The token goes with every call.
    assert all(needed - {"token"} <= given for given in words_given(method))


def subscribed(manifest):
    """The events that Slack sends."""
    return sorted(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ()))


def test_people_can_write_to_the_bot_and_have_questions_offered(manifest):
    home = manifest["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    view = manifest["features"]["agent_view"]
    offered = {(one["title"], one["message"]) for one in view["suggested_prompts"]}
    # Whoever reads them before anything is known of them may be anybody.
    assert offered <= {(one.title, one.message) for one in OWN}
    assert "assistant_view" not in manifest["features"]


def test_the_scopes_are_those_that_commands_and_methods_need_and_no_more(manifest):
    needed = {"commands"}
    for method in METHODS:
        needed.update(scopes_of(method))
    # Slack tells of a person's address beside the rest, where it is granted, with no method of its
    # own: its page of users.info says so in words only.
    needed.add("users:read.email")
    for event in subscribed(manifest):
        # One of Slack's pages has a full stop in a scope's name.
        scopes = data(f"events/{event}.json")["scopes"]
        needed.update(one.replace(".", ":") for one in scopes)
    assert manifest["oauth_config"]["scopes"] == {"bot": sorted(needed)}
    assert set(SCOPES) == needed


def test_events_and_clicks_come_where_somebody_handles_them_and_not_else(manifest):
    settings = manifest["settings"]
    events = sorted(one.name for one in load_deeds() if one.kind == "event")
    assert subscribed(manifest) == ["message.im" if one == "message" else one for one in events]
    clicks = any(one.kind != "event" for one in load_deeds())
    assert settings["interactivity"] == {"is_enabled": clicks}
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False


def test_the_payloads_of_tests_have_the_shape_of_slack_s():
    known = set(data("SlashCommandPayload.json"))
    assert set(command("scorecard")) == known - {"enterprise_id", "enterprise_name"}
