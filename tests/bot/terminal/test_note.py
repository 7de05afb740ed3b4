"""`evenkeel note`: an agent's weekly note, or a team's; as text and as data."""

import json

import pytest

from prompts.coach import TALKED
from tests.factories import interaction
from tests.prompts.stub import completion, stub_server
from tests.scoring.coaching.operation import AGENTS, operation

NOW = ("--now", "2026-11-20T12:00Z")
OWN = '[own]\nfits = ["fcr down"]\nissues = ["%s"]\ndo = "Do this."\nsource = "Us"\n'


@pytest.fixture
def note(evenkeel, take_in):
    """A call of `evenkeel note` over the small operation, in which Ana slips."""
    take_in(*operation())
    take_in(*({"agent": agent, "team": "Crew"} for agent in AGENTS), kind="roster")

    def note(*words):
        return evenkeel("note", *NOW, *words)

    return note


def test_the_note_is_of_the_last_complete_week(note):
    said = note("ana")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Week of 9 Nov 2026, 30 contacts\n")
    assert "\nYour figures\n" in said.out


def test_the_slip_is_the_focus_with_a_practice_and_a_question(note):
    (row,) = note("ana", "--json").rows
    (focus,) = [section for section in row["sections"] if section["key"] == "focus"]
    kinds = [fact["kind"] for fact in focus["facts"]]
    assert kinds == ["change", "evidence", "practice", "question"]
    assert focus["facts"][0]["metric"] == "fcr"
    assert focus["facts"][0]["values"]["better"] is False
    assert row["practices"][0] == focus["facts"][2]["values"]["practice"]


def test_the_note_as_data_says_whose_and_which_week(note):
    (row,) = note("ana", "--json").rows
    assert list(row) == [
        *("reader", "about", "week", "contacts"),
        *("situation", "verdict", "practices", "sections"),
    ]
    assert [row[key] for key in ("reader", "about", "week", "contacts")] == [
        *("agent", "ana", "2026-11-09"),
        30,
    ]


def test_the_contacts_of_the_evidence_are_named_as_the_source_has_them(note):
    ids = {row["interaction_id"] for row in operation() if row["agent"] == "ana"}
    said = " ".join(note("ana").out.split())
    named = said.partition("behind this figure: ")[2].split(" (")[0]
    assert named in ids


def test_the_same_call_says_the_same(note):
    assert note("ana").out == note("ana").out


def test_what_slipped_last_week_is_still_so_this_week(note):
    """Its first week is news; then it is not."""
    assert "Still so" not in note("ana", "--week", "2026-W44").out
    assert "Still so: first contact resolution fell" in note("ana").out


@pytest.mark.parametrize("week", ["2026-W45", "2026-11-04", "week of 2 Nov"])
def test_a_week_may_be_named_in_many_ways(note, week):
    assert note("ben", "--week", week).out.startswith("Week of 2 Nov 2026")


def test_a_week_is_from_monday_where_others_start_on_sunday(note):
    said = note("ben", "--week", "2026-11-08", "--week-starts", "sunday")
    assert said.out.startswith("Week of 2 Nov 2026")


def test_more_than_a_week_is_refused(note):
    said = note("ben", "--week", "October")
    assert (said.status, said.out) == (2, "")
    assert "is more than a week" in said.err


def test_a_week_that_is_not_over_is_refused(note):
    said = note("ben", "--week", "2026-W47")
    assert said.status == 1
    assert "only whole weeks are reviewed" in said.err


def test_what_became_of_a_commitment_is_told(note, evenkeel):
    words = ("--as", "ana", "--metric", "fcr", "--text", "Name the next step")
    made = evenkeel("commitment", "make", *words, "--from", "2026-W46", "--now", "2026-11-09")
    assert made.status == 0, made.err
    said = " ".join(note("ana").out.split())
    assert "“Name the next step”, week 1 of 4: " in said
    assert "To try: what you have set out to do, below." in said
    assert "Name the next step" not in note("ben").out


def test_an_agent_without_contacts_is_told_so(note, take_in):
    take_in({"agent": "zoe"}, kind="roster")
    said = note("zoe")
    assert said.status == 0
    assert "No contacts this week, so there is no note." in said.out


def test_an_unknown_agent_is_told_in_a_sentence(note):
    said = note("nobody")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("No agent is called “nobody”.")


def test_somebody_has_to_be_named(note):
    assert note().status == 2
    assert note("ana", "--team", "Crew").status == 2


def test_no_records_at_all_are_told_in_a_sentence(evenkeel, take_in):
    take_in({"agent": "ana"}, kind="roster")
    said = evenkeel("note", "ana", *NOW)
    assert said.status == 1
    assert said.err.count("\n") == 1


def test_one_contact_is_too_little_to_say_anything(evenkeel, take_in):
    take_in(interaction())
    said = evenkeel("note", "ana@example.com", *NOW)
    assert said.status == 0
    assert "too few contacts to say" in said.out


def test_the_manager_s_note_names_who_needs_attention(note):
    said = note("--team", "crew")
    assert said.out.startswith("Crew: week of 9 Nov 2026, 210 contacts\n")
    assert "Worth a talk this week: ana." in said.out


def test_the_manager_s_note_is_data_too(note):
    (row,) = note("--team", "Crew", "--json").rows
    assert (row["reader"], row["about"]) == ("manager", "Crew")
    people = {
        fact["values"].get("person") for section in row["sections"] for fact in section["facts"]
    }
    assert "ana" in people


def test_an_unknown_team_is_told_with_those_there_are(note):
    said = note("--team", "Sales")
    assert said.status == 1
    assert "The teams are: Crew." in said.err


def test_a_company_s_own_practices_are_suggested(note, monkeypatch, tmp_path):
    """Two for each issue, so that only they take turns."""
    own = "".join(
        OWN.replace("[own]", f"[{issue}{number}]") % issue
        for issue in ("billing", "refund", "login")
        for number in range(30)
    )
    (tmp_path / "own.toml").write_text(own)
    monkeypatch.setenv("EVENKEEL_PRACTICES", str(tmp_path / "own.toml"))
    (row,) = note("ana", "--json").rows
    assert any(key.endswith("29") for key in row["practices"])


def test_practices_that_cannot_be_used_are_told_in_a_sentence(note, monkeypatch, tmp_path):
    (tmp_path / "own.toml").write_text('[own]\ndo = "Do this."\n')
    monkeypatch.setenv("EVENKEEL_PRACTICES", str(tmp_path / "own.toml"))
    said = note("ana")
    assert said.status == 1
    assert "own: fits" in said.err


@pytest.mark.parametrize("width", ["60", "100"])
def test_the_note_keeps_to_the_terminal(note, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    assert max(map(len, note("ana").out.splitlines())) <= int(width)


def commented(plain, opening):
    """What a model would fill in for a note, with nothing but words below the verdict."""
    lines = [
        {"id": fact["id"], "comment": ""}
        for section in plain["sections"]
        if section["key"] in TALKED
        for fact in section["facts"]
    ]
    practice = plain["practices"][0] if plain["practices"] else "none"
    return completion(json.dumps({"opening": opening, "lines": lines, "practice": practice}))


def test_the_comments_of_a_model_stand_beside_figures_that_code_has_written(note, monkeypatch):
    (plain,) = note("ana", "--json").rows
    with stub_server(commented(plain, "Here is your week, calmly.")) as stub:
        monkeypatch.setenv("EVENKEEL_MODEL", "a-model")
        monkeypatch.setenv("EVENKEEL_MODEL_URL", f"{stub.url}/v1")
        (told,) = note("ana", "--json", "--comments").rows
    assert told["verdict"] == f"{plain['verdict']} Here is your week, calmly."
    assert told["sections"] == plain["sections"]
    # The form is asked for strictly, and nothing of the week's figures goes out with it.
    (sent,) = stub.sent
    assert sent["response_format"]["json_schema"]["strict"] is True
    facts = [fact for section in plain["sections"] for fact in section["facts"]]
    own = [fact["text"] for fact in facts if fact["kind"] != "practice"]
    assert own
    assert not any(text in json.dumps(sent, ensure_ascii=False) for text in own)


def test_a_comment_that_may_not_be_shown_leaves_the_note_as_it_is(note, monkeypatch):
    (plain,) = note("ana", "--json").rows
    bad = commented(plain, "You are the best of the team.")
    with stub_server(bad, bad) as stub:
        monkeypatch.setenv("EVENKEEL_MODEL", "a-model")
        monkeypatch.setenv("EVENKEEL_MODEL_URL", f"{stub.url}/v1")
        (told,) = note("ana", "--json", "--comments").rows
    assert told == plain
    assert len(stub.sent) == 2


def test_comments_without_a_model_are_told_in_a_sentence(note):
    said = note("ana", "--comments")
    assert said.status == 1
    assert "Set EVENKEEL_MODEL" in said.err
