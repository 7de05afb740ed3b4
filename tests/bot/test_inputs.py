"""Inputs of forms: what Slack takes, and what stands in them at first."""

from datetime import date, time

import pytest

from bot.blockkit import check
from bot.inputs import any_of, asking, day, hour, one_of, person, words

DAYS = {"0": "Monday", "6": "Sunday"}
ELEMENTS = {
    "one": one_of(DAYS, "6"),
    "one in a menu": one_of(DAYS, "6", seen=False),
    "any": any_of(DAYS, ["0", "6"]),
    "day": day(date(2026, 11, 9)),
    "hour": hour(time(7, 5)),
    "words": words("a", most=5),
    "long words": words("a\nb", long=True),
    "person": person("U0ANA"),
}
EMPTY = {
    "one": one_of(DAYS),
    "any": any_of(DAYS),
    "day": day(),
    "hour": hour(),
    "words": words(),
    "person": person(),
}


@pytest.mark.parametrize("element", [*ELEMENTS.values(), *EMPTY.values()])
@pytest.mark.parametrize("hint", ["", "A hint."])
def test_an_input_is_one_that_slack_takes(element, hint):
    assert check([asking("name", "Label", element, hint=hint)], "modal") == []


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("day", {"initial_date": "2026-11-09"}),
        ("hour", {"initial_time": "07:05"}),
        ("words", {"initial_value": "a"}),
        ("person", {"initial_user": "U0ANA"}),
    ],
)
def test_what_stands_in_it_at_first_is_told(name, initial):
    assert initial.items() <= ELEMENTS[name].items()


def test_what_is_chosen_at_first_is_one_of_the_options():
    one, any_ = ELEMENTS["one"], ELEMENTS["any"]
    assert one["initial_option"] == one["options"][1]
    assert any_["initial_options"] == any_["options"]


@pytest.mark.parametrize("element", EMPTY.values())
def test_of_nothing_chosen_nothing_is_told(element):
    assert not [name for name in element if name.startswith("initial")]


def test_a_name_is_that_of_the_block_and_of_what_is_in_it():
    block = asking("at", "At", hour())
    assert (block["block_id"], block["element"]["action_id"]) == ("at", "at")


@pytest.mark.parametrize("seen", [True, False])
def test_more_options_than_slack_takes_are_a_mistake_of_the_program(seen):
    options = {str(one): str(one) for one in range(11 if seen else 101)}
    with pytest.raises(ValueError, match="options, not 1 to"):
        one_of(options, seen=seen)
