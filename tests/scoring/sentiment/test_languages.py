import csv
import gzip
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sentiment.languages import is_english, may_tell
from tests.skips import outside_data

SENTENCES = {
    language: lines.strip().splitlines()
    for language, lines in tomllib.loads(
        Path(__file__).with_name("sentences_by_language.toml").read_text("utf-8")
    ).items()
}
NAMED = {
    *("german", "french", "spanish", "italian", "portuguese", "dutch", "polish", "turkish"),
    *("russian", "greek", "arabic", "hindi", "chinese", "japanese", "korean"),
}
OTHERS = sorted(SENTENCES.keys() - {"english"})
PIECES = sorted(
    {piece for lines in SENTENCES.values() for text in lines for piece in text.split()}
)
MOST_MISSED = 0.1
COMMENTS = ("goemotions/*.csv.gz", "rated_snippets/*.csv.gz", "review_sentences/*.csv.gz")


def english_texts():
    """Comments, tweets, reviews and chat turns that other people wrote in English."""
    folder = outside_data()
    for pattern in COMMENTS:
        for file in sorted(folder.glob(pattern)):
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                yield from (row["text"] for row in csv.DictReader(lines))
    with gzip.open(folder / "star_chats" / "chats_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (text for line in lines for _who, _at, text in json.loads(line)["turns"])


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_in_another_language_is_recognised(language):
    missed = [text for text in SENTENCES[language] if is_english(text)]
    assert len(missed) <= MOST_MISSED * len(SENTENCES[language]), missed


def test_each_language_is_tried_with_some_sentences():
    assert SENTENCES.keys() >= NAMED
    assert min(map(len, SENTENCES.values())) >= 5


@pytest.mark.parametrize("text", SENTENCES["english"])
def test_english_with_names_codes_and_typing_errors_stays_english(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text", ["ok", "Danke", "iPhone 12", "", "  ", "?!", "12-44/B", "👍", "ok 👍"]
)
def test_what_is_too_short_to_tell_is_taken_as_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["спасибо", "ありがとう", "谢谢", "شكرا", "धन्यवाद"])
def test_another_script_tells_itself_in_one_word(text):
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hola, my order 4471 has not come, por favor help me with this",
        "The word Rechnung on my bill means what?",
        "My name is Иван and I would like a refund",
    ],
)
def test_a_few_foreign_words_leave_an_english_text_english(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text", ["Meine Mail ist [email 1]", "Ciao [agent], il numero è [number 2]"]
)
def test_what_redaction_put_in_speaks_for_no_language(text):
    assert not is_english(text)


@pytest.mark.parametrize("language", ["german", "french", "spanish", "polish", "turkish"])
def test_accents_may_be_left_out(language):
    plain = [
        text.translate(str.maketrans("äöüéèêàçñóíáúęąłśżźćńışğ", "aoueeeacnoiauealszzcnisg"))
        for text in SENTENCES[language]
    ]
    assert sum(map(is_english, plain)) <= 0.25 * len(plain)


@pytest.mark.outside_data
def test_english_texts_of_other_peoples_sets_are_taken_as_english():
    texts = list(english_texts())
    missed = [text for text in texts if not is_english(text)]
    assert len(texts) > 50_000
    assert len(missed) <= 0.005 * len(texts), missed[:20]


@given(st.text())
def test_space_around_a_text_changes_nothing(text):
    assert is_english(f"  {text}\n") == is_english(text)


@given(st.sampled_from(SENTENCES["german"]), st.sampled_from(SENTENCES["german"]))
def test_two_german_sentences_are_as_german_as_one(one, other):
    assert not is_english(f"{one} {other}")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=8).map(" ".join))
def test_a_text_without_any_piece_that_may_tell_another_language_is_english(text):
    assert is_english(text) or any(map(may_tell, text.split()))


@pytest.mark.parametrize("language", OTHERS)
def test_what_makes_a_sentence_foreign_shows_in_its_pieces(language):
    foreign = [text for text in SENTENCES[language] if not is_english(text)]
    assert foreign
    assert all(any(map(may_tell, text.split())) for text in foreign)


def test_most_english_texts_hold_no_such_piece():
    plain = [text for text in SENTENCES["english"] if not any(map(may_tell, text.split()))]
    assert plain
