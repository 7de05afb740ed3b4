"""TextBlob itself is the judge: the same number for every text, to the last bit."""

import csv
import gzip
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.en import sentiment as judge

from scoring.sentiment.engine import Turn
from scoring.sentiment.textblob import TextBlobEngine
from tests.judges.outside import outside

FACES = [
    ":)",
    ":-(",
    ":D",
    ": )",
    "x D",
    ":c )",
    "<3",
    "o_O",
    "> :",
    ":-.",
    "=/",
    "8)",
    "(!)",
    "♥",
]
SMALL = [
    "not",
    "no",
    "never",
    "a",
    "to",
    "is",
    "isn't",
    "n't",
    "can\u2019t",
    "it's",
    "the",
    "END-OF-SENTENCE",
]
MARKS = [
    "!",
    "!!",
    "?",
    ".",
    "...",
    "….",
    "\n\n",
    "\r\n",
    "\t",
    "'",
    '"',
    "“",
    "”",
    "(",
    ")",
    ",",
    "-",
]
ABBREVIATIONS = ["Mr.", "U.S.", "e.g.", "w/", "Mmm.", "a.m.", "A.", "x.."]
# Every twelfth word of the lexicon, and what the rules look at beside it.
WORDS = [word for word in sorted(judge.keys()) if " " not in word][::12]


@pytest.fixture(scope="module")
def engine():
    return TextBlobEngine()


def same(engine, text):
    return engine.polarity(text) == TextBlob(text).sentiment.polarity


PIECES = st.sampled_from([*FACES, *SMALL, *MARKS, *ABBREVIATIONS, *WORDS])
GAPS = st.sampled_from(["", " ", " ", " ", "  "])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(PIECES, GAPS), max_size=14).map(lambda parts: "".join(map("".join, parts)))
)
@example("really not good")
@example("not very good!!")
@example("size x D and so ( ! )")
@example("It isn't good (!) at all : )")
@example("She said 'good. Not' bad.\n\n) bad")
def test_talk_of_lexicon_words_and_marks_gets_textblobs_number(engine, text):
    assert same(engine, text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
@example("İ good \u017f")
@example("good\x1cbad\x85not good")
def test_any_text_at_all_gets_textblobs_number(engine, text):
    assert same(engine, text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=":;=-()[]>.<'!?8xXDdPpoO_°^c3s /\\|\n\"", max_size=30))
def test_marks_that_may_be_emoticons_get_textblobs_number(engine, text):
    assert same(engine, text)


def shared_texts():
    folder = outside("star_chats").parent
    with gzip.open(folder / "star_chats" / "chats_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from (turn[2] for line in file for turn in json.loads(line)["turns"])
    for name in (
        "goemotions/train",
        "rated_snippets/tweets_dev",
        "rated_snippets/product_reviews_dev",
    ):
        with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
            yield from (row["text"] for row in csv.DictReader(file))


@pytest.mark.outside_data
def test_thousands_of_real_texts_get_textblobs_number(engine):
    texts = list(shared_texts())[::12]
    different = [text for text in texts if not same(engine, text)]
    assert len(texts) > 5000
    assert different == []


@pytest.mark.parametrize(
    ("text", "label"),
    [("a great day", "positive"), ("a terrible day", "negative"), ("the day after", "neutral")],
)
def test_the_label_is_the_sign_of_the_polarity(engine, text, label):
    assert engine.moods([Turn(text)])[0].label == label


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_blank_text_gives_no_signal(engine, text):
    (mood,) = engine.moods([Turn(text)])
    assert (mood.polarity, mood.label, mood.because) == (None, None, ())


def test_the_words_that_count_are_the_evidence_strongest_first(engine):
    (mood,) = engine.moods([Turn("A nice hotel with a Terrible, terrible bed")])
    assert mood.because == ("Terrible", "nice")


def test_the_author_plays_no_part(engine):
    by_customer, by_agent = engine.moods([Turn("I am sorry"), Turn("I am sorry", "agent")])
    assert by_customer == by_agent


def test_what_it_remembers_is_bounded(engine, monkeypatch):
    monkeypatch.setattr("scoring.sentiment.tokens.MOST_PIECES", 3)
    texts = ["good : ) bad", "not a good day : (", "really : D not bad"] * 3
    assert all(same(engine, text) for text in texts)
    assert len(engine._tokens._pieces) < 10


def test_the_version_names_textblobs_own(engine):
    assert engine.version.startswith("0.")
    assert engine.version == TextBlobEngine().version
