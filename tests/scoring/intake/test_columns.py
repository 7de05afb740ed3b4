import re
from pathlib import Path

import pytest

from scoring.errors import IntakeError
from scoring.intake.columns import FIGURES, KINDS, see_columns

RECORDS = (Path(__file__).parents[3] / "docs" / "records.md").read_text("utf-8")


def section(kind):
    return RECORDS.partition(f"\n## {kind.title()}\n")[2].partition("\n## ")[0]


def seen(header, kind="interactions"):
    return see_columns(Path("calls.csv"), header.split(","), KINDS[kind], KINDS[kind].names)


def told(header, kind="interactions"):
    with pytest.raises(IntakeError) as error:
        seen(header, kind)
    return str(error.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_the_columns_that_the_page_of_records_names(kind):
    named = re.findall(r"^\| `(\w+)` \|", section(kind), re.MULTILINE)
    assert sorted(KINDS[kind].names) == sorted(named)


def test_figures_have_the_measures_that_the_page_of_records_names():
    listed = section("figures").partition("Measures:")[2]
    assert set(re.findall("`(.+?)`", listed)) == set(FIGURES)


def test_columns_stand_in_any_order_and_case():
    assert seen("Started_At, agent ,INTERACTION_ID") == ["started_at", "agent", "interaction_id"]


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("Call ID", "interaction_id"),
        ("ticket-id", "interaction_id"),
        ("assignee", "agent"),
        ("Started At", "started_at"),
        ("closed_at", "ended_at"),
        ("handle_time", "handle_seconds"),
        ("call_duration", "handle_seconds"),
        ("ACW", "wrap_seconds"),
        ("wait_time", "queue_seconds"),
        ("category", "issue_type"),
        ("requester", "customer_id"),
        ("group", "team"),
        ("via", "channel"),
        ("status", "outcome"),
        ("reopens", "reopened"),
        ("satisfaction_rating", "csat"),
        ("fcr", "resolved_first_contact"),
        ("agnet", "agent"),
        ("outcomes", "outcome"),
    ],
)
def test_another_spelling_is_refused_and_the_column_suggested(other, name):
    assert f"there is no column “{other}” (did you mean {name}?)" in told(
        f"interaction_id,agent,started_at,{other}"
    )


@pytest.mark.parametrize(
    ("kind", "header", "suggested"),
    [
        ("roster", "email,supervisor,tz", ("agent", "manager", "timezone")),
        ("shifts", "agent_id,day,paid_time", ("agent", "date", "paid_seconds")),
        ("figures", "from,to,metric,amount", ("period_start", "period_end", "measure", "value")),
    ],
)
def test_a_suggestion_is_a_column_of_that_kind(kind, header, suggested):
    message = told(header, kind)
    assert re.findall(r"did you mean (\w+)\?", message) == list(suggested)
    assert message.startswith(f"calls.csv cannot be taken in as {kind}: ")
    assert message.endswith("Nothing was taken in.")


def test_a_column_like_no_other_is_refused_without_a_guess():
    assert "there is no column “xyzzy”. " in told("interaction_id,started_at,xyzzy")
    assert "there is no column “without a name”" in told("interaction_id,started_at,")


def test_a_column_that_stands_twice_is_refused():
    assert "the column “agent” stands twice" in told("interaction_id,agent,started_at,Agent")


@pytest.mark.parametrize(
    ("kind", "header", "missing"),
    [
        ("interactions", "agent,started_at", "interaction_id"),
        ("interactions", "agent,interaction_id", "started_at"),
        ("roster", "name", "agent"),
        ("shifts", "agent", "date"),
        ("figures", "measure,value", "period_start” and “period_end"),
    ],
)
def test_a_column_that_rows_cannot_do_without_is_missed(kind, header, missing):
    assert f"the column “{missing}” is missing" in told(header, kind)
