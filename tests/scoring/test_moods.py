"""The mood of a transcript, its interaction and the figures: one state, whatever came first."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import rescoring
from scoring.database import writing
from scoring.listening import Listening
from scoring.measures import Rules
from scoring.mood_records import TranscriptMood
from scoring.records import Interaction, Setting, Source, Transcript
from scoring.rescoring import pending, redo
from scoring.rollup import rebuild
from tests.databases import empty
from tests.factories import (
    counts,
    desk_of,
    interaction,
    interactions,
    message,
    stored,
    taken,
    transcript,
    workspace_of,
)
from tests.scoring.crowd import kept
from tests.scoring.estimates import estimate_of, value_of

BAD, GOOD = "This is horrible and useless.", "Wonderful, excellent service!"
TEXTBLOB = Listening("textblob")
on_a_database = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def said(*texts, name="c1"):
    return transcript(*map(message, texts), interaction_id=name)


def moods(engine):
    """The moods of interactions by their ids, beside what their sources say."""
    return {
        row["external_id"]: (row["sentiment"], row["mood"]) for row in stored(engine, Interaction)
    }


def state(engine):
    """All that is kept of transcripts, moods and figures, by names in place of numbers."""
    sources = {row["id"]: row["name"] for row in stored(engine, Source)}
    names = {
        row["id"]: (sources[row["source_id"]], row["external_id"], row["messages"])
        for row in stored(engine, Transcript)
    }
    found = {names[row.pop("transcript_id")]: row for row in stored(engine, TranscriptMood)}
    return found, moods(engine), kept(engine)


def test_a_transcript_gives_its_interaction_a_mood_whichever_comes_first(database):
    taken(database, [said(GOOD, name="c1")], "transcripts")
    taken(database, interactions({}, {}, {}))
    taken(database, [said(BAD, name="c2")], "transcripts")
    found = moods(database)
    assert found["c1"][1] > 0 > found["c2"][1]
    assert found["c3"] == (None, None)
    assert estimate_of(database, "sentiment").n == 2


def test_the_source_s_own_sentiment_goes_before_ours_and_neither_is_lost(database):
    taken(database, [interaction(sentiment=-0.5)])
    taken(database, [said(GOOD)], "transcripts")
    assert value_of(database, "sentiment") == -0.5
    ours = moods(database)["c1"][1]
    assert ours > 0
    assert counts(taken(database, [interaction(sentiment=-0.5)])) == (0, 0, 1, 0)
    assert counts(taken(database, [interaction()])) == (0, 1, 0, 0)
    assert value_of(database, "sentiment") == pytest.approx(ours)


def test_a_corrected_transcript_corrects_the_mood(database):
    taken(database, [interaction()])
    taken(database, [said(GOOD)], "transcripts")
    assert counts(taken(database, [said(BAD)], "transcripts")) == (0, 1, 0, 0)
    assert value_of(database, "sentiment") < 0
    assert counts(taken(database, [said("")], "transcripts")) == (0, 1, 0, 0)
    assert estimate_of(database, "sentiment").n == 0


def test_only_what_the_customer_wrote_in_public_is_heard(engine):
    lines = [
        message(BAD, author="agent"),
        message(BAD, author="bot"),
        message(BAD, author="system"),
        message(BAD, public=False),
        message(GOOD),
    ]
    taken(engine, [interaction()])
    taken(engine, [transcript(*lines)], "transcripts")
    assert value_of(engine, "sentiment") > 0


def test_no_signal_is_not_neutral(engine):
    taken(engine, [interaction()])
    taken(engine, [transcript(message("Sorry about that.", author="agent"))], "transcripts")
    (row,) = stored(engine, TranscriptMood)
    assert (row["polarity"], row["turns"], json.loads(row["because"])) == (None, 0, [])
    assert value_of(engine, "sentiment") is None


@pytest.mark.parametrize("text", ["Jane", "+1 977 625 2661", "351531510", "kim@example.com"])
def test_what_was_taken_out_has_no_mood(engine, text):
    taken(engine, [{"agent": "ana", "name": "Jane Doe"}], "roster")
    taken(engine, [said(text)], "transcripts")
    (row,) = stored(engine, TranscriptMood)
    assert (row["polarity"], row["turns"]) == (None, 0)


def test_a_mood_is_kept_with_what_found_it_and_why(engine):
    lines = [message(BAD), message("I am sorry.", author="agent"), message("thanks")]
    taken(engine, [transcript(*lines)], "transcripts")
    (row,) = stored(engine, TranscriptMood)
    assert row["engine"] == "service"
    assert row["version"]
    assert row["polarity"] is not None
    assert json.loads(row["courtesy"])["apologies"] == 1
    assert json.loads(row["because"])


def test_another_source_s_transcript_is_of_another_interaction(engine):
    taken(engine, [interaction()], source="desk")
    taken(engine, [said(BAD)], "transcripts", source="phone")
    assert moods(engine) == {"c1": (None, None)}


ROWS = st.lists(
    st.one_of(
        st.tuples(
            st.just("interactions"),
            st.builds(
                interaction,
                interaction_id=st.sampled_from(["c1", "c2"]),
                agent=st.sampled_from(["ana", "ben"]),
                sentiment=st.sampled_from([None, -0.5, 0.25]),
                excluded=st.sampled_from([None, None, "spam"]),
            ),
        ),
        st.tuples(
            st.just("transcripts"),
            st.builds(
                said,
                st.sampled_from([BAD, GOOD, "", "ok"]),
                st.sampled_from([BAD, GOOD, "Call (977) 625-2661"]),
                name=st.sampled_from(["c1", "c2", "c3"]),
            ),
        ),
    ),
    max_size=8,
)


@on_a_database
@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_how_transcripts_and_interactions_came_leaves_no_trace(database, rows, order):
    empty(database)
    for kind, row in rows:
        taken(database, [row], kind)
    found = state(database)
    with writing(database) as connection:
        rebuild(connection, Rules(), workspace_of().calendar)
    assert kept(database) == pytest.approx(found[2])
    last = list({(kind, row["interaction_id"]): (kind, row) for kind, row in rows}.values())
    order.shuffle(last)
    empty(database)
    for kind, row in last * 2:
        taken(database, [row], kind)
    again = state(database)
    assert again[:2] == found[:2]
    assert again[2] == pytest.approx(found[2])


def test_scores_of_another_engine_are_redone_and_figures_follow(database):
    taken(database, interactions({}, {"agent": "ben"}))
    taken(database, [said(BAD), said(GOOD, name="c2"), said(BAD, name="c3")], "transcripts")
    assert pending(database, Listening()) == 0
    assert pending(database, TEXTBLOB) == 3
    assert redo(database, workspace_of(), TEXTBLOB).moods == 3
    assert pending(database, TEXTBLOB) == 0
    assert redo(database, workspace_of(), TEXTBLOB).moods == 0
    found = state(database)
    assert {row["engine"] for row in found[0].values()} == {"textblob"}
    empty(database)
    desk = desk_of(database, listening=TEXTBLOB)
    taken(database, interactions({}, {"agent": "ben"}))
    rows = [said(BAD), said(GOOD, name="c2"), said(BAD, name="c3")]
    taken(database, rows, "transcripts", desk=desk)
    assert state(database) == found


def test_a_redo_that_was_stopped_goes_on(engine, monkeypatch):
    monkeypatch.setattr(rescoring, "BATCH", 2)
    taken(engine, [said(BAD, name=f"c{n}") for n in range(5)], "transcripts")

    def stop(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        redo(engine, workspace_of(), TEXTBLOB, stop)
    assert pending(engine, TEXTBLOB) == 3
    told = []
    assert redo(engine, workspace_of(), TEXTBLOB, told.append).moods == 3
    assert told == [2, 3]


def test_texts_that_were_kept_before_there_was_redaction_are_redacted(database):
    taken(database, [interaction(survey_comment="fine")])
    taken(database, [said("I am Kim, (977) 625-2661")], "transcripts")
    with writing(database) as connection:
        connection.exec_driver_sql("DELETE FROM transcript_mood")
        connection.exec_driver_sql(
            "UPDATE transcript SET messages = replace(messages, '[phone 1]', '(977) 625-2661')"
        )
        connection.exec_driver_sql("UPDATE interaction SET survey_comment = 'ask ana@example.com'")
    assert pending(database, Listening()) == 1
    done = redo(database, workspace_of(), Listening())
    assert (done.moods, done.transcripts, done.comments) == (1, 1, 1)
    (row,) = stored(database, Transcript)
    assert json.loads(row["messages"])[0]["text"] == "I am Kim, [phone 1]"
    assert stored(database, Interaction)[0]["survey_comment"] == "ask [email 1]"


def test_names_that_became_known_later_are_taken_out_by_a_redo(engine):
    taken(engine, [interaction(survey_comment="Thanks Souza")])
    taken(engine, [said("Thanks Ana Souza, bye")], "transcripts")
    taken(engine, [{"agent": "ana@example.com", "name": "Ana Souza"}], "roster")
    assert pending(engine, Listening()) == 0
    done = redo(engine, workspace_of(), Listening())
    assert (done.transcripts, done.comments) == (1, 1)
    (row,) = stored(engine, Transcript)
    assert json.loads(row["messages"])[0]["text"] == "Thanks [agent], bye"
    assert redo(engine, workspace_of(), Listening()).moods == 0
    assert counts(taken(engine, [said("Thanks Ana Souza, bye")], "transcripts")) == (0, 0, 1, 0)


def test_what_is_kept_of_a_redo_is_no_footing_of_figures(engine):
    redo(engine, workspace_of(), Listening())
    names = {row["name"] for row in stored(engine, Setting)}
    assert names == {"zone", "week_starts", "repeat_days", "working_hours", "comments_redaction"}
