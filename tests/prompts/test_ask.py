"""Questions that rules find unclear, read with a model: borne out by the words, or asked back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from prompts.ask import Asking, Question
from prompts.model import ModelError
from scoring.reading.questions import read_question
from scoring.reading.reading import Read, Unclear
from tests.fakes import FakeModel
from tests.prompts.filled import fields, read
from tests.scoring.reading.maya import alone, expected, slots, world_of

SNAPPY = "snappiness of ben last week"
BEN = {"people": ["ben"], "period": "last week"}
AS_AHT = ["aht", "snappiness"]


def is_read_as(reading, notation):
    return isinstance(reading, Read) and slots(reading.query) == expected(notation)


@pytest.mark.parametrize(
    ("words", "answer", "notation"),
    [
        (SNAPPY, fields(AS_AHT, **BEN), "aht; of ben; lw"),
        (
            "zibble, csat of ben last week zabble",
            fields(["csat", "csat"], **BEN, empty_words=["zibble", "zabble"]),
            "csat; of ben; lw",
        ),
        (
            "top 5 gladness agents last week",
            fields(
                ["csat", "gladness"],
                rows=["agent"],
                period="last week",
                order_figure="1",
                order_of="value",
                order_first="best",
                order_said="top 5",
                limit=5,
            ),
            "csat; by agent; lw; order csat best; limit 5",
        ),
        (
            "csat nosedivers among agents last week",
            fields(["csat", "csat nosedivers", "down"], rows=["agent"], period="last week"),
            "csat; by agent; lw; vs before; csat change down",
        ),
        (
            "agents on billing with gladness under 80 % last week",
            fields(
                ["csat", "gladness under 80 %", "below", "80 %"],
                rows=["agent"],
                teams=["billing"],
                period="last week",
            ),
            "csat; by agent; in billing; lw; csat value below 0.8; order csat worst",
        ),
        (
            "snappiness on chat for refunds, week vs the week before, yaar",
            fields(AS_AHT, values=["chat", "refunds"]),
            None,
        ),
        (
            "aht of ben last week contra Q3",
            fields(
                ["aht", "aht"],
                **BEN,
                compared_with="other_period",
                compared_said="contra Q3",
                compared_period="Q3",
            ),
            None,
        ),
    ],
)
def test_a_form_that_the_words_bear_out_is_the_reading(words, answer, notation):
    reading = read(words, answer)
    assert is_read_as(reading, notation) if notation else isinstance(reading, Unclear)


def test_what_a_model_made_of_unknown_words_is_told_beside_the_answer():
    told = read(SNAPPY, fields(AS_AHT, **BEN)).assumptions
    assert told[0] == "“snappiness” was taken by the model to mean Average handle time."
    told = read("zibble, csat for ben", fields(["csat"], people=["ben"], empty_words=["zibble"]))
    assert "“zibble” was taken by the model to ask for nothing." in told.assumptions


@pytest.mark.parametrize(
    "answer",
    [
        fields(AS_AHT, people=["ana"], period="last week"),
        fields(AS_AHT, people=["ben", "ana"], period="last week"),
        fields(AS_AHT, people=["ben"], period="last month"),
        fields(AS_AHT, people=["ben"]),
        fields(AS_AHT, period="last week"),
        fields(AS_AHT, **BEN, teams=["technical"]),
        fields(AS_AHT, **BEN, values=["chat"]),
        fields(AS_AHT, **BEN, tenure="new hires"),
        fields(["aht", "ben"], **BEN),
        fields(["aht"], **BEN),
        fields(AS_AHT, ["csat", "last week"], **BEN),
        fields([*AS_AHT, "below", "300 seconds"], **BEN),
        fields([*AS_AHT], **BEN, intent="explain"),
        fields(
            AS_AHT,
            people=["ben"],
            period="last week",
            limit=3,
            order_figure="1",
            order_first="low",
        ),
        fields(AS_AHT, **BEN, compared_with="other_period", compared_period="September"),
        fields(**BEN, everything=True),
        fields(intent="unclear"),
        fields(),
    ],
)
def test_a_form_that_makes_up_or_leaves_out_is_no_reading(answer):
    unclear = read_question(SNAPPY, world_of())
    assert read(SNAPPY, answer) == unclear


BOUND = "agents with csat under 80 %, snappiness over 6 minutes, last week"
CSAT = ["csat", "csat under 80 %", "below", "80 %"]


def test_each_bound_stays_with_its_own_figure():
    right = fields(
        CSAT,
        ["aht", "snappiness over 6 minutes", "above", "6 minutes"],
        rows=["agent"],
        period="last week",
    )
    reading = read(BOUND, right)
    assert slots(reading.query)["having"] == {
        ("csat", "value", "below", 0.8),
        ("aht", "value", "above", 360.0),
    }


@pytest.mark.parametrize(
    "figures",
    [
        (
            ["csat", "csat under 80 %", "above", "6 minutes"],
            ["aht", "snappiness over 6 minutes", "below", "80 %"],
        ),
        (
            ["csat", "csat under 80 %", "above", "80 %"],
            ["aht", "snappiness over 6 minutes", "below", "6 minutes"],
        ),
        (["csat", "snappiness over 6 minutes", "below", "80 %"], CSAT),
        (["aht", "snappiness over 6 minutes", "above", "6 minutes"],),
    ],
)
def test_bounds_that_are_swapped_are_not_answered(figures):
    answer = fields(*figures, rows=["agent"], period="last week")
    assert isinstance(read(BOUND, answer), Unclear)


def test_periods_that_are_swapped_are_not_answered():
    words = "snappiness of ben last week compared with September"
    right = fields(AS_AHT, **BEN, compared_with="other_period", compared_period="September")
    assert is_read_as(read(words, right), "aht; of ben; lw; vs 2026-09-01..2026-09-30")
    swapped = {**right, "period": "September", "compared_period": "last week"}
    assert isinstance(read(words, swapped), Unclear)


@pytest.mark.parametrize("word", ["manchester", "zibble"])
def test_a_word_in_the_middle_that_nobody_knows_is_asked_back_with_the_reading_as_a_choice(word):
    words = f"csat {word} for ben last week"
    reading = read(words, fields(["csat", "csat"], **BEN, empty_words=[word]))
    assert isinstance(reading, Unclear)
    assert reading.choices[0] == "csat for ben last week"
    assert isinstance(read_question(reading.choices[0], world_of()), Read)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (SNAPPY, fields(AS_AHT, ["csat", "snappiness"], **BEN)),
        (
            "top 5 gladness agents last week",
            fields(
                ["csat", "gladness"],
                rows=["agent"],
                period="last week",
                order_figure="1",
                order_of="change",
                order_first="best",
                order_said="top 5",
                limit=5,
            ),
        ),
        (
            BOUND,
            fields(
                CSAT,
                ["aht", "snappiness over 6 minutes", "at_least", "6 minutes"],
                rows=["agent"],
                period="last week",
            ),
        ),
        (
            "fcr and csat below target by agent last month yaar",
            fields(
                ["fcr", "fcr"],
                ["csat", "csat below target", "below_target"],
                rows=["agent"],
                period="last month",
                empty_words=["yaar"],
            ),
        ),
    ],
)
def test_a_condition_an_order_or_a_word_that_is_bent_is_not_answered(words, answer):
    assert isinstance(read(words, answer), Unclear)


def test_what_must_hold_of_one_figure_is_not_put_on_another():
    answer = fields(
        ["csat", "csat"],
        ["aht", "snappiness over 6 minutes", "above", "6 minutes"],
        rows=["agent"],
        period="last week",
    )
    reading = read("csat by agent, snappiness over 6 minutes, last week", answer)
    assert slots(reading.query)["having"] == {("aht", "value", "above", 360.0)}


def test_a_word_is_not_claimed_by_a_figure_that_is_named_without_it():
    reading = read("csat lisbon for ben last week", fields(["csat", "csat lisbon"], **BEN))
    assert isinstance(reading, Unclear)


@pytest.mark.parametrize(
    "words",
    [
        "quality of ben last week innit",
        "csat for ben not counting weekends, matey",
        "snappiness of ben every day",
        "whose csat or aht got worse last month",
        "who has a higher fcr than chloe",
        "who is worse on csat on email than chat last month",
    ],
)
def test_a_model_is_not_asked_what_only_a_person_can_decide(words):
    model = FakeModel([])
    unclear = read_question(words, world_of())
    assert isinstance(unclear, Unclear)
    assert Asking(model).read(Question(words, world_of(), unclear)) == unclear
    assert not model.tasks


@pytest.mark.parametrize("why", ["unreachable", "refused", "spent", "no_form"])
def test_without_a_form_the_question_back_is_the_one_of_the_rules(why):
    unclear = read_question(SNAPPY, world_of())
    assert read(SNAPPY, ModelError(why, "It did not work.")) == unclear


def asked_twice(first, second):
    model = FakeModel([fields(AS_AHT, **BEN)] * 2)
    asking = Asking(model)
    readings = [asking.read(one) for one in (first, second)]
    return readings, len(model.tasks)


def question(words=SNAPPY, world=None):
    world = world or world_of()
    return Question(words, world, read_question(words, world))


def test_a_question_that_was_read_is_not_sent_again():
    readings, calls = asked_twice(question(), question("  Snappiness of BEN, last week"))
    assert calls == 2
    readings, calls = asked_twice(question(), question("  Snappiness of BEN  last week"))
    assert (calls, readings[0] == readings[1]) == (1, True)


@pytest.mark.parametrize(
    "world",
    [
        replace(world_of(), now=world_of().now + timedelta(days=1)),
        replace(world_of(), people=world_of().people[:4]),
        replace(world_of(), teams={2: "Technical"}),
        replace(world_of(), catalogue={key: world_of().catalogue[key] for key in ("aht", "csat")}),
        alone(3),
    ],
)
def test_what_is_kept_is_of_the_same_day_catalogue_and_asker(world):
    assert asked_twice(question(), question(world=world))[1] == 2


def test_a_failure_is_not_kept():
    model = FakeModel([ModelError("unreachable", "Not there."), fields(AS_AHT, **BEN)])
    asking = Asking(model)
    assert isinstance(asking.read(question()), Unclear)
    assert isinstance(asking.read(question()), Read)


def test_a_follow_up_changes_the_question_before():
    before = read_question("csat for ana last week", world_of()).query
    answer = fields(people=["dev"], empty_words=["zibble"])
    reading = read("dev instead zibble", answer, before=before)
    assert is_read_as(reading, "csat; of dev; lw")


def test_nothing_outside_the_askers_sight_can_be_named_or_told():
    answer = fields(["csat", "gladness"], people=["chloe"])
    world = alone(1)
    words = "gladness of ana"
    unclear = read_question(words, world)
    reading = Asking(FakeModel([answer])).read(Question(words, world, unclear))
    assert reading == unclear
    assert "chloe" not in repr(reading).casefold()


def test_the_model_sees_words_of_the_catalogue_the_day_and_the_question_and_no_name_or_value():
    model = FakeModel([fields()])
    Asking(model).read(question("gladness yaar"))
    sent = model.tasks[0].prompt.text + model.tasks[0].said
    assert "csat: " in sent
    assert "Saturday 2026-11-21" in sent
    for hidden in ("Ana", "Billing", "Technical", "refund", "vip", "example.com"):
        assert hidden not in sent
