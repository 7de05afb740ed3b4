"""manifest.yml by Slack's own schema, and tied to what the program listens to, calls and needs."""

import ast
import json
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from slack_sdk import WebClient

from bot.app import app_of, load_commands
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


def test_the_app_listens_to_these_commands_and_to_nothing_else(engine, manifest):
    door = door_of(engine)
    app = app_of(door, WebClient("xoxb-1"), INSTALLED, "secret")
    named = [one["command"].strip("/") for one in manifest["features"]["slash_commands"]]
    listeners = sorted(one.ack_function.__name__ for one in app._listeners)
    assert listeners == sorted(f"listen_to_{name}" for name in named)
    door.pool.shutdown()


def called():
    """The methods of Slack's Web API that the program calls, as Slack writes them."""
    methods = {name for name in vars(WebClient) if not name.startswith("_")}
    names = set()
    for path in (CHECKOUT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                names.add(node.func.attr)
    return {name.replace("_", ".") for name in names & methods}


def test_the_methods_that_are_called_are_told():
    assert called() == set(METHODS)


@pytest.mark.parametrize("method", METHODS)
def test_slack_knows_the_method_and_what_it_needs_is_given(method):
    needed = set(data(f"{method}.json")["args"]["required"])
    # The token goes with every call.
    assert needed == {"token"}


def test_the_scopes_are_those_that_commands_and_methods_need_and_no_more(manifest):
    needed = {"commands"}
    for method in METHODS:
        needed.update(data(f"{method}.json")["scope"].get("bot", ()))
    assert manifest["oauth_config"]["scopes"] == {"bot": sorted(needed)}
    assert set(SCOPES) == needed


def test_no_event_and_no_click_comes_that_nobody_handles(manifest):
    settings = manifest["settings"]
    assert "event_subscriptions" not in settings
    assert settings["interactivity"] == {"is_enabled": False}
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False


def test_the_payloads_of_tests_have_the_shape_of_slack_s():
    known = set(data("SlashCommandPayload.json"))
    assert set(command("scorecard")) == known - {"enterprise_id", "enterprise_name"}
