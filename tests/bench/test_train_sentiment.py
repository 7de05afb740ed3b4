import csv
import json
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from scipy.special import softmax

from bench import train_sentiment
from bench.labelled import Labelled, written_turns
from bench.softmax import fit, macro_f1
from bench.train_sentiment import Model, features, train, write
from scoring.sentiment.features import Reader

TEXTS = (
    "it is bad",
    "so bad",
    "very bad",
    "the box",
    "a box",
    "my box",
    "thanks",
    "thanks a lot",
    "thanks!",
)
TINY = Labelled("goemotions train", TEXTS, (0, 0, 0, 1, 1, 1, 2, 2, 2))


def seen():
    reader = Reader()
    return {TINY.name: [features(reader.read(text)) for text in TEXTS]}


def test_macro_f1_is_the_mean_of_f1_over_labels():
    # By hand: F1 of 0 is 2/3, of 1 is 1/2, of 2 is 1.
    labels, guesses = np.array([0, 0, 1, 1, 2]), np.array([0, 1, 1, 0, 2])
    assert macro_f1(labels, guesses) == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_a_fit_is_where_the_slope_of_the_penalised_loss_is_nothing():
    random = np.random.default_rng(3)
    values = sparse.csr_matrix(random.normal(size=(60, 4)))
    labels, counts = random.integers(0, 3, 60), random.uniform(0.5, 2, 60)
    offsets, penalties = random.normal(size=(60, 3)), np.array([1.0, 2.0, 3.0, 4.0])
    weights = fit(values, labels, counts, offsets, penalties)
    off = (softmax(values @ weights + offsets, axis=1) - np.eye(3)[labels]) * counts[:, None]
    slope = values.T @ off + penalties[:, None] * weights
    assert np.abs(slope).max() < 0.02


def test_training_learns_what_the_texts_say_and_is_repeatable():
    first, second = train([TINY], seen()), train([TINY], seen())
    assert first.logits(seen()[TINY.name]).argmax(axis=1).tolist() == list(TINY.labels)
    assert np.array_equal(first.weights, second.weights)


def test_phrases_keep_most_of_their_weight_where_the_texts_say_nothing_of_them(monkeypatch):
    monkeypatch.setattr(train_sentiment, "LEAST_SEEN", 1)
    texts = (*TEXTS, "still waiting")
    sets = Labelled(TINY.name, texts, (*TINY.labels, 1))
    rows = {sets.name: [*seen()[TINY.name], features(Reader().read(texts[-1]))]}
    model = train([sets], rows)
    low, middle, _high = model.weights[model.names.index(("phrases", "waiting"))]
    assert low - middle > 1


def test_weights_are_written_as_hundredths_against_neutral_without_the_small(tmp_path):
    names = [("pairs", "not good"), ("pairs", "not so"), ("words", "bad"), ("words", "box")]
    weights = np.array([[1.0, 0, -0.5], [0.01, 0, 0], [2, 0.5, 0], [0.001, 0, 0]])
    write(Model(names, weights, np.array([0.5, 0.25, 0])), tmp_path / "weights.json")
    content = json.loads((tmp_path / "weights.json").read_text("utf-8"))
    assert content["intercept"] == [25, -25]
    assert content["words"] == {"bad": [150, -50], "box": [0, 0]}
    assert content["pairs"] == {"not": {"good": [100, -50]}}


def test_our_own_turns_have_all_three_labels_and_no_text_twice():
    own = written_turns()
    assert set(own.labels) == {0, 1, 2}
    assert len(own.texts) == len(set(own.texts)) > 300


def test_no_sentence_that_the_engine_is_tried_on_is_among_our_own_turns():
    file = Path(__file__).parents[1] / "scoring" / "sentiment" / "support_sentences.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        tried = {_letters(row["text"]) for row in csv.DictReader(lines)}
    assert tried.isdisjoint(map(_letters, written_turns().texts))


def _letters(text):
    return "".join(filter(str.isalnum, text.lower()))
