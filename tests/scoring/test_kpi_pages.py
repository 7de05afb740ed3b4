"""The catalogue as Markdown."""

import math

import pytest

from scoring.kpi_pages import (
    FAMILIES,
    example,
    footings,
    interval,
    overview,
    section,
    sections,
    table,
    target,
)
from scoring.kpis import Kpi, load_catalogue

CATALOGUE = load_catalogue()


def kpi(**entry):
    told = {
        "key": "holds",
        "name": "Holds",
        "unit": "seconds",
        "family": "load",
        "better": "lower",
        "level": "team",
        "counted": "ended",
        "words": ("holds", "waiting on hold"),
        "about": "How long customers were on hold.",
        "example": {"handle_seconds": [60, math.nan], "value": 60},
    }
    kind = {} if set(entry) & {"share", "figures", "ratio"} else {"mean": "handle_seconds"}
    return Kpi(**{**told, **kind, **entry})


def test_the_overview_has_a_line_for_each():
    lines = overview(CATALOGUE.values()).splitlines()
    assert len(lines) == 2 + len(CATALOGUE)
    assert lines[2] == (
        "| Average handle time | `aht` | seconds | within a band | 4 min 00 s to 7 min 00 s"
        " | coaching |"
    )


def test_the_footings_say_when_and_for_whom_a_record_counts():
    assert footings([CATALOGUE["fcr"]]).splitlines()[2] == (
        "| `fcr` | records where first contact holds / records where it is known | percent"
        " | in the period in which the contact was made | the first agent of the contact |"
    )


def test_a_section_says_all_that_the_entry_says():
    assert section(kpi(target=90, watch="Rare.", source="Own", guards=("fcr",))) == (
        "### Holds (`holds`)\n\n"
        "How long customers were on hold.\n\n"
        "- *Formula*: sum of handle seconds / records where it is known\n"
        "- *Unit*: seconds\n"
        "- *Better*: lower\n"
        "- *Target*: 1 min 30 s\n"
        "- *Counted*: in the period in which the agent's part ended\n"
        "- *A contact with several agents counts for*: each agent, with their own part\n"
        "- *Level*: teams and the whole only\n"
        "- *Interval*: Student's t on the logarithm, so never below 0\n"
        "- *Compared*: from n = 20 on\n"
        "- *Guarded by*: `fcr`\n"
        "- *Source*: Own\n"
        "- *Also called*: holds, waiting on hold\n\n"
        "**Beware.** Rare.\n\n"
        "**Example.** `handle_seconds` 60, not known: 1 min 00 s."
    )


def test_what_an_entry_does_not_say_has_no_line():
    text = section(kpi())
    assert "Target" not in text
    assert "Guarded" not in text
    assert "Beware" not in text


def test_every_kpi_has_a_section_under_its_family():
    text = "\n" + sections(CATALOGUE.values())
    for key, one in CATALOGUE.items():
        before = text[: text.index(f"(`{key}`)\n")]
        assert before.rpartition("\n## ")[2].startswith(FAMILIES[one.family])


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("fcr", "Wilson"),
        ("nps", "Bonett"),
        ("volume", "Byar"),
        ("productivity", "Byar"),
        ("aht", "logarithm"),
        ("ces", "scale"),
        ("ess", "scale"),
        ("aht_median", "rank"),
        ("backlog_age", "rank"),
        ("utilization", "delta"),
        ("occupancy", "none"),
        ("retention", "Wilson"),
        ("self_service", "none"),
        ("cost_per_contact", "none"),
    ],
)
def test_the_interval_is_told(key, told):
    assert told in interval(CATALOGUE[key])


@pytest.mark.parametrize(
    ("aim", "told"), [((), ""), (0.75, "75.0 %"), ((0.5, 0.625), "50.0 % to 62.5 %")]
)
def test_a_target_is_written_with_its_unit(aim, told):
    assert target(kpi(unit="percent", target=aim)) == told


def test_an_example_of_two_measures_names_both():
    assert example(CATALOGUE["productivity"]) == (
        "**Example.** `handled` 1, 1, 1; `shift.on_queue_hours` 2: 1.50."
    )


def test_a_bar_does_not_end_a_cell():
    assert table(["a"], [["x|y"]]).splitlines()[2] == "| x&#124;y |"
