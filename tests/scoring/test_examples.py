"""Single contacts behind a figure: the right ones first, redacted, and only the asker's own."""

import pytest

from scoring.asking import Scope, reader
from scoring.database import reading
from scoring.errors import EvidenceError, QueryError
from scoring.examples import MOST, examples
from scoring.people import find_agent
from scoring.query import Query
from scoring.viewers import viewer_of
from tests.factories import NOW, interactions, message, taken, transcript, workspace_of
from tests.scoring.estimates import CATALOGUE, WEEK

ROSTER = [
    {"agent": "ana", "team": "Billing", "manager": "maya"},
    {"agent": "zoe", "team": "Other", "manager": "otto"},
    {"agent": "maya", "role": "manager"},
]
ROWS = [
    {"agent": "ana", "handle_seconds": 100, "started_at": "2026-11-09T09:00Z", "csat": 5},
    {"agent": "ana", "handle_seconds": 900, "started_at": "2026-11-10T09:00Z", "escalated": "yes"},
    {"agent": "ana", "handle_seconds": 500, "started_at": "2026-11-11T09:00Z", "csat": 1},
    {"agent": "zoe", "handle_seconds": 950, "started_at": "2026-11-12T09:00Z", "escalated": "yes"},
]


@pytest.fixture
def company(database):
    assert taken(database, interactions(*ROWS)).refused == 0
    said = message("My mail is kim@example.com, call 0171 555 0199 please")
    assert taken(database, [transcript(said, interaction_id="c3")], "transcripts").refused == 0
    taken(database, ROSTER, "roster")
    return database


def shown(engine, kpi="volume", who="maya", of=None, outcome=None, **query):
    with reading(engine) as connection:
        workspace = workspace_of()
        view = reader(connection, workspace, workspace.moment(NOW))
        labels = {"outcome": (outcome,)} if outcome else {}
        scope = Scope((find_agent(connection, of),) if of else None, labels=labels)
        asked = Query(WEEK, "examples", (kpi,), scope=scope, **query)
        return examples(view, asked, viewer_of(connection, who), CATALOGUE)


def ids(found):
    return [one.contact.interaction for one in found.shown]


@pytest.mark.parametrize(
    ("kpi", "contacts"),
    [("volume", ["c3", "c2", "c1"]), ("aht", ["c2", "c3", "c1"]), ("csat", ["c3"])],
)
def test_the_latest_or_those_that_speak_most_against_the_figure_come_first(company, kpi, contacts):
    assert ids(shown(company, kpi)) == contacts


def test_an_outcome_shows_the_contacts_that_came_to_it(company):
    found = shown(company, outcome="escalated")
    assert (ids(found), found.of, found.kpi.key) == (["c2"], 1, "escalation_rate")
    assert [reason.kind for reason in found.shown[0].cited.reasons] == ["escalated"]


def test_as_many_as_asked_for_are_shown_and_never_more_than_a_few(company):
    found = shown(company, limit=2)
    assert (len(found.shown), found.of) == (2, 3)
    assert shown(company, limit=99).page.size == MOST


def test_customers_words_are_redacted(company):
    excerpt = shown(company, limit=1).shown[0].cited.excerpt
    assert "please" in excerpt
    assert "kim@example.com" not in excerpt
    assert "0199" not in excerpt


def test_nobody_outside_is_shown(company):
    assert "c4" not in ids(shown(company, "aht"))
    with pytest.raises(QueryError, match="nothing you may see"):
        shown(company, of="zoe")
    assert ids(shown(company, who="zoe")) == ["c4"]


def test_what_is_made_of_more_than_contacts_has_none_to_show(company):
    with pytest.raises(EvidenceError, match="more than contacts"):
        shown(company, "productivity")
