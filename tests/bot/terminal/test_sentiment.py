"""`evenkeel sentiment`: the mood of lines in a file, and kept moods found anew."""

import gzip
import io
import json
import re
import sys

import pytest

from tests.factories import interaction, message, transcript, write_json_lines

BAD, GOOD = "This is horrible and useless.", "Wonderful, excellent service!"
TEXT_KEYS = ["id", "polarity", "label", "engine", "because"]
WHOLE_KEYS = ["id", "polarity", "start", "end", "trend", "strained", "because"]
FIGURE = "scorecard --by all --kpi sentiment --period 2026-11-09 --now 2026-11-20T12:00:00Z --json"


def text(said, **more):
    return {"id": 1, "text": said, **more}


def conversation(*texts, **more):
    return {"id": "c", "messages": [message(one) for one in texts], **more}


@pytest.fixture
def hear(evenkeel, tmp_path):
    """A call gives what is said of rows in a file."""

    def hear(*rows, flags=()):
        return evenkeel("sentiment", write_json_lines(tmp_path / "said.jsonl", rows), *flags)

    return hear


@pytest.fixture
def piped(evenkeel, monkeypatch):
    """A call gives what is said of bytes that are piped in."""

    def piped(said, *flags):
        stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(said)))
        monkeypatch.setattr(sys, "stdin", stdin)
        return evenkeel("sentiment", "-", *flags)

    return piped


def test_texts_and_conversations_are_told_in_their_order(hear):
    rows = [text(BAD), conversation(BAD, "ok", "hm", GOOD), {**text(GOOD), "id": "x"}]
    said = hear(*rows)
    assert (said.status, said.err) == (0, "")
    bad, whole, good = said.rows
    assert [list(one) for one in said.rows] == [TEXT_KEYS, WHOLE_KEYS, TEXT_KEYS]
    assert (bad["id"], bad["label"], good["id"], good["label"]) == (1, "negative", "x", "positive")
    assert bad["polarity"] < 0 < good["polarity"]
    assert bad["because"]
    assert whole["start"] < 0 < whole["end"]
    assert whole["trend"] == whole["end"] - whole["start"]
    assert 0 <= whole["strained"] <= 1


def test_json_is_the_same(hear):
    assert hear(text(BAD), flags=["--json"]).out == hear(text(BAD)).out


def test_what_is_not_known_is_null(hear):
    nothing, silent = hear(text("12:30"), conversation()).rows
    assert (nothing["polarity"], nothing["label"], nothing["because"]) == (None, None, [])
    figures = [silent[name] for name in ("polarity", "start", "end", "trend", "strained")]
    assert figures == [None] * 5


def test_only_the_customer_has_a_mood(hear):
    rows = [{"author": one, "text": BAD} for one in ("agent", "bot", "system")]
    rows.append({"author": "customer", "text": BAD, "public": False, "at": "2026-11-09T09:00:00Z"})
    (found,) = hear({"id": 7, "messages": rows}).rows
    assert found["polarity"] is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": "Hi"}, "id: Field required"),
        ({"id": 1}, "give either “text” or “messages”"),
        ({"id": 1, "text": "Hi", "messages": []}, "give either “text” or “messages”"),
        ({"id": 1, "messages": [], "author": "agent"}, "“author” belongs to each message"),
        ({"id": None, "text": "Hi"}, "id: Input should be a valid string"),
        ({"id": 1, "text": 7}, "text: Input should be a valid string"),
        ({"id": 1, "text": "Hi", "author": "boss"}, "author: Input should be 'customer', 'agent'"),
        ({"id": 1, "text": "Hi", "mood": 1}, "mood: Extra inputs are not permitted"),
        ({"id": 1, "messages": [{"text": "Hi"}]}, "messages.0.author: Field required"),
        ([1], "Input should be an object"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_go_out(hear, row, reason):
    said = hear(text(BAD), row, text(GOOD))
    assert said.status == 1
    assert len(said.rows) == 2
    assert said.err.startswith(f"Line 2 is left out: {reason}")
    assert said.err.count("\n") == 1


def test_what_is_piped_in_is_heard(piped):
    line = json.dumps(text(BAD)).encode()
    said = piped(line + b"\n\n" + line)
    assert (said.status, len(said.rows)) == (0, 2)
    assert (piped(b"").status, piped(b"").out) == (0, "")


def test_bytes_that_are_no_text_are_told(piped):
    said = piped(b'{"id": 1, "text": "\xff"}\n{"id": 2, "text": "ok"}\n')
    assert (said.status, [row["id"] for row in said.rows]) == (1, [2])
    assert said.err == "Line 1 is left out: it holds bytes that are not UTF-8.\n"


def test_what_breaks_off_is_told(piped):
    packed = gzip.compress(json.dumps(text(BAD)).encode() + b"\n")
    said = piped(packed[:-4])
    assert said.status == 1
    assert "the compressed file ends in the middle" in said.err


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_told(evenkeel, name):
    said = evenkeel("sentiment", name)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith(f"{name} ")


@pytest.mark.parametrize(
    "words",
    ["sentiment", "sentiment a --redo", "sentiment a --engine x", "sentiment --redo --engine x"],
)
def test_wrong_words_are_told(evenkeel, tmp_path, words):
    write_json_lines(tmp_path / "a", [text(BAD)])
    said = evenkeel(words)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_another_engine_is_asked_for_by_flag_or_setting(hear, monkeypatch):
    assert hear(text(BAD), flags=["--engine", "textblob"]).rows[0]["engine"] == "textblob"
    monkeypatch.setenv("EVENKEEL_SENTIMENT_ENGINE", "textblob")
    assert hear(text(BAD)).rows[0]["engine"] == "textblob"


def test_no_phrase_gives_anybody_away(hear, monkeypatch):
    monkeypatch.setenv("EVENKEEL_REDACT_NUMBERS", "BAD-#*")
    said = "Horrible! useless.bad@example.com, bad-4 (977) 625-2661 terrible"
    phrases = hear(text(said)).rows[0]["because"]
    assert phrases
    assert not [one for one in phrases if "@" in one or "useless" in one or "4" in one]


def test_on_a_terminal_it_is_a_table(hear, monkeypatch):
    monkeypatch.setattr(sys.stdout.__class__, "isatty", lambda _: True, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    said = hear(text(BAD), conversation(BAD, GOOD), text("12:30"))
    header, _, *rows = re.sub(r"\x1b\[[0-9;]*m", "", said.out).splitlines()
    assert header.split() == ["id", "polarity", "start", "end", "trend", "strained", "because"]
    assert "horrible" in rows[0]
    assert "%" in rows[1]
    assert rows[2].split() == ["1", "no", "signal"]


def test_kept_moods_are_found_anew_and_figures_follow(evenkeel, take_in, monkeypatch):
    take_in(interaction())
    take_in(transcript(message("I waited, and waited, and nobody came.")), kind="transcripts")
    monkeypatch.setenv("EVENKEEL_SENTIMENT_ENGINE", "textblob")
    told = evenkeel("upgrade").out
    assert "1 transcripts have no mood yet, or one of another engine than textblob" in told
    assert "AMISS  moods: 1 transcripts have none, or one that is not of" in evenkeel("check").out
    said = evenkeel("sentiment --redo")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("1 moods found anew, by the engine textblob; figures follow.\n")
    assert "sentiment --redo" not in evenkeel("upgrade").out
    assert evenkeel("check").status == 0
    assert evenkeel("sentiment --redo --json").rows == [{"moods": 0, "redacted": 0}]
    assert evenkeel(FIGURE).rows[0]["n"] == 1


def test_too_few_answers_adapt_nothing_and_it_says_so(evenkeel, take_in):
    take_in(interaction(csat=1))
    take_in(transcript(message(BAD)), kind="transcripts")
    said = evenkeel("sentiment --adapt")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("1 survey answers: only 1 answers, and it takes 100.\n0 moods")
    told = {"answers": 1, "biases": None, "before": None, "after": None}
    (row,) = evenkeel("sentiment --adapt --json").rows
    assert {name: row[name] for name in told} == told


def test_answers_that_an_engine_agrees_with_better_by_biases_move_its_moods(evenkeel, take_in):
    # Here "ok" is what unhappy customers say.
    words = [("ok", 1), ("ok", 2), ("Wonderful, thank you!", 5)] * 40
    take_in(
        *(
            {**interaction(), "interaction_id": f"c{n}", "csat": c}
            for n, (_, c) in enumerate(words)
        )
    )
    take_in(
        *(transcript(message(word), interaction_id=f"c{n}") for n, (word, _) in enumerate(words)),
        kind="transcripts",
    )
    before = evenkeel(FIGURE).rows[0]["value"]
    said = evenkeel("sentiment --adapt")
    assert "120 survey answers: on answers held back they help.\nBiases are now +" in said.out
    assert "Agreement with answers held back (macro-F1): " in said.out
    assert "\n120 moods found anew" in said.out
    assert evenkeel(FIGURE).rows[0]["value"] < before


def test_an_engine_without_biases_cannot_be_adapted(evenkeel, monkeypatch):
    monkeypatch.setenv("EVENKEEL_SENTIMENT_ENGINE", "textblob")
    said = evenkeel("sentiment --adapt")
    assert (said.status, said.out) == (1, "")
    assert "cannot be adapted" in said.err
