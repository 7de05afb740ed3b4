"""Two biases of a workspace: fitted to its own answers, kept only where they help."""

import pytest

from scoring import adaptation, listening
from scoring.adaptation import adapt
from scoring.database import reading
from scoring.errors import SettingsError
from scoring.listening import Listening, biases_of
from scoring.rescoring import pending, redo
from scoring.sentiment.engine import Mood
from tests.factories import interactions, message, taken, transcript, workspace_of
from tests.scoring.estimates import value_of

# To this engine nothing is good or bad enough: without biases all is neutral.
EVIDENCE = {"bad": (0.0, 1.0, -3.0), "good": (-3.0, 1.0, 0.0), "12": None}


class Timid:
    """An engine that knows two words, and says what evidence it has."""

    name = "service"

    def __init__(self, biases=None):
        self.biases = biases or (0.0, 0.0)
        self.version = f"timid {self.biases}"

    def logits(self, turns):
        return [EVIDENCE[turn.text] for turn in turns]

    def moods(self, turns):
        return [self._mood(evidence) for evidence in self.logits(turns)]

    def _mood(self, evidence):
        if evidence is None:
            return Mood(None, None)
        negative, neutral, positive = evidence
        odds = (negative + self.biases[0], neutral, positive + self.biases[1])
        place = odds.index(max(odds))
        return Mood(float(place - 1), ("negative", "neutral", "positive")[place])


@pytest.fixture(autouse=True)
def _timid(monkeypatch):
    monkeypatch.setattr(adaptation, "engine", lambda _: Timid())
    monkeypatch.setattr(listening, "reader", lambda _, biases: Timid(biases))


def answered(engine, *answers):
    """Chats of one word each, with the answer to their survey, on a scale to 5."""
    taken(engine, interactions(*({"csat": score} for _, score in answers)))
    rows = [
        transcript(message("12"), message(word), interaction_id=f"c{n}")
        for n, (word, _) in enumerate(answers, 1)
    ]
    taken(engine, rows, "transcripts")


def kept(engine):
    with reading(engine) as connection:
        return biases_of(connection, "service")


def test_biases_that_help_are_kept_and_moods_follow(database):
    answered(database, *[("bad", 1)] * 30, *[("good", 5)] * 90)
    assert value_of(database, "sentiment") == 0
    adapted = adapt(database, Listening())
    assert (adapted.n, adapted.after) == (120, 1)
    assert adapted.before < adapted.after
    negative, positive = kept(database)
    assert min(negative, positive) > 1
    assert pending(database, Listening()) == 120
    assert redo(database, workspace_of(), Listening()).moods == 120
    assert value_of(database, "sentiment") == pytest.approx((90 - 30) / 120)


def test_fewer_than_a_hundred_answers_change_nothing(engine):
    answered(engine, *[("bad", 1)] * 30, *[("good", 5)] * 69)
    adapted = adapt(engine, Listening())
    assert (adapted.n, adapted.biases, kept(engine)) == (99, None, None)
    assert "99" in adapted.reason


def test_biases_that_help_no_more_go(engine):
    answered(engine, *[("bad", 1)] * 30, *[("good", 5)] * 90)
    adapt(engine, Listening())
    # By now whoever writes "good" or "bad" has no opinion.
    words = ["bad", "good"] * 60
    answered(engine, *((word, (1, 3, 3, 3, 3)[at % 5]) for at, word in enumerate(words)))
    assert adapt(engine, Listening()).biases is None
    assert kept(engine) is None


def test_what_no_customer_answered_or_said_is_no_answer(engine):
    answered(engine, ("bad", None), ("good", 5), ("good", 5))
    taken(
        engine, [transcript(message("good", author="agent"), interaction_id="c2")], "transcripts"
    )
    taken(engine, interactions({}, {"csat": 5}, {"csat": 5, "excluded": "spam"}))
    assert adapt(engine, Listening()).n == 0


def test_an_engine_that_takes_no_biases_says_so(engine, monkeypatch):
    monkeypatch.setattr(adaptation, "engine", lambda _: object())
    with pytest.raises(SettingsError, match="textblob cannot be adapted"):
        adapt(engine, Listening("textblob"))
