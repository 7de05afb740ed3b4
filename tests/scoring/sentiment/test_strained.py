import json
import math
import tomllib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.sentiment.conversations import Message, read_conversation
from scoring.sentiment.engine import Mood, Turn
from scoring.sentiment.engines import ENGINES, engine
from scoring.sentiment.strained import (
    CURLY,
    PHRASES,
    WEIGHTS,
    directions,
    features,
    strain,
    trained_weights,
)

CALM = [
    "Hello",
    "I would like to book a flight to Chicago, please",
    "Yes please",
    "Great, thanks!",
]
CROSS = [
    "hello?? anyone there",
    "Why do you need my name?",
    "You idiot, I said 638",
    "Never mind.",
]


@cache
def service():
    return engine("service")


def moods_of(texts):
    return service().moods([Turn(text) for text in texts])


def found(*texts):
    return strain(texts, moods_of(texts), "service")


def chance(*texts):
    return found(*texts).probability


def test_an_insulted_bot_is_a_strained_customer_and_a_thanked_one_is_not():
    assert chance(*CROSS) > 0.5
    assert chance(*CALM) < 0.02


@pytest.mark.parametrize(
    ("milder", "sharper"),
    [
        ("Can you book it", "Why can't you book it"),
        ("It is flight 228.", "It is flight 228, you idiot."),
        ("Is there an agent?", "Is there an agent???"),
        ("No, that is all", "No, never mind, forget it"),
        ("Please book it", "Just do it now!"),
    ],
)
def test_a_sharper_last_word_makes_strain_likelier(milder, sharper):
    before = ("Hello", "I need a flight to Cork on Tuesday")
    assert chance(*before, sharper) > chance(*before, milder)


def test_saying_a_sentence_again_makes_strain_likelier():
    asked = ("Hello", "The Honda, not the Ford.", "the honda not the ford", "Yes", "Yes")
    varied = ("Hello", "The Honda, not the Ford.", "it is a ford now", "Yes", "Yes")
    same_mood = [Mood(0, "neutral")] * 5
    repeats = [features(texts, same_mood)["repeats"] for texts in (asked, varied)]
    assert repeats == [1, 0]
    chances = [strain(texts, same_mood, "service").probability for texts in (asked, varied)]
    assert chances[0] > chances[1]


def test_phrases_that_speak_for_strain_are_the_evidence_as_written():
    because = found(
        "Hi, is 'anyone'  there?!", f"YOU{CURLY}RE useless", "ok, Never  mind then"
    ).because
    assert {f"YOU{CURLY}RE", "useless", "Never  mind", "is 'anyone", "anyone'  there"} == set(
        because
    )


def test_the_probability_is_the_logistic_of_features_times_weights():
    trained, values = trained_weights()["service"], features(CROSS, moods_of(CROSS))
    logit = trained.intercept
    for name in directions():
        logit += trained.weights[name] * values[name]
    assert chance(*CROSS) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_ease_is_no_evidence_of_strain():
    assert found(*CALM).because == ()


LISTED = tomllib.loads(PHRASES.read_text("utf-8"))


@pytest.mark.parametrize("kind", [*LISTED["strain"], *LISTED["ease"]])
def test_every_phrase_of_the_list_can_fire_and_is_there_once(kind):
    lines = (LISTED["strain"].get(kind) or LISTED["ease"][kind]).split("\n")[:-1]
    counts = [features([f"Oh {line}"], [Mood(0, None)])[kind.replace("_", " ")] for line in lines]
    assert min(counts) >= 1
    assert len(set(lines)) == len(lines)


def test_an_engine_without_weights_gives_none():
    assert strain(CROSS, moods_of(CROSS), "another") is None


def test_no_weight_counts_in_the_wrong_direction():
    for trained in trained_weights().values():
        assert trained.weights.keys() == directions().keys()
        assert all(trained.weights[name] * way >= 0 for name, way in directions().items())


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_weights_were_trained_with_the_engine_as_it_is(name):
    assert json.loads(WEIGHTS.read_text("utf-8"))[name]["version"] == engine(name).version, (
        "The engine has changed: run python -m bench.train_strained FOLDER --write"
    )


def test_a_conversation_tells_how_strained_its_customer_ended():
    messages = [Message("customer", text) for text in CROSS]
    kind = Message("agent", "I am so sorry, that is awful and I hate it!")
    mood = read_conversation([*messages, kind], service())
    assert mood.strained == pytest.approx(chance(*CROSS))
    told = [phrase.casefold() for phrase in mood.because]
    assert "idiot" in " ".join(told)
    assert len(set(told)) == len(told)


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8), st.data())
def test_any_turns_have_a_probability(texts, data):
    polarity = st.none() | st.floats(-1, 1)
    polarities = data.draw(st.lists(polarity, min_size=len(texts), max_size=len(texts)))
    moods = [Mood(0.5, "positive"), *(Mood(each, None) for each in polarities[1:])]
    assert 0 <= strain(texts, moods, "service").probability <= 1


@settings(deadline=None)
@given(st.permutations(CROSS[:3]))
def test_what_was_said_before_the_last_third_counts_the_same_in_any_order(texts):
    """Of seven turns the last three are late; the four before may change places."""
    late = ["Tuesday", "Yes", "Cork"]
    moods = [Mood(0.1, "positive")] * 7
    one = strain([*CROSS[:3], "Hello", *late], moods, "service")
    other = strain([*texts, "Hello", *late], moods, "service")
    assert one.probability == pytest.approx(other.probability)
