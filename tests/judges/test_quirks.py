"""What other people's files are like: each oddity once, with figures worked out by hand."""

import gzip
from collections.abc import Callable

import pytest

from tests.judges import phone_log
from tests.judges.plain_files import csv_file, json_lines_file
from tests.judges.program import Program, Scorecard

Figure = tuple[str, str, str, float, int]

NOW = "2026-12-31T00:00:00Z"
PHONE_KPIS = (
    *("volume", "abandonment_rate", "aht", "asa", "frt", "csat", "resolution_rate", "fcr"),
    "repeat_contact_rate",
)
# Monday 4 January 2021 is written 4/1/2021. P6 rings on Sunday and is answered on Monday. P4 and
# P5 were not answered; P1 to P3 ring in the same second, two of them for one agent.
PHONE_LOG = """\
Call Id,Agent ,Date,Time,Topic,Answered (Y/N),Resolved,\
Speed of answer in seconds,AvgTalkDuration,Satisfaction rating
P1,Diane,4/1/2021,9:12:58,Contract,Y,Y,109,00:02:23,3
P2,Becky,4/1/2021,9:12:58,Technical,Y,N,70,0:04:02,3
P3,Diane,4/1/2021,9:12:58,Contract,Y,Y,10,00:01:30,5
P4,Diane,5/1/2021,14:00:00,Streaming,N,N,?,?,?
P5,Becky,6/1/2021,8:05:09,Streaming,N,N,?,?,?
P6,Becky,10/1/2021,23:59:30,Payment,Y,Y,40,00:05:10,4
P7,Becky,11/1/2021,10:00:00,Payment,Y,Y,20,00:01:00,?
P8,Joe,12/1/2021,17:45:01,Admin,Y,Y,25,00:03:00,5
"""
PHONE_DAYS = ("--period", "2021-01-04..2021-01-17")
FIRST, SECOND = "2021-01-04", "2021-01-11"
PHONE_FIGURES = (
    # agent, week, KPI, value, n
    ("Diane", FIRST, "volume", 3, 3),
    ("Diane", FIRST, "abandonment_rate", 1 / 3, 3),
    ("Diane", FIRST, "aht", (143 + 90) / 2, 2),
    ("Diane", FIRST, "asa", (109 + 10) / 2, 2),
    ("Diane", FIRST, "frt", (109 + 10) / 2, 2),
    ("Diane", FIRST, "csat", 1 / 2, 2),
    ("Diane", FIRST, "resolution_rate", 1, 2),
    ("Diane", FIRST, "fcr", 1, 2),
    # P6 was asked for in the first week, but ended in the second.
    ("Becky", FIRST, "volume", 3, 3),
    ("Becky", FIRST, "abandonment_rate", 1 / 3, 3),
    ("Becky", FIRST, "frt", (70 + 40) / 2, 2),
    ("Becky", FIRST, "resolution_rate", 1 / 2, 2),
    ("Becky", FIRST, "fcr", 1 / 2, 2),
    ("Becky", FIRST, "aht", 242, 1),
    ("Becky", FIRST, "csat", 0, 1),
    ("Becky", SECOND, "volume", 1, 1),
    ("Becky", SECOND, "abandonment_rate", 0, 1),
    ("Becky", SECOND, "aht", (310 + 60) / 2, 2),
    ("Becky", SECOND, "csat", 1, 1),
    ("Joe", SECOND, "volume", 1, 1),
    ("Joe", SECOND, "aht", 180, 1),
)
# The same and other oddities in the project's own form: a byte order mark, lines that end as
# Windows ends them, blank lines, a header with a blank behind it.
PLAIN = "\ufeff" + "\r\n".join(
    [
        "interaction_id,agent ,created_at,started_at,first_reply_at,ended_at,"
        "talk_seconds,hold_seconds,wrap_seconds,handle_seconds,outcome",
        # Replied to before it was created: no first response time, and a contact all the same.
        "a1,ana@example.com,2026-11-09T09:00:00Z,2026-11-09T09:00:00Z,2026-11-09T08:59:00Z,"
        "2026-11-09T09:03:00Z,00:01:30,0:00:10,20,,resolved",
        "",
        # Two of one agent in the same second, with nothing else to tell them apart.
        "a2,ana@example.com,,2026-11-10T10:00:00Z,,2026-11-10T10:05:00Z,00:01:00,,,,resolved",
        "a3,ana@example.com,,2026-11-10T10:00:00Z,,2026-11-10T10:05:00Z,00:01:00,,,,resolved",
        # A handle time of 0 is one that is not known; there is a reply, so somebody answered.
        "a4,ana@example.com,,2026-11-11T10:00:00Z,2026-11-11T10:00:30Z,2026-11-11T10:05:00Z,"
        ",,,0,unresolved",
        "",
        # Nobody answered, yet an agent is named.
        "b1,ben@example.com,,2026-11-12T10:00:00Z,,2026-11-12T10:01:00Z,,,,0,abandoned",
        # Given up after a reply: that agent's contact.
        "b2,ben@example.com,,2026-11-13T10:00:00Z,2026-11-13T10:00:40Z,,,,,,abandoned",
        # From Sunday to Monday.
        "b3,ben@example.com,,2026-11-15T23:58:00Z,2026-11-15T23:58:20Z,2026-11-16T00:02:00Z,"
        ",,,00:04:00,resolved",
        "",
        "",
    ]
)
PLAIN_KPIS = ("volume", "abandonment_rate", "aht", "frt", "resolution_rate", "sentiment")
PLAIN_FIGURES = (
    # agent, week, KPI, value, n
    ("ana@example.com", "2026-11-09", "volume", 4, 4),
    ("ana@example.com", "2026-11-09", "aht", (120 + 60 + 60) / 3, 3),
    ("ana@example.com", "2026-11-09", "frt", 30, 1),
    ("ana@example.com", "2026-11-09", "resolution_rate", 3 / 4, 4),
    ("ana@example.com", "2026-11-09", "abandonment_rate", 0, 4),
    ("ben@example.com", "2026-11-09", "volume", 3, 3),
    ("ben@example.com", "2026-11-09", "abandonment_rate", 2 / 3, 3),
    ("ben@example.com", "2026-11-09", "frt", (40 + 20) / 2, 2),
    ("ben@example.com", "2026-11-09", "resolution_rate", 1, 1),
    ("ben@example.com", "2026-11-16", "aht", 240, 1),
)


@pytest.fixture(scope="module")
def phone(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Program:
    room = tmp_path_factory.mktemp("phone")
    program = Program(new_database(), room, NOW)
    calls = csv_file(phone_log.interactions(PHONE_LOG), room / "phone.csv")
    program.take_in("interactions", calls, "phone")
    return program


@pytest.fixture(scope="module")
def phone_weeks(phone: Program) -> Scorecard:
    return phone.scorecard("--by", "agent,week", *PHONE_DAYS, kpis=PHONE_KPIS)


@pytest.fixture(scope="module")
def plain(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Program:
    room = tmp_path_factory.mktemp("plain")
    (room / "plain.csv").write_text(PLAIN, encoding="utf-8", newline="")
    program = Program(new_database(), room, NOW)
    program.take_in("interactions", room / "plain.csv", "plain")
    return program


@pytest.fixture(scope="module")
def plain_weeks(plain: Program) -> Scorecard:
    return weekly(plain)


@pytest.mark.parametrize("figure", PHONE_FIGURES)
def test_a_phone_log_gives_the_figures_worked_out_by_hand(
    phone_weeks: Scorecard, figure: Figure
) -> None:
    agent, week, kpi, value, n = figure
    line = phone_weeks.line(kpi, agent=agent, week=week)
    assert (line["value"], line["n"]) == (pytest.approx(value), n)


def test_a_week_of_one_contact_has_its_value_and_says_too_few(phone_weeks: Scorecard) -> None:
    line = phone_weeks.line("aht", agent="Joe", week=SECOND)
    assert (line["value"], line["n"], line["verdict"]) == (180, 1, "too_few")


def test_calls_nobody_took_count_for_the_whole(phone: Program) -> None:
    whole = phone.scorecard("--by", "all", *PHONE_DAYS, kpis=PHONE_KPIS)
    assert whole.line("volume")["value"] == 8
    assert whole.line("abandonment_rate")["value"] == pytest.approx(2 / 8)
    assert whole.line("asa")["value"] == pytest.approx((109 + 70 + 10 + 40 + 20 + 25) / 6)


def test_where_no_customer_is_known_no_repeat_is_either(phone: Program) -> None:
    whole = phone.scorecard("--by", "all", *PHONE_DAYS, kpis=["repeat_contact_rate"])
    line = whole.line("repeat_contact_rate")
    assert (line["value"], line["n"], line["why_none"]) == (None, 0, "no_records")


@pytest.mark.parametrize("figure", PLAIN_FIGURES)
def test_a_plain_file_gives_the_figures_worked_out_by_hand(
    plain_weeks: Scorecard, figure: Figure
) -> None:
    agent, week, kpi, value, n = figure
    line = plain_weeks.line(kpi, agent=agent, week=week)
    assert (line["value"], line["n"]) == (pytest.approx(value), n)


def test_the_same_file_packed_changes_nothing(plain: Program, plain_weeks: Scorecard) -> None:
    packed = plain.workplace / "packed.csv.gz"
    packed.write_bytes(gzip.compress(PLAIN.encode()))
    plain.take_in("interactions", packed, "plain")
    assert weekly(plain) == plain_weeks


def test_a_chat_with_no_turn_at_all_has_no_mood(plain: Program, plain_weeks: Scorecard) -> None:
    silent = json_lines_file(
        [{"interaction_id": "a1", "messages": []}], plain.workplace / "silent.jsonl"
    )
    plain.take_in("transcripts", silent, "plain")
    assert weekly(plain) == plain_weeks


def test_the_mood_of_nothing_said_is_not_known(plain_weeks: Scorecard) -> None:
    values = {line["value"] for line in plain_weeks.lines if line["kpi"] == "sentiment"}
    assert values <= {None}


def weekly(program: Program) -> Scorecard:
    """Every agent's weeks of the plain file."""
    days = ("--period", "2026-11-09..2026-11-22")
    return program.scorecard("--by", "agent", "--by", "week", *days, kpis=PLAIN_KPIS)
