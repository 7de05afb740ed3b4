from datetime import date, datetime

import pyarrow as pa
import pytest
from pyarrow import parquet

from bench.peers import PEERS, main
from bench.question import READINGS, Question, answer, difference, questions

WEEK = Question(date(2026, 11, 2), date(2026, 11, 8), agent="ana", team="North")
COLUMNS = (
    "agent", "team", "customer_id", "issue_type", "created_at", "ended_at", "resolved_at",
    "handle_seconds", "outcome", "reopened", "csat",
)  # fmt: skip
WORDS = ("agent", "team", "issue_type", "outcome")
MOMENTS = ("created_at", "ended_at", "resolved_at")
ROWS = [
    # Two handled ones in the week, a third that ended in it but came before.
    ("ana", "North", "k1", "refund", (2, 9), (2, 10), (2, 10), 100.0, "resolved", 0.0, 5.0),
    ("ana", "North", "k1", "refund", (4, 9), (4, 10), None, 200.0, "escalated", 0.0, 3.0),
    ("ana", "North", "k2", "login", (1, 9), (2, 9), (2, 9), 600.0, "resolved", 0.0, None),
    # Ended before the week, resolved and so rated in it.
    ("ana", "North", "k3", "login", (1, 8), (1, 9), (3, 9), 900.0, "resolved", 1.0, 4.0),
    # Unknown outcome and handle time; abandoned, once with an agent and once without.
    ("ana", "North", "k4", "login", (5, 9), (5, 10), None, None, None, None, None),
    ("ana", "North", "k2", "login", (6, 9), (6, 9), None, 10.0, "abandoned", None, None),
    (None, "North", "k5", "login", (6, 9), (6, 9), None, None, "abandoned", None, None),
    # The later of one second is a repeat; another issue type or eight days are none.
    ("ben", "South", "k6", "login", (3, 9), (3, 10), (3, 10), 300.0, "resolved", 0.0, 2.0),
    ("ben", "South", "k6", "login", (3, 9), (3, 11), (3, 11), 400.0, "resolved", 0.0, None),
    ("ben", "South", "k6", "refund", (4, 9), (4, 11), (4, 11), 500.0, "unresolved", 0.0, None),
    ("ben", "South", "k6", "login", (11, 9), (11, 11), (11, 11), 500.0, "resolved", 0.0, None),
]  # fmt: skip


@pytest.fixture(scope="session")
def by_hand(tmp_path_factory):
    arrays = {
        name: pa.array([typed(name, row[place]) for row in ROWS], kind(name))
        for place, name in enumerate(COLUMNS)
    }
    for name in WORDS:
        arrays[name] = arrays[name].dictionary_encode()
    path = tmp_path_factory.mktemp("peers") / "interactions.parquet"
    parquet.write_table(pa.table(arrays), path)
    return path


def typed(name, cell):
    return datetime(2026, 11, *cell) if name in MOMENTS and cell else cell  # noqa: DTZ001 - as the file


def kind(name):
    if name in MOMENTS:
        return pa.timestamp("us")
    return pa.string() if name in {*WORDS, "customer_id"} else pa.float64()


@pytest.fixture(params=list(PEERS))
def peer(request):
    return PEERS[request.param]


def test_one_agents_week_has_the_figures_worked_out_by_hand(peer, by_hand):
    assert peer["agent_week"](by_hand, WEEK) == {
        "ana": {
            "aht": pytest.approx(300),
            "aht_median": pytest.approx(200),
            "aht_p90": pytest.approx(520),
            "n": 3,
            "volume": 4,
            "escalation_rate": pytest.approx(1 / 3),
            "resolution_rate": pytest.approx(1 / 2),
            "csat": pytest.approx(2 / 3),
        }
    }


def test_all_agents_week_lists_each_who_was_named(peer, by_hand):
    figures = peer["agents_week"](by_hand, WEEK)
    assert list(figures) == ["ana", "ben"]
    assert figures["ben"] == {
        "aht": 400,
        "aht_median": 400,
        "aht_p90": 480,
        "volume": 3,
        "csat": 0,
    }


def test_a_teams_weeks_count_the_unanswered_in_its_volume(peer, by_hand):
    fortnight = Question(date(2026, 10, 26), date(2026, 11, 8), team="North")
    figures = peer["team_weeks"](by_hand, fortnight)
    assert list(figures) == ["2026-10-26", "2026-11-02"]
    assert figures["2026-10-26"]["volume"] == 2
    assert figures["2026-10-26"]["csat"] is None
    assert figures["2026-11-02"]["volume"] == 5


def test_the_ranking_starts_with_the_shortest_handle_time(peer, by_hand):
    figures = peer["year_ranking"](by_hand, WEEK)
    assert list(figures) == ["ana", "ben"]
    assert figures["ben"]["n"] == 3


def test_first_contact_resolution_follows_repeat_contacts(peer, by_hand):
    month = Question(date(2026, 11, 1), date(2026, 11, 30))
    figures = peer["year_fcr"](by_hand, month)
    # Ana: k1 came back, k1 escalated, k2 came back, k3 reopened; only k4 is a success.
    assert figures["ana"] == {"fcr": pytest.approx(1 / 5), "n": 5}
    # Ben: the first of two in one second was followed by the other, which was not.
    assert figures["ben"] == {"fcr": pytest.approx(2 / 4), "n": 4}


@pytest.mark.parametrize("reading", READINGS)
def test_the_peers_agree(folder, reading):
    asked = questions(date(2026, 11, 15), "agent00007@example.com", "Team 02")[reading]
    one, *others = (PEERS[peer][reading](folder / "interactions.parquet", asked) for peer in PEERS)
    assert len(one) > 0
    assert max(difference(one, other) for other in others) < 1e-9


def test_a_missing_group_or_figure_is_a_difference():
    assert difference({"ana": {"n": 1}}, {}) == float("inf")
    assert difference({"ana": {"n": 1}}, {"ana": {"n": None}}) == float("inf")


def test_a_group_of_nothing_is_left_out():
    assert answer([("ana", None, 0), ("ben", 0.0, 0)], ("csat", "n")) == {
        "ben": {"csat": 0, "n": 0}
    }


def test_the_table_names_every_reading(folder, capsys):
    main([str(folder / "interactions.parquet"), "--times", "1", "--peer", "polars"])
    printed = capsys.readouterr().out
    assert all(f"| {reading} " in printed for reading in READINGS)
