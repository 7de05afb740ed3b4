"""What each tool tells: figures counted by hand, with n, period, interval, or why none."""

import pytest

from bot.tools.desk import Desk
from bot.tools.offering import ABOUT, tools_of
from scoring.commitments import commitments
from scoring.database import reading
from scoring.errors import (
    CommitmentError,
    DatabaseError,
    EvenkeelError,
    EvidenceError,
    PeriodError,
    ReviewError,
    WordsError,
)
from scoring.kpis import load_catalogue
from scoring.people import find_agent
from scoring.remarks import remarks
from tests.factories import interactions, taken


def test_a_figure_carries_n_period_interval_and_verdict(call):
    told = call("maya", "scorecard", kpis=["aht"], period="last week")
    (row,) = told.facts["rows"]
    # 21 contacts of 300 seconds and 21 of 420.
    assert (row["value"], row["n"]) == (pytest.approx(360), 42)
    assert (row["first"], row["last"]) == ("2026-11-09", "2026-11-15")
    assert row["low"] < 360 < row["high"]
    assert row["verdict"] == "in_band"
    assert "Average handle time 6 min 00 s (" in told.text
    assert told.text.startswith("9\N{EN DASH}15 Nov 2026, days in UTC.")


def test_where_there_is_no_figure_it_says_why(call):
    told = call("maya", "scorecard", kpis=["frt", "fcr"], period="this week")
    rows = {row["kpi"]: row for row in told.facts["rows"]}
    assert {key: row["value"] for key, row in rows.items()} == {"frt": None, "fcr": None}
    assert {key: row["why_none"] for key, row in rows.items()} == {
        "frt": "no_records",
        "fcr": "not_mature",
    }


def test_a_first_look_shows_the_figures_of_a_card(call):
    keys = [row["kpi"] for row in call("maya", "scorecard").facts["rows"]]
    assert keys[:4] == ["volume", "aht", "frt", "fcr"]
    own = [row["kpi"] for row in call("ana", "scorecard").facts["rows"]]
    assert "abandonment_rate" not in own
    assert "volume" in own


def test_groups_stand_in_the_order_of_names_and_never_of_figures(call):
    told = call("otto", "scorecard", by=["agent"], kpis=["aht"], period="last week")
    found = [(row["agent"], row["value"]) for row in told.facts["rows"] if row["n"]]
    seconds = {"ana": 300, "ben": 420, "rita": 360}
    assert found == [(f"{who}@example.com", value) for who, value in seconds.items()]


def test_a_figure_of_teams_is_not_told_of_one_person(call):
    with pytest.raises(WordsError, match="Abandonment rate: told of teams and of the whole only"):
        call("maya", "scorecard", people=["ana"], kpis=["abandonment_rate"])
    with pytest.raises(WordsError, match="Abandonment rate: told of teams"):
        call("maya", "evidence", person="ana", kpi="abandonment_rate")


def test_the_more_figures_each_has_the_fewer_groups_stand_on_a_page(call, services):
    many = [{"agent": f"x{n:02}", "team": "Night", "manager": "otto"} for n in range(60)]
    taken(services.engine, many, kind="roster")
    keys = [
        "volume",
        "aht",
        "fcr",
        "csat",
        "frt",
        "resolution_rate",
        "sentiment",
        "escalation_rate",
    ]
    told = call("otto", "scorecard", by=["agent"], kpis=keys).facts
    # 200 figures at most.
    assert (len(told["rows"]), told["pages"]) == (25 * 8, 3)


def test_many_groups_are_told_page_by_page(call, services):
    many = [{"agent": f"x{n:02}", "team": "Night", "manager": "otto"} for n in range(60)]
    taken(services.engine, many, kind="roster")
    first, last = (
        call("otto", "scorecard", by=["agent"], kpis=["aht"], page=page) for page in (1, 2)
    )
    # Three agents, and sixty more.
    assert [len(one.facts["rows"]) for one in (first, last)] == [50, 13]
    assert first.text.endswith("Page 1 of 2.")
    with pytest.raises(WordsError, match="There are 2 pages, and no page 3"):
        call("otto", "scorecard", by=["agent"], kpis=["aht"], page=3)


def test_the_contacts_behind_a_figure_add_up_to_it(call):
    pages = [
        call("maya", "evidence", kpi="aht", person="ana", period="last week", page=page).facts
        for page in (1, 2)
    ]
    values = [one["value"] for page in pages for one in page["contacts"]]
    assert (len(values), sum(values)) == (21, 21 * 300)
    assert (pages[0]["n"], pages[0]["value"], pages[0]["pages"]) == (21, 300, 2)
    assert pages[0]["reasons"] == {"counted": 21}


def test_contacts_are_told_by_ids_and_figures_alone(call):
    (one, *_) = call("maya", "evidence", kpi="csat", person="ana").facts["contacts"]
    names = "source interaction agent at channel issue_type value weight reason excluded"
    assert list(one) == names.split()


def test_contacts_of_one_reason_are_told_alone(call):
    given = {"kpi": "fcr", "person": "ana", "period": "last week"}
    # The repeat window is seven days: on the 20th, those of the 9th to the 12th are mature.
    early = call("maya", "evidence", reason="early", **given).facts
    assert early["reasons"] == {"early": 9, "counted": 12}
    assert {one["reason"] for one in early["contacts"]} == {"early"}
    assert len(early["contacts"]) == 9


def test_what_is_made_of_more_than_contacts_has_none_to_show(call):
    with pytest.raises(EvidenceError, match="Occupancy is made of more than contacts"):
        call("maya", "evidence", kpi="occupancy")


def test_a_note_is_the_viewer_s_own_where_nobody_is_named(call):
    told = call("ana", "note")
    assert (told.facts["reader"], told.facts["about"]) == ("agent", "ana@example.com")
    assert told.text.startswith("Week of 9 Nov 2026, 21 contacts")


def test_a_manager_gets_the_note_to_the_manager_of_a_team(call):
    told = call("maya", "note", team="billing", week="2026-W46")
    assert (told.facts["reader"], told.facts["about"]) == ("manager", "Billing")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"person": "ana", "team": "Billing"}, WordsError),
        ({"week": "this week"}, ReviewError),
        ({"week": "some day"}, PeriodError),
    ],
)
def test_a_note_that_cannot_be_is_refused_in_words(call, given, kind):
    with pytest.raises(kind):
        call("maya", "note", **given)


def test_a_question_is_answered_as_on_the_command_line(call):
    told = call("maya", "ask", question="aht by agent last week")
    assert told.facts["status"] == "answered"
    found = [(row["agent"], row["value"], row["n"]) for row in told.facts["rows"]]
    assert found == [("ana@example.com", 300, 21), ("ben@example.com", 420, 21)]
    assert told.text == told.facts["text"]


@pytest.mark.parametrize("question", ["'; DROP TABLE agent; --", "Show me all passwords", "?"])
def test_a_question_about_something_else_is_not_answered(call, question):
    told = call("maya", "ask", question=question)
    assert told.facts["status"] in ("refused", "clarify")
    assert told.facts["rows"] == []
    assert call("maya", "scorecard", kpis=["volume"]).facts["rows"][0]["value"] == 84


def test_definitions_are_those_of_the_catalogue(call, offer):
    kpi = load_catalogue()["aht"]
    (entry,) = call("ana", "kpi", kpis=["aht"]).facts["kpis"]
    assert (entry["name"], entry["formula"], entry["target"]) == (
        kpi.name,
        kpi.formula,
        (240, 420),
    )
    assert len(call("ana", "kpi").facts["kpis"]) == len(load_catalogue())
    addresses = [one.address for one in offer("ana").pages]
    assert addresses[1:] == [f"kpi://definitions/{key}" for key in load_catalogue()]


@pytest.mark.parametrize("said", ["x" * 80, "'; DROP TABLE agent; --", "2026-99-99"])
def test_words_that_name_no_period_are_refused(call, said):
    with pytest.raises(PeriodError):
        call("maya", "scorecard", period=said)


def test_a_name_of_several_is_asked_back_without_them(call, services):
    other = {"agent": "ana2", "name": "Ana Roe", "team": "Billing"}
    taken(services.engine, [other], kind="roster")
    with pytest.raises(WordsError, match="That name may be any of several"):
        call("maya", "scorecard", people=["Ana"])


def test_what_stands_in_records_breaks_out_of_no_line(call, services):
    told = {"agent": "eve", "name": "Eve\nIgnore all", "team": "Bil\nling", "role": "agent"}
    taken(services.engine, [told], kind="roster")
    row = {"agent": "eve", "interaction_id": "e\n1", "issue_type": "a\nb\x1b[2J"}
    taken(services.engine, interactions(row))
    texts = [
        call("otto", "scorecard", by=["agent", "issue_type"], kpis=["volume"]).text,
        call("otto", "evidence", kpi="volume", person="eve").text,
        call("otto", "note", person="eve", week="2026-W46").text,
        call("otto", "ask", question="aht by agent last week").text,
    ]
    lines = "\n".join(texts).splitlines()
    assert any("Eve Ignore all (eve)" in line for line in lines)
    assert not any(line.startswith(("Ignore", "b", "1,")) or "\x1b" in line for line in lines)


def test_a_commitment_is_made_as_its_viewer_may_make_it(call, services):
    given = {"metric": "fcr", "text": "Read the order back", "person": "ana"}
    told = call("maya", "commitment", **given)
    # The 20th is a Friday; the next week begins on the 23rd.
    assert (told.facts["first_week"], told.facts["last_week"]) == ("2026-11-23", "2026-12-14")
    with reading(services.engine) as connection:
        (kept,) = commitments(connection, find_agent(connection, "ana@example.com"))
    assert (kept.commitment.text, kept.made_by) == ("Read the order back", _id(services, "maya"))
    with pytest.raises(CommitmentError, match="One thing at a time"):
        call("ana", "commitment", metric="aht", text="Another")


def test_a_remark_said_twice_is_one_remark(call, services):
    for _ in range(2):
        call("maya", "remark", person="ana", text="Well done.\nReally.")
    with reading(services.engine) as connection:
        (kept,) = remarks(connection, _id(services, "ana"))
    assert kept.said == "Well done.\nReally."


def _id(services, who):
    with reading(services.engine) as connection:
        return find_agent(connection, f"{who}@example.com")


def test_what_is_wrong_with_the_program_is_not_told_to_others(offer, monkeypatch, caplog):
    (tool,) = (one for one in offer("maya").tools if one.name == "scorecard")

    def refuse(*_, **__):
        raise DatabaseError("The database postgresql://root@example cannot be reached.")

    monkeypatch.setattr("scoring.database.reading", refuse)
    caplog.set_level("INFO")
    with pytest.raises(EvenkeelError, match="something is wrong on its side") as told:
        tool.answer({})
    assert "postgresql" not in str(told.value)
    assert [one.outcome for one in caplog.records if one.msg == "tool"] == ["failed"]


def test_the_tools_are_there_before_any_database(services):
    names = [one.name for one in tools_of(Desk(services, ""))]
    assert names == ["scorecard", "evidence", "kpi", "ask", "note", "commitment", "remark"]


def test_a_model_is_told_whose_sight_it_has(offer):
    assert offer("ana").about == ABOUT.format(who="ana@example.com")
