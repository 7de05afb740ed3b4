"""What a review says on one matter, and the contacts it rests on."""

from datetime import UTC, datetime, timedelta

import pytest

from scoring.asking import reader
from scoring.coaching.behind import finding, telling
from scoring.coaching.cited import Cited, Reason
from scoring.database import reading
from scoring.errors import EvidenceError
from scoring.people import find_agent
from tests.factories import NOW, taken, workspace_of
from tests.scoring.coaching.operation import LAST, operation
from tests.scoring.coaching.test_publishing import corrected, slipped
from tests.scoring.coaching.test_reviews import made_known


@pytest.fixture
def operated(engine):
    assert taken(engine, operation()).refused == 0
    return engine


def found(engine, matter, agent="ana", week=LAST):
    with reading(engine) as connection:
        view = reader(connection, workspace_of(), workspace_of().moment(NOW))
        return finding(view, find_agent(connection, agent), week, matter)


def test_a_change_names_all_its_contacts_and_a_focus_the_few_that_tell_most(operated):
    change, focus = found(operated, "fcr"), found(operated, "focus")
    assert (change.kind, change.about, change.direction) == ("change", "fcr", "worse")
    assert len(change.contacts) == change.behind == 90
    assert (focus.about, focus.behind) == ("fcr", 90)
    assert set(focus.contacts) < set(change.contacts)
    assert len(focus.contacts) == 3
    assert focus.contrast in change.contacts


def test_a_change_goes_before_a_level_and_a_level_before_nothing(operated):
    assert found(operated, "aht").kind == "change"
    level = found(operated, "aht", "finn", LAST - timedelta(weeks=2))
    assert (level.kind, level.direction, level.behind) == ("level", "below", 240)
    with pytest.raises(EvidenceError, match="within normal variation"):
        found(operated, "csat", "cleo")


def test_what_was_published_goes_before_what_a_review_would_find(operated):
    before = found(operated, "fcr")
    made_known(operated, LAST, LAST)
    corrected(operated, *slipped())
    assert found(operated, "fcr") == before
    made_known(operated, LAST, LAST)
    with pytest.raises(EvidenceError, match="Nothing stands out in rushing"):
        found(operated, "rushing")
    assert (before.direction, found(operated, "fcr").direction) == ("worse", "better")


def test_a_week_without_contacts_of_an_agent_has_no_finding(operated):
    away = [
        row for row in operation() if row["agent"] == "ben" and row["started_at"] > "2026-11-09"
    ]
    corrected(operated, *({**row, "excluded": "training"} for row in away))
    with pytest.raises(EvidenceError, match="no contact of this agent in the week of 2026-11-09"):
        found(operated, "focus", "ben")


def cited(number, *kinds):
    at = datetime(2026, 11, 9, tzinfo=UTC) + timedelta(hours=number)
    reasons = tuple(map(Reason, kinds))
    return Cited(number, "files", f"c{number}", at, "phone", None, None, reasons, None)


def test_contacts_with_most_to_say_come_first_and_of_those_the_latest():
    some = [cited(1), cited(2, "repeat"), cited(3, "repeat", "strained"), cited(4, "long_hold")]
    assert [one.id for one in telling(some)] == [3, 4, 2, 1]
