"""The shipped sample data: well formed, licensed, about nobody, and to be made again."""

import csv
import gzip
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.make_samples import GIVEN_OUT, SAMPLES, TELLING, make
from tests.judges.outside import outside

MOST_BYTES = 500_000
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
INSTANTS = ("created_at", "started_at", "first_reply_at", "ended_at")
COLUMNS = {
    *("interaction_id", "agent", "customer_id", "channel", "issue_type", "complexity", *INSTANTS),
    *("handle_seconds", "outcome", "csat", "csat_scale"),
}


@pytest.fixture(scope="module")
def interactions() -> list[dict[str, str]]:
    return list(csv.DictReader(unpacked(SAMPLES / "interactions.csv.gz").splitlines()))


@pytest.fixture(scope="module")
def transcripts() -> list[dict]:
    return [json.loads(line) for line in unpacked(SAMPLES / "transcripts.jsonl.gz").splitlines()]


@pytest.fixture(scope="module")
def roster() -> dict[str, dict[str, str]]:
    with (SAMPLES / "roster.csv").open(encoding="utf-8") as file:
        return {row["agent"]: row for row in csv.DictReader(file)}


def test_there_is_enough_to_show_and_little_to_carry(interactions: list[dict[str, str]]) -> None:
    assert 800 <= len(interactions) <= 1200
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < MOST_BYTES


def test_every_row_has_what_records_need(interactions: list[dict[str, str]]) -> None:
    assert set(interactions[0]) == COLUMNS
    required = ("interaction_id", "agent", "started_at", "customer_id", "issue_type")
    assert [row for row in interactions if not all(row[column] for column in required)] == []
    assert len({row["interaction_id"] for row in interactions}) == len(interactions)


def test_the_words_are_those_that_records_know(interactions: list[dict[str, str]]) -> None:
    assert {row["outcome"] for row in interactions} == {"resolved", "unresolved", "abandoned", ""}
    answers = {(row["csat"], row["csat_scale"]) for row in interactions}
    assert answers == {("2", "2"), ("1", "2"), ("", "")}


def test_instants_are_in_order_and_name_their_zone(interactions: list[dict[str, str]]) -> None:
    for row in interactions:
        known = [datetime.fromisoformat(row[column]) for column in INSTANTS if row[column]]
        assert known == sorted(known)
        assert {instant.utcoffset() for instant in known} == {timedelta(0)}


def test_no_part_is_longer_than_its_span(interactions: list[dict[str, str]]) -> None:
    for row in interactions:
        span = datetime.fromisoformat(row["ended_at"]) - datetime.fromisoformat(row["started_at"])
        assert 0 <= int(row["handle_seconds"]) <= span.total_seconds()


def test_every_chat_has_its_transcript(
    interactions: list[dict[str, str]], transcripts: list[dict]
) -> None:
    told = [transcript["interaction_id"] for transcript in transcripts]
    assert told == [row["interaction_id"] for row in interactions]
    messages = [message for transcript in transcripts for message in transcript["messages"]]
    assert {message["author"] for message in messages} == {"customer", "agent"}
    assert all(message["text"].strip() for message in messages)


def test_every_agent_is_on_the_roster_under_a_manager(
    interactions: list[dict[str, str]], roster: dict[str, dict[str, str]]
) -> None:
    agents = {name for name, person in roster.items() if person["role"] == "agent"}
    assert {row["agent"] for row in interactions} == agents
    assert len({roster[agent]["team"] for agent in agents}) == 3
    for agent in agents:
        manager = roster[roster[agent]["manager"]]
        assert (manager["role"], manager["team"]) == ("manager", roster[agent]["team"])


def test_people_have_addresses_that_can_reach_nobody(
    roster: dict[str, dict[str, str]], transcripts: list[dict]
) -> None:
    assert all(agent.endswith("@example.com") for agent in roster)
    assert ADDRESS.findall(json.dumps(transcripts)) == []


def test_long_numbers_and_dates_are_those_of_the_roles(transcripts: list[dict]) -> None:
    said = [message["text"] for chat in transcripts for message in chat["messages"]]
    told = {number for text in said for number in TELLING.findall(text)}
    assert told <= GIVEN_OUT
    # A telephone number, however it is spaced, has at least nine digits.
    spaced = {"".join(filter(str.isdigit, run)) for text in said for run in digits(text)}
    assert {run for run in spaced if len(run) >= 9} <= GIVEN_OUT


def test_the_notice_of_the_set_goes_with_it() -> None:
    notice = (SAMPLES / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright (c) 2020 Rasa Technologies GmbH" in notice
    assert "Permission is hereby granted, free of charge" in notice


def test_the_description_tells_the_right_numbers(interactions: list[dict[str, str]]) -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    customers = {row["customer_id"] for row in interactions}
    agents = {row["agent"] for row in interactions}
    assert f"{len(interactions):,} customer-service chats" in text
    assert f"{len(agents)} agents, {len(customers)}\ncustomers" in text


@pytest.mark.outside_data
def test_the_samples_can_be_made_again(tmp_path: Path) -> None:
    make(outside("star_chats"), tmp_path)
    for path in tmp_path.iterdir():
        assert unpacked(path) == unpacked(SAMPLES / path.name)


def digits(text: str) -> list[str]:
    """Runs of digits with no more than one other sign between them."""
    return re.findall(r"\d(?:[ ().-]?\d){8,}", text)


def unpacked(path: Path) -> str:
    """The text of a file, packed or not."""
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
