"""Questions are answered from the asker's own people, fairly to small numbers."""

from datetime import timedelta

import pytest

from scoring.answers import answer
from scoring.asking import Scope, reader
from scoring.database import reading
from scoring.errors import QueryError
from scoring.people import find_agent, find_team
from scoring.query import Compare, Condition, Order, Query
from scoring.scorecard import names
from scoring.viewers import viewer_of
from tests.factories import NOW, interactions, taken, workspace_of
from tests.scoring.estimates import CATALOGUE, WEEK, days

TEAMS = {"ana": "Billing", "ben": "Billing", "cleo": "Billing", "dev": "Technical", "eva": "Other"}
MONDAYS = {"now": "2026-11-09", "before": "2026-11-02"}


def contacts(agent, week, seconds, count=12, **cells):
    """So many contacts of an agent on a Monday, an hour apart, varying by two seconds."""
    return [
        {
            "agent": agent,
            "started_at": f"{MONDAYS[week]}T{at % 24:02}:00:00Z",
            "handle_seconds": seconds + at % 2 * 2,
            **cells,
        }
        for at in range(count)
    ]


@pytest.fixture
def company(database):
    rows = [
        *contacts("ana", "before", 300),
        *contacts("ana", "now", 400),
        *contacts("ben", "before", 500),
        *contacts("ben", "now", 450),
        *contacts("cleo", "now", 600, count=3),
        *contacts("dev", "now", 200, channel="chat"),
        *contacts("eva", "now", 100),
    ]
    taken(database, interactions(*rows))
    led = [{"agent": one, "team": team, "manager": "maya"} for one, team in TEAMS.items()]
    led[-1]["manager"] = "otto"
    idle = {"agent": "flo", "team": "Technical", "manager": "maya"}
    taken(database, [*led, idle, {"agent": "maya", "role": "manager"}], "roster")
    return database


def told(engine, who="maya", *, agents=None, teams=None, **query):
    """The answer, and what each row is called."""
    with reading(engine) as connection:
        workspace = workspace_of()
        view = reader(connection, workspace, workspace.moment(NOW))
        scope = Scope(
            None if agents is None else tuple(find_agent(connection, one) for one in agents),
            None if teams is None else tuple(find_team(connection, one) for one in teams),
            query.pop("labels", {}),
        )
        asked = Query(query.pop("period", WEEK), scope=scope, **{"kpis": ("aht",), **query})
        found = answer(view, asked, viewer_of(connection, who), CATALOGUE)
        known = names(
            view, [row.group for row in [*found.rows, *found.few, *found.misses]], found.ask.by
        )
    words = {"agent": lambda one: known.agents[one][0], "team": known.teams.get}

    def called(rows):
        return [
            " ".join(
                str(words.get(name, str)(part))
                for name, part in zip(found.ask.by, row.group, strict=True)
            )
            for row in rows
        ]

    return found, called


def listed(engine, **query):
    found, called = told(engine, by=("agent",), **query)
    return called(found.rows)


def test_everybody_led_is_listed_with_those_who_have_nothing(company):
    assert listed(company, kpis=("volume",)) == ["ana", "ben", "cleo", "dev", "flo"]


def test_somebody_with_no_contacts_has_fewer_than_ten(company):
    few = (Condition("volume", "value", "below", 10.0),)
    assert listed(company, kpis=("volume",), having=few) == ["cleo", "flo"]


def test_nobody_outside_is_in_any_answer(company):
    assert "eva" not in listed(company, order=Order("aht", "low"))
    with pytest.raises(QueryError, match="nothing you may see"):
        told(company, agents=["eva"])
    with pytest.raises(QueryError, match="nothing you may see"):
        told(company, "ana", teams=["Billing"])


def test_too_few_contacts_are_listed_apart_and_never_ranked(company):
    found, called = told(company, by=("agent",), order=Order("aht", "high"))
    assert called(found.rows) == ["ben", "ana", "dev"]
    assert called(found.few) == ["cleo", "flo"]


@pytest.mark.parametrize(
    ("first", "order"),
    [
        ("high", ["ben", "ana", "dev"]),
        ("low", ["dev", "ana", "ben"]),
        ("best", ["dev", "ana", "ben"]),
        ("worst", ["ben", "ana", "dev"]),
    ],
)
def test_best_is_short_for_handle_times(company, first, order):
    assert listed(company, order=Order("aht", first)) == order


def test_a_limit_says_how_many_more_there_are(company):
    found, called = told(company, by=("agent",), order=Order("aht", "high"), limit=1)
    assert (called(found.rows), found.left) == (["ben"], 2)


@pytest.mark.parametrize(
    ("test", "who"),
    [
        ("worse", ["ana"]),
        ("better", ["ben"]),
        ("up", ["ana"]),
        ("down", ["ben"]),
        ("not_worse", ["ben"]),
        ("same", []),
    ],
)
def test_slower_is_worse_against_the_week_before(company, test, who):
    having = (Condition("aht", "change", test),)
    rows = listed(company, compare=Compare("before"), having=having, teams=["Billing"])
    assert rows == who


def test_a_change_has_both_values_and_whether_it_is_more_than_chance(company):
    found, _ = told(company, by=("agent",), compare=Compare("before"), agents=["ana"])
    figure = found.rows[0].figures["aht"]
    assert (figure.change, figure.moved) == (100, 1)
    assert figure.compared.n == 12


def test_all_conditions_must_hold_together(company):
    both = (Condition("aht", "value", "above", 300.0), Condition("aht", "value", "below", 420.0))
    assert listed(company, having=both) == ["ana"]


def test_where_nobody_meets_them_the_nearest_are_named_and_nothing_is_loosened(company):
    having = (Condition("aht", "value", "above", 460.0),)
    found, called = told(company, by=("agent",), having=having)
    assert called(found.rows) == []
    assert called(found.misses) == ["ben", "ana"]


def test_a_team_is_pooled_over_its_contacts(company):
    found, _ = told(company, teams=["Billing"])
    # 12 of 401, 12 of 451 and 3 of 600.67 seconds.
    assert found.rows[0].figures["aht"].estimate.value == pytest.approx((4812 + 5412 + 1802) / 27)


def test_a_teams_median_is_over_three_people_or_more_with_enough_contacts(company):
    found, _ = told(company, agents=["ana"], compare=Compare("team_median"))
    assert found.rows[0].figures["aht"].compared.value is None
    taken(
        company,
        [
            row | {"interaction_id": f"m{at}"}
            for at, row in enumerate(interactions(*contacts("cleo", "now", 900, count=20)))
        ],
    )
    found, _ = told(company, agents=["ana"], compare=Compare("team_median"))
    figure = found.rows[0].figures["aht"]
    assert figure.compared.value == 451
    assert (figure.change, figure.compared.n) == (-50, 3)


def test_the_rest_are_all_others_that_the_asker_may_see(company):
    found, _ = told(company, agents=["dev"], compare=Compare("rest"))
    rest = (4812 + 5412 + 1802) / 27
    assert found.rows[0].figures["aht"].compared.value == pytest.approx(rest)


def test_a_target_is_the_nearest_edge_of_its_band(company):
    found, _ = told(company, agents=["ben"], compare=Compare("target"))
    assert found.rows[0].figures["aht"].compared.value == 420
    below = (Condition("aht", "value", "above", "target"),)
    assert listed(company, having=below) == ["ben"]


def test_another_period_may_be_named(company):
    earlier = Compare("period", days("2026-11-02", "2026-11-02"))
    found, _ = told(company, agents=["ana"], compare=earlier)
    assert found.rows[0].figures["aht"].change == 100


def test_labels_narrow_the_contacts(company):
    assert listed(company, labels={"channel": ("chat",)}, order=Order("aht", "low")) == ["dev"]


def test_neighbours_that_cannot_be_told_apart_are_said_to_be_alike(company):
    extra = contacts("dev", "now", 590, count=12)
    rows = interactions(*extra)
    taken(company, [row | {"interaction_id": f"x{at}"} for at, row in enumerate(rows)])
    found, called = told(company, by=("agent",), order=Order("aht", "low"))
    assert called(found.rows) == ["dev", "ana", "ben"]
    assert list(found.alike) == [True, False]


def test_the_week_after_is_not_seen_by_a_question_of_the_week_before(company):
    earlier = days("2026-11-02", "2026-11-08")
    found, _ = told(company, agents=["ana"], period=earlier)
    assert found.rows[0].figures["aht"].estimate.value == 301
    assert NOW - timedelta(days=7) > earlier.start(workspace_of().calendar)
