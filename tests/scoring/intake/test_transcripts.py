import json

import pytest

from scoring.database import reading
from scoring.export import export
from scoring.intake import plain
from scoring.intake.transcripts import name_in
from scoring.listening import Listening
from scoring.records import Interaction, Transcript
from tests.factories import (
    counts,
    desk_of,
    interaction,
    message,
    stored,
    taken,
    transcript,
)

NINE_MS = 1_794_214_800_000


def said(engine):
    """The messages of all transcripts, by the id of their interaction."""
    return {row["external_id"]: json.loads(row["messages"]) for row in stored(engine, Transcript)}


def test_what_was_said_is_kept_word_for_word(database):
    text = 'Ça va? "Fine"\n\t👍 \0 <b>'
    messages = [message(text, at="2026-11-09T09:00:00Z"), message("psst", public=False)]
    assert counts(taken(database, [transcript(*messages)], "transcripts")) == (1, 0, 0, 0)
    assert said(database)["c1"] == [
        {"at": NINE_MS, "author": "customer", "public": True, "text": text},
        {"at": None, "author": "customer", "public": False, "text": "psst"},
    ]


def test_nothing_is_kept_that_gives_a_person_away(database):
    taken(database, [{"agent": "ana@example.com", "name": "Ana Souza"}], "roster")
    texts = ["I'm Kim, kim@example.com", "KIM@example.com?", "Ana here, (977) 625-2661", "4711"]
    row = {**transcript(*map(message, texts)), "customer": ["Kim Lee", "4711"]}
    assert counts(taken(database, [row], "transcripts")) == (1, 0, 0, 0)
    assert [one["text"] for one in said(database)["c1"]] == [
        "I'm [customer], [email 1]",
        "[email 1]?",
        "[agent] here, [phone 1]",
        "[customer]",
    ]
    assert counts(taken(database, [row], "transcripts")) == (0, 0, 1, 0)


def test_the_customer_may_be_one_name(engine):
    row = {**transcript(message("Kim Lee")), "customer": "Kim Lee"}
    taken(engine, [row], "transcripts")
    assert said(engine)["c1"][0]["text"] == "[customer]"


def test_a_number_of_a_shape_that_is_set_is_taken_out(engine):
    desk = desk_of(engine, listening=Listening(shapes=("ORD-#*",)))
    taken(engine, [transcript(message("where is ord-77a?"))], "transcripts", desk=desk)
    assert said(engine)["c1"][0]["text"] == "where is [number 1]?"


def test_what_was_taken_out_again_is_known(engine):
    taken(engine, [transcript(message("Call (977) 625-2661"))], "transcripts")
    with reading(engine) as connection:
        rows = list(export(connection, "transcripts"))
    assert counts(taken(engine, rows, "transcripts")) == (0, 0, 1, 0)


def test_a_transcript_may_come_before_its_interaction_or_after(engine):
    taken(engine, [transcript(interaction_id="c1")], "transcripts")
    taken(engine, [interaction(interaction_id=name) for name in ("c1", "c2")])
    taken(engine, [transcript(interaction_id="c2")], "transcripts")
    assert list(said(engine)) == [row["external_id"] for row in stored(engine, Interaction)]


def test_a_transcript_again_is_known_and_a_changed_one_a_correction(engine):
    rows = [transcript(interaction_id=name) for name in ("c1", "c2")]
    assert counts(taken(engine, rows, "transcripts")) == (2, 0, 0, 0)
    rows[1] = transcript(message("Bye"), interaction_id="c2")
    assert counts(taken(engine, rows, "transcripts")) == (0, 1, 1, 0)
    assert said(engine)["c2"][0]["text"] == "Bye"


def test_the_same_id_from_another_source_is_another_interaction(engine):
    for source in ("desk", "phone"):
        assert taken(engine, [transcript()], "transcripts", source=source).added == 1


@pytest.mark.parametrize("few", [1, 500])
def test_one_that_contradicts_an_earlier_one_of_its_file_is_refused(engine, monkeypatch, few):
    monkeypatch.setattr(plain, "FEW", few)
    rows = [transcript(), transcript(), transcript(message("Bye"))]
    receipt = taken(engine, rows, "transcripts")
    assert counts(receipt) == (1, 0, 1, 1)
    (refusal,) = receipt.refusals
    assert (refusal.line, refusal.name) == (3, "c1")
    assert said(engine)["c1"][0]["text"] == "Hello"


@pytest.mark.parametrize(
    ("row", "name", "reason"),
    [
        (transcript({"author": "agent"}), "c1", "messages.0.text: Field required"),
        (transcript({"text": "Hi"}), "c1", "messages.0.author: Field required"),
        (transcript(message(), message(author="boss")), "c1", "messages.1.author: Input should"),
        (transcript(message(mood="bad")), "c1", "messages.0.mood: Extra inputs"),
        (transcript(message(public="no")), "c1", "messages.0.public: Input should be a valid"),
        (transcript(message(at="nine")), "c1", "at: “nine” is no instant: write it as"),
        (transcript(message(at="2026-11-20T12:00:01Z")), "c1", "at: “2026-11-20T12:00:01Z” lies"),
        (transcript(*[message("")] * 20_001), "c1", "messages: List should have at most 20000"),
        ({"messages": []}, "", "interaction_id: Field required"),
        (transcript(interaction_id=" "), "", "interaction_id is missing"),
        (transcript(interaction_id="a\0"), "a�", "interaction_id holds a NUL character"),
        (transcript(interaction_id="x" * 401), "x" * 400, "interaction_id: String should have at"),
        ({**transcript(), "customer": 7}, "c1", "customer: Input should be a valid string"),
        ([1], "", "Input should be an object"),
    ],
)
def test_a_line_that_is_no_transcript_is_refused_with_its_id(engine, row, name, reason):
    receipt = taken(engine, [transcript(interaction_id="good"), row], "transcripts")
    assert counts(receipt) == (1, 0, 0, 1)
    assert (receipt.refusals[0].line, receipt.refusals[0].name) == (2, name)
    assert receipt.refusals[0].reason.startswith(reason)


def test_the_longest_transcript_has_20_000_messages(engine):
    assert taken(engine, [transcript(*[message("")] * 20_000)], "transcripts").added == 1


@pytest.mark.parametrize("line", ["", "no JSON", '{"interaction_id": 7}', "[" * 100_000])
def test_an_id_that_cannot_be_told_is_left_empty(line):
    assert name_in(line) == ""


def test_local_instants_of_messages_that_happened_twice_are_counted(engine):
    twice = [message(at="2026-10-25T02:30:00")] * 2
    rows = [transcript(*twice, message(at="2026-10-25T03:30:00")), transcript(interaction_id="b")]
    receipt = taken(engine, rows, "transcripts", desk=desk_of(engine, "Europe/Berlin"))
    assert receipt.notes == {"the clocks went back over the instant: the earlier one is taken": 2}
    at = said(engine)["c1"][0]["at"]
    assert (at // 3_600_000 % 24, at // 60_000 % 60) == (0, 30)
