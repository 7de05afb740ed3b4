"""The documents are true: their calls run, their tables match the code, their links lead on."""

import argparse
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.settings import PREFIX, Settings
from scoring.intake.columns import FIGURES, KINDS
from scoring.intake.transcripts import Message, Said
from scoring.kpis import load_catalogue
from scoring.working_hours import read_working_hours
from tests.terminal import CHECKOUT, Terminal, own_settings

PAGES = ("README.md", *(f"docs/{path.name}" for path in sorted((CHECKOUT / "docs").glob("*.md"))))
TEXTS = (*PAGES, "CHANGELOG.md", "bench/README.md", "scoring/samples/README.md")
FILE = re.compile(r"^`([\w.-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"^\$ (?:\.venv/bin/)?evenkeel (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
each_page = pytest.mark.parametrize("page", PAGES)


def text_of(page):
    return (CHECKOUT / page).read_text(encoding="utf-8")


def part_of(page, heading):
    """What stands under a heading, up to the next one of its level or above."""
    level = heading.split()[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(level)}}} |\Z)", text_of(page), re.M | re.S
    )
    assert found, f"{page} has no “{heading}”"
    return found[1]


def first_column(text):
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def anchors(page):
    """The names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one).lower().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page):
    for link in LINK.findall(re.sub(r"\[\[\[cog.*?\]\]\]", "", text_of(page), flags=re.DOTALL)):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = (CHECKOUT / page).parent / path if path else CHECKOUT / page
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target.relative_to(CHECKOUT)), f"{page}: {link}"


def test_the_readme_leads_to_every_document():
    links = set(LINK.findall(text_of("README.md")))
    assert set(PAGES[1:]) <= links


@pytest.mark.parametrize("page", TEXTS)
def test_no_document_names_a_place_outside_the_project(page):
    text = text_of(page)
    assert not re.search(r"/work\b|\.\./shared|shared/|/tmp/|/home/|/root/", text)
    assert not re.search(r"\bTODO\b|\bTBD\b|\bFIXME\b", text)


@each_page
def test_no_line_is_too_long_to_read_in_an_editor(page):
    prose = re.sub(
        r"\[\[\[cog.*?\[\[\[end\]\]\]|^```.*?^```", "", text_of(page), flags=re.M | re.S
    )
    long = [line for line in prose.splitlines() if len(line) > 130 and not line.startswith("|")]
    assert not long


def test_generated_parts_are_fresh():
    done = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", "--diff", *PAGES],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"Run make docs.\n{done.stdout}{done.stderr}"


@each_page
def test_the_calls_of_a_document_give_what_it_shows(page, tmp_path, monkeypatch, capsys):
    own_settings(monkeypatch, COLUMNS="100")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scoring").symlink_to(CHECKOUT / "scoring")
    for name, content in FILE.findall(text_of(page)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    for words, shown in CALL.findall("".join(SHOWN.findall(text_of(page)))):
        said = Terminal(capsys)(words)
        assert said.status in (0, 1), said.err
        if shown.strip():
            assert lines(said.out) == lines(shown), words


def lines(text):
    return [line_of(line.rstrip()) for line in text.splitlines() if line.strip()]


def line_of(line):
    """A line to compare; the last digits of a number are the machine's own."""
    if not line.startswith("{"):
        return line
    return {
        name: pytest.approx(value) if isinstance(value, float) else value
        for name, value in json.loads(line).items()
    }


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_that_is_named_is_there(page):
    named = re.findall(r"(?:`|^\$ |bin/)evenkeel ([a-z]+)", text_of(page), re.MULTILINE)
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_all_its_flags(name):
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(f"bot.terminal.{name}_command").add_words(parser)
    flags = set(re.findall(r"--[a-z][a-z-]*", parser.format_usage()))
    section = part_of("docs/cli.md", f"## `evenkeel {name}`")
    assert set(re.findall(r"--[a-z][a-z-]*", section)) - {"--json"} == flags


def test_the_keys_of_a_scorecard_line_are_told(tmp_path, monkeypatch, capsys):
    own_settings(monkeypatch)
    monkeypatch.chdir(tmp_path)
    words = "scorecard --by all --kpi volume --json"
    (line,) = Terminal(capsys)(words).rows
    table = part_of("docs/cli.md", "## `evenkeel scorecard`")
    rows = re.findall(r"^\| (`.*?`(?:, `.*?`)*) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    labels = ["channel", "issue_type", "priority"]
    assert [name for name in named if name not in labels and name in line] == list(line)
    assert set(labels) <= set(named)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_a_file_has_its_line(kind):
    assert first_column(part_of("docs/records.md", f"## {kind.capitalize()}")) == list(
        KINDS[kind].names
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_that_must_be_there_is_marked(kind):
    part = part_of("docs/records.md", f"## {kind.capitalize()}")
    always = re.findall(r"^\| `(\w+)` \| always \|", part, re.MULTILINE)
    assert sorted(always) == sorted(KINDS[kind].required)


def test_a_transcript_is_told_as_it_is_read():
    part = part_of("docs/records.md", "## Transcripts")
    names = [*Said.model_fields, *Message.model_fields]
    assert sorted(first_column(part)) == sorted(names)


def test_every_figure_s_measure_is_told():
    part = part_of("docs/records.md", "## Figures")
    assert all(f"`{name}`" in part for name in FIGURES)


def test_every_setting_has_its_line():
    names = first_column(part_of("docs/running.md", "## Settings"))
    assert names == [PREFIX + name.upper() for name in Settings.model_fields]


def test_every_kpi_has_its_section():
    headings = re.findall(r"^### .* \(`(\w+)`\)$", text_of("docs/kpis.md"), re.MULTILINE)
    assert sorted(headings) == sorted(load_catalogue())


@pytest.fixture
def example(tmp_path):
    def example(page, name):
        path = tmp_path / name
        path.write_text(dict(FILE.findall(text_of(page)))[name], encoding="utf-8")
        return path

    return example


def test_the_example_of_working_hours_is_read_as_it_is_told(example):
    hours = read_working_hours(example("docs/running.md", "hours.toml"))
    assert set(hours) == {None, "Night desk"}
    assert hours["Night desk"].holidays == hours[None].holidays
    monday = hours[None].week[0]
    assert [(since // 60, until // 60) for since, until in monday] == [(540, 750), (810, 1080)]


def test_the_example_of_own_kpis_is_laid_over_the_catalogue(example):
    catalogue = load_catalogue(example("docs/running.md", "our_kpis.toml"))
    assert catalogue["aht"].band == (300, 540)
    assert catalogue.find("p90 speed of answer").measure == "queue_seconds"
    assert catalogue["asa_p90"].guards == catalogue["asa"].guards


def test_the_targets_of_make_that_the_readme_names_are_there():
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", "".join(map(text_of, PAGES)), re.M))
    assert {"demo", "check"} <= named <= targets


def test_the_changelog_begins_with_what_is_not_released():
    headings = re.findall(r"^##+ (.*)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", "Added"]


def test_every_command_is_in_the_changelog():
    assert all(f"`evenkeel {name}`" in text_of("CHANGELOG.md") for name in COMMANDS)


def test_the_readme_is_read_in_five_minutes():
    shown = re.sub(r"<!--.*?-->", "", text_of("README.md"), flags=re.DOTALL)
    prose = [line for line in shown.splitlines() if not line.startswith("|")]
    assert len(" ".join(prose).split()) < 5 * 200


def test_the_kpis_that_are_counted_are_as_many_as_there_are():
    assert f"{len(load_catalogue())} KPIs" in text_of("CHANGELOG.md")


def test_every_picture_is_there():
    assert Path(CHECKOUT, "docs", "scorecard.svg").read_text("utf-8").startswith("<svg ")
