"""What the issue of this engine promises, and that it reads weights as training wrote them."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.train_sentiment import features
from scoring.sentiment import service
from scoring.sentiment.engine import Turn
from scoring.sentiment.features import Reader, parts
from scoring.sentiment.service import ServiceEngine


@pytest.fixture(scope="module")
def engine():
    return ServiceEngine()


def mood(engine, text, author="customer"):
    return engine.moods([Turn(text, author)])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Still no refund",
        "My order never arrived",
        "This is unacceptable",
        "Great, another two weeks without internet. Fantastic.",
        "The service isn't good",
        "The service isn\u2019t good",
        "I have been on hold for 50 minutes",
        "Nobody called me back",
        "You hung up on me",
        "This is the third time I am asking",
        "WHY IS NOBODY ANSWERING??",
    ],
)
def test_a_complaint_is_negative_with_or_without_words_of_emotion(engine, text):
    assert mood(engine, text).label == "negative"


@pytest.mark.parametrize(
    "text",
    ["Thank you so much, all sorted!", "It works now, thanks", "Your team was great", "thx!!"],
)
def test_thanks_and_praise_are_positive(engine, text):
    assert mood(engine, text).label == "positive"


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "How do I reset my password?",
        "What time does the store open?",
        "My order number is 48213",
        "I would like to change my address",
    ],
)
def test_questions_and_facts_are_neutral(engine, text):
    assert mood(engine, text).label == "neutral"


@pytest.mark.parametrize(
    "text",
    [
        "I understand how frustrating this must be, I'm sorry",
        "I am so sorry for the inconvenience",
        "We apologize for the delay, let me check that for you",
    ],
)
def test_courtesy_is_not_negative_from_an_agent(engine, text):
    assert mood(engine, text, "agent").label != "negative"


def test_an_agents_insult_is_still_negative(engine):
    assert mood(engine, "You are stupid", "agent").label == "negative"


@pytest.mark.parametrize(
    "text", ["", "   ", "12345", "!!!", "?", "Ich warte seit drei Wochen auf mein Geld"]
)
def test_no_letters_or_no_english_is_no_signal(engine, text):
    found = mood(engine, text)
    assert (found.polarity, found.label, found.because) == (None, None, ())
    assert engine.logits([Turn(text)]) == [None]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Hm, STILL no refund", "STILL no"),
        ("my bag never   arrived, why?", "never arrived"),
        ("Thank you so much!", "Thank you so much"),
        ("It isn\u2019t good.", "isn\u2019t good"),
    ],
)
def test_the_most_telling_phrase_comes_first_as_it_stands_in_the_text(engine, text, phrase):
    assert mood(engine, text).because[0] == phrase


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abc not good bad refund waiting!?.,' \n", max_size=80))
def test_a_mood_keeps_its_bounds_whatever_the_text(engine, text):
    found = mood(engine, text)
    if found.polarity is None:
        assert not any(map(str.isalpha, text)) or found.label is None
        return
    assert -1 <= found.polarity <= 1
    assert found.label in {"negative", "neutral", "positive"}
    assert len(found.because) <= 5
    squeezed = " ".join(text.split())
    assert all(phrase in squeezed for phrase in found.because)


def test_biases_move_the_label_and_nothing_else_of_the_evidence():
    turn = Turn("The parcel is at the depot")
    assert ServiceEngine((9.0, 0.0)).moods([turn])[0].label == "negative"
    assert ServiceEngine((0.0, 9.0)).moods([turn])[0].label == "positive"
    assert ServiceEngine((-9.0, -9.0)).moods([turn])[0].label == "neutral"


def test_logits_know_no_biases_and_agree_with_the_label(engine):
    turns = [Turn("This is terrible"), Turn("Which gate?"), Turn("Lovely, thank you")]
    order = ("negative", "neutral", "positive")
    logits = engine.logits(turns)
    assert [order[row.index(max(row))] for row in logits] == [
        mood.label for mood in engine.moods(turns)
    ]
    assert ServiceEngine((1.0, -1.0)).logits(turns) == logits


def test_biases_change_the_version_and_weights_do_too(engine, monkeypatch, tmp_path):
    assert ServiceEngine((0.5, 0.0)).version != engine.version
    content = json.loads(service.WEIGHTS.read_text("utf-8"))
    content["words"]["refund"] = [1, 1]
    changed = tmp_path / "weights.json"
    changed.write_text(json.dumps(content), "utf-8")
    monkeypatch.setattr(service, "WEIGHTS", changed)
    assert ServiceEngine().version != engine.version


@pytest.mark.parametrize(
    "text",
    [
        "Great, another delay. Exactly what I needed!!",
        "thank you, my refund arrived today :)",
        "WHY won't anyone answer? I've called 3 times...",
        "ok",
        "my flurbogized zyxophone is unfixability",
    ],
)
def test_the_fast_sum_is_the_plain_sum_over_the_features_that_training_names(engine, text):
    content = json.loads(service.WEIGHTS.read_text("utf-8"))
    low, high = content["intercept"]
    seen = features(Reader().read(text))
    # A word that has a weight of its own has its parts' in it.
    unknown = [name for kind, name in seen if kind == "words" and name not in content["words"]]
    of_unknown = Counter(part for name in unknown for part in parts(name))
    kept = {name: value for name, value in seen.items() if name[0] != "parts"}
    for (kind, name), value in {
        **kept,
        **{("parts", p): n for p, n in of_unknown.items()},
    }.items():
        home, _, last = name.rpartition(" ") if kind == "pairs" else ("", "", name)
        entries = content["pairs"].get(home, {}) if kind == "pairs" else content[kind]
        weight = entries.get(last, [0, 0])
        low, high = low + value * weight[0], high + value * weight[1]
    assert engine.logits([Turn(text)])[0] == pytest.approx((low / 100, 0, high / 100))


def test_the_weights_are_small_and_readable():
    assert service.WEIGHTS.stat().st_size < 1_500_000
    assert max(map(len, service.WEIGHTS.read_text("utf-8").splitlines())) < 20_000
