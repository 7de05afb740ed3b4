import tracemalloc

import pytest

from scoring.errors import IntakeError
from scoring.intake import plain
from scoring.intake.plain import see_kind, take_in, take_row, take_said
from scoring.intake.receipt import Receipt
from scoring.records import Import, Interaction, Source, Transcript
from tests.factories import (
    NOW,
    counts,
    csv_of,
    desk_of,
    interaction,
    interactions,
    json_lines_of,
    message,
    refusals,
    stored,
    taken,
    transcript,
)

CLASH = "the same id came earlier in this file with other values"


@pytest.fixture
def take(engine, tmp_path):
    """Takes in a file with this content, and gives the receipt."""

    def take(content, name="calls.csv", kind="interactions"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        receipt = Receipt(name, kind, "files", rejects=str(tmp_path / f"rejects-{name}"))
        return take_in(desk_of(engine), kind, path, receipt)

    return take


def outcomes(engine):
    return {row["external_id"]: row["outcome"] for row in stored(engine, Interaction)}


def test_a_file_again_changes_nothing(database):
    rows = interactions({}, {"customer_id": "4711"}, {"outcome": "abandoned", "agent": None})
    assert counts(taken(database, rows)) == (3, 0, 0, 0)
    before = stored(database, Interaction)
    assert counts(taken(database, rows)) == (0, 0, 3, 0)
    after = stored(database, Interaction)
    assert [row | {"import_id": 0} for row in before] == [row | {"import_id": 0} for row in after]


def test_a_changed_row_is_a_correction_and_a_cell_that_is_gone_is_not_known_any_more(database):
    taken(database, interactions({"csat": 5}, {}))
    receipt = taken(database, interactions({"ended_at": "2026-11-10T09:00:00Z"}, {}))
    assert counts(receipt) == (0, 1, 1, 0)
    first, _ = stored(database, Interaction)
    assert (first["csat"], first["ended_day"], first["created_day"]) == (None, 739930, 739929)


def test_the_same_id_from_another_source_is_another_record(engine):
    for source in ("desk", "phone"):
        assert taken(engine, [interaction()], source=source).added == 1
    assert [row["name"] for row in stored(engine, Source)] == ["desk", "phone"]


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("before", "wanted"),
    [(None, (3, 0, 1, 2)), ("resolved", (2, 0, 2, 2)), ("unresolved", (2, 1, 1, 2))],
)
def test_an_id_twice_is_known_if_it_is_the_same_and_else_refused(
    engine, monkeypatch, chunk, before, wanted
):
    monkeypatch.setattr(plain, "CHUNK", chunk)
    if before:
        taken(engine, interactions({"outcome": before}))
    same = {"interaction_id": "c1"}
    other = {"interaction_id": "c1", "outcome": "escalated"}
    receipt = taken(engine, interactions({}, {}, other, {}, same, other))
    assert counts(receipt) == wanted
    assert refusals(receipt) == [(4, "c1", CLASH), (7, "c1", CLASH)]
    assert outcomes(engine) == {"c1": "resolved", "c2": "resolved", "c4": "resolved"}


def test_the_first_row_that_keeps_the_rules_is_the_one_with_the_id(engine):
    rows = [interaction(outcome="nonsense"), interaction(outcome="escalated")]
    assert counts(taken(engine, rows)) == (1, 0, 0, 1)
    assert outcomes(engine) == {"c1": "escalated"}


def test_refused_rows_are_told_with_line_id_and_reason_and_the_others_go_in(take, engine):
    text = "interaction_id,agent,started_at,nps\n\nc1,a,2026-11-09T09:00Z,11\n"
    text += 'c2,a,2026-11-09T09:00Z,9\n"c\n3",a,,\nc4,a\n,a,2026-11-09T09:00Z,\n'
    receipt = take(text)
    assert refusals(receipt) == [
        (7, "c4", "has 2 cells where the header has 4"),
        (3, "c1", "nps: “11” is not between 0 and 10"),
        (5, "c�3", "started_at is missing"),
        (8, "", "interaction_id is missing"),
    ]
    assert outcomes(engine) == {"c2": None}


def test_a_row_is_refused_once_however_many_rules_it_breaks(take):
    cells = {"nps": 11, "csat": 9, "ces": 9, "ended_at": "2020-01-01T00:00Z"}
    assert counts(take(csv_of([interaction(**cells)]))) == (0, 0, 0, 1)


AWKWARD = 'He said: "no", then\r\nhung up;\té'


@pytest.mark.parametrize("form", [csv_of, json_lines_of])
def test_refused_rows_stand_in_their_own_form_and_go_in_once_mended(take, tmp_path, engine, form):
    rows = interactions(*({"nps": nps, "survey_comment": AWKWARD} for nps in (1, 77)))
    assert counts(take(form([*rows, {**rows[0], "nps": 2}]))) == (1, 0, 0, 2)
    rejects = (tmp_path / "rejects-calls.csv").read_bytes().decode()
    assert rejects == form([rows[1], {**rows[0], "nps": 2}])
    mended = rejects.replace("77", "7").replace("c1", "c3")
    assert counts(take(mended, "mended.csv")) == (2, 0, 0, 0)
    kept = {row["external_id"]: row for row in stored(engine, Interaction)}
    assert [kept[name]["nps"] for name in ("c1", "c2", "c3")] == [1, 7, 2]
    assert {row["survey_comment"] for row in kept.values()} == {AWKWARD}


def test_refused_transcripts_go_in_once_mended(take, tmp_path):
    bad = '{"interaction_id": "é", "messages": [{"author": "boss", "text": "Hi"}]}\n'
    assert counts(take(bad, kind="transcripts")) == (0, 0, 0, 1)
    rejects = (tmp_path / "rejects-calls.csv").read_text()
    assert counts(take(rejects.replace("boss", "agent"), "b", "transcripts")) == (1, 0, 0, 0)


def test_bytes_of_another_encoding_come_back_as_they_were(take, tmp_path, engine):
    rows = (
        b"interaction_id,agent,started_at\nc1,Ren\xe9,2026-11-09T09:00Z\nc2,a,2026-11-09T09:00Z\n"
    )
    assert refusals(take(rows)) == [(2, "c1", "holds bytes that are not UTF-8")]
    rejects = (tmp_path / "rejects-calls.csv").read_bytes()
    assert rejects == rows[:58]
    assert counts(take(rejects.decode("latin-1"), "mended.csv")) == (1, 0, 0, 0)
    assert sorted(outcomes(engine)) == ["c1", "c2"]


def test_each_refused_row_has_its_line_in_the_file_of_reasons(take, tmp_path):
    take(csv_of(interactions({"nps": "x\ty"}, {}, {"started_at": None})))
    assert (tmp_path / "rejects-calls.csv.reasons").read_text().splitlines() == [
        "line 2\tc1\tnps: “x�y” is not a number",
        "line 4\tc3\tstarted_at is missing",
    ]


def test_no_rejects_file_is_made_where_nothing_is_refused(take, tmp_path):
    receipt = take(csv_of([interaction()]))
    assert (receipt.rejects, receipt.whole, receipt.broken) == (None, True, None)
    assert not list(tmp_path.glob("rejects*"))


def test_a_file_with_nothing_but_a_header_is_taken_in(take):
    assert counts(take("interaction_id,agent,started_at\n")) == (0, 0, 0, 0)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", b"PK\3\4"])
def test_a_file_that_cannot_be_taken_in_leaves_no_trace(take, engine, content):
    with pytest.raises(IntakeError):
        take(content)
    assert not stored(engine, Import)


def test_an_unknown_name_in_a_json_line_is_refused_with_a_suggestion(take):
    text = json_lines_of([interaction(), interaction(handle_time=60)])
    assert refusals(take(text)) == [
        (2, "c1", "there is no column “handle_time” (did you mean handle_seconds?)")
    ]


def test_the_books_say_what_became_of_each_file(engine):
    taken(engine, interactions({}, {}, {"nps": 11}), source="desk")
    taken(engine, interactions({"nps": 1}, {}), source="desk")
    names = ("kind", "file", "added", "corrected", "known", "refused", "at")
    assert [[row[name] for name in names] for row in stored(engine, Import)] == [
        ["interactions", "interactions.txt", 2, 0, 0, 1, NOW],
        ["interactions", "interactions.txt", 0, 1, 1, 0, NOW],
    ]


def test_whoever_watches_is_told_how_far_the_file_is_read(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(plain, "CHUNK", 100)
    path = tmp_path / "calls.csv"
    path.write_text(csv_of(interactions(*[{}] * 300)))
    positions = []
    take_in(desk_of(engine), "interactions", path, Receipt("", "", ""), positions.append)
    assert positions == sorted(positions)
    assert positions[-1] == path.stat().st_size


def test_memory_does_not_grow_with_the_file(take, monkeypatch):
    monkeypatch.setattr(plain, "CHUNK", 50)
    peaks = []
    for times in (4, 40):
        rows = [{"interaction_id": f"{times}-{n}", "nps": "x"} for n in range(50 * times)]
        text = csv_of(interactions(*rows, {"interaction_id": f"good {times}"}))
        tracemalloc.start()
        take(text)
        peaks.append(tracemalloc.get_traced_memory()[1] - len(text))
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_there_is_no_other_kind_of_file():
    assert see_kind("roster") == "roster"
    with pytest.raises(IntakeError, match="no kind of file called “calls”"):
        see_kind("calls")


def one_row(engine, **cells):
    receipt = Receipt("by hand", "interactions", "slack")
    row = {name: str(cell) for name, cell in interaction(**cells).items()}
    return take_row(desk_of(engine), "interactions", row, receipt)


def test_one_row_that_stands_in_no_file_is_kept_as_one_in_a_file(engine):
    assert counts(one_row(engine)) == (1, 0, 0, 0)
    taken(engine, [interaction(interaction_id="c2")])
    by_hand, in_file = stored(engine, Interaction)
    told_apart = {"id", "source_id", "import_id", "external_id"}
    assert {one for one in by_hand if by_hand[one] != in_file[one]} == told_apart


def test_the_same_row_again_is_known_and_a_changed_one_corrects_it(engine):
    one_row(engine)
    assert counts(one_row(engine)) == (0, 0, 1, 0)
    assert counts(one_row(engine, outcome="unresolved")) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"started_at": "2026-11-21T09:00:00Z"}, "started_at: “2026-11-21T09:00:00Z” lies in"),
        ({"csat": 9}, "the csat 9 is outside its scale of 5"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_the_reason(engine, cell, reason):
    receipt = one_row(engine, **cell)
    assert counts(receipt) == (0, 0, 0, 1)
    assert receipt.refusals[0].reason.startswith(reason)


def test_one_transcript_that_stands_in_no_file_is_kept_redacted(engine):
    line = json_lines_of([transcript(message("I am pat@x.example"))])
    receipt = take_said(desk_of(engine), line, Receipt("by hand", "transcripts", "slack"))
    assert counts(receipt) == (1, 0, 0, 0)
    (kept,) = stored(engine, Transcript)
    assert "pat@x" not in kept["messages"]


def test_a_line_that_is_no_transcript_is_refused_in_words(engine):
    with pytest.raises(ValueError, match="messages"):
        take_said(desk_of(engine), '{"interaction_id": "c1"}', Receipt("f", "transcripts", "s"))
    assert stored(engine, Import) == []
