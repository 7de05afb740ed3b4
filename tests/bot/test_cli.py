"""The command line as a whole: which command runs, how it ends, what it loads."""

import errno
import io
import os
import re
import signal
import subprocess
import sys

import pytest

from bot import cli
from bot.settings import FLAGS
from bot.terminal import kpis_command
from tests.terminal import CHECKOUT, environment, in_process

WRONG = (
    "nosuch",
    "--bogus",
    "--databas x.db check",
    "--week-starts tuesday check",
    "--now whenever check",
    "--timezone Mars/One check",
    "scorecard --bogus",
    "scorecard --by nonsense",
    "scorecard --by team,nonsense",
    "scorecard --kpi nosuch",
    "scorecard --period gibberish",
    "scorecard --period 'next week'",
    "kpis nosuch",
    "kpis aht fcr",
    "import",
    "import interactions",
    "import nosuch x.csv",
    "export",
    "export nosuch",
    "upgrade now",
    "check it",
)


def test_every_command_has_a_module_and_every_module_a_line():
    modules = {path.stem for path in (CHECKOUT / "bot" / "terminal").glob("*_command.py")}
    assert modules == {f"{name}_command" for name in cli.COMMANDS}


def test_without_a_command_the_program_tells_its_commands(evenkeel):
    said = evenkeel()
    assert said.status == 0
    assert all(f"{name} " in said.out for name in cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_help_tells_the_words_of_a_command(evenkeel, name):
    said = evenkeel(name, "--help")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"usage: evenkeel {name} ")
    assert "--database" in said.out


@pytest.mark.parametrize("words", WRONG)
def test_wrong_words_end_with_two_and_say_what_is_wrong(evenkeel, words):
    said = evenkeel(words)
    assert (said.status, said.out) == (2, "")
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_flags_may_stand_before_the_command_and_after_it(evenkeel):
    before = evenkeel("--json --now 2026-11-20T12:00:00Z check")
    after = evenkeel("check --now 2026-11-20T12:00:00Z --json")
    assert before == after
    assert "clock 2026-11-20T12:00:00+00:00" in before.rows[0]["said"]


def test_a_flag_s_value_may_be_the_name_of_a_command(evenkeel, tmp_path):
    said = evenkeel("--database demo check --json")
    assert said.status == 0
    assert (tmp_path / "demo").is_file()


def test_the_flags_of_every_command_are_settings():
    flags = set(re.findall(r"--([a-z-]+)", cli._shared().format_usage())) - {"json"}
    assert flags == {name.replace("_", "-") for name in FLAGS}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("scorecard --agent nobody", "No agent is called “nobody”"),
        ("scorecard --team nobody", "The teams are: none yet."),
        ("import interactions missing.csv", "missing.csv cannot be opened"),
        ("export interactions --out missing/x.csv", "missing/x.csv cannot be written"),
    ],
)
def test_what_cannot_be_answered_ends_with_one(evenkeel, words, told):
    said = evenkeel(words)
    assert (said.status, said.out) == (1, "")
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_a_setting_of_the_environment_that_cannot_be_used_ends_with_one(evenkeel, monkeypatch):
    monkeypatch.setenv("EVENKEEL_REPEAT_DAYS", "99")
    said = evenkeel("check")
    assert (said.status, said.out) == (1, "")
    assert "EVENKEEL_REPEAT_DAYS “99”" in said.err


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("missing/evenkeel.db", "It cannot be opened"),
        ("notes.txt", "It is not an Evenkeel database, or damaged"),
        ("mysql://host/name", "Evenkeel does not know mysql"),
        ("://", "The database address cannot be read"),
        ("postgresql://nobody@127.0.0.1:1/nothing", ""),
    ],
)
def test_a_database_that_cannot_be_reached_ends_with_three(evenkeel, tmp_path, database, told):
    (tmp_path / "notes.txt").write_text("These are no tables, however long one reads.\n" * 50)
    said = evenkeel("scorecard", "--database", database)
    assert (said.status, said.out) == (3, "")
    assert told in said.err
    assert "Traceback" not in said.err


def test_ctrl_c_stops_with_a_sentence(evenkeel, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(kpis_command, "run", interrupted)
    said = evenkeel("kpis")
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("Stopped.")


def test_a_full_disk_is_told_in_a_sentence(monkeypatch, capsys):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert cli.main(["kpis"]) == 1
    assert "The output cannot be read or written: No space left" in capsys.readouterr().err


def started(*words, cwd, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd,
        env=environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    with started("kpis", "--json", cwd=tmp_path, stdout=writing) as program:
        os.close(writing)
        assert (program.wait(60), program.stderr.read()) == (0, "")


def test_ctrl_c_during_an_import_leaves_no_trace(sqlite_file):
    pipe = sqlite_file.with_name("endless.csv")
    os.mkfifo(pipe)
    # Opening the pipe waits until the program has opened its end, and is reading.
    with (
        started("import", "interactions", str(pipe), cwd=pipe.parent) as program,
        pipe.open("w"),
    ):
        program.send_signal(signal.SIGINT)
        _, told = program.communicate(timeout=60)
    assert program.returncode == 1
    assert told.startswith("Stopped.")
    assert "Traceback" not in told


def test_the_module_is_the_same_program(evenkeel, tmp_path):
    with started("kpis", "aht", "--json", cwd=tmp_path, stdout=subprocess.PIPE) as program:
        out, _ = program.communicate(timeout=60)
    assert (program.returncode, out) == (0, evenkeel("kpis aht --json").out)


LOADED = """
import json, sys
from bot.cli import main
for words in json.loads(sys.argv[1]):
    main(words)
loaded = {name.partition('.')[0] for name in sys.modules}
print(*sorted(loaded & set(sys.argv[2].split())), file=sys.stderr)
"""


def loaded(calls, among, cwd):
    done = in_process(LOADED, calls, among, cwd=cwd)
    return done.stderr.split("\n")[-2]


def test_help_loads_no_database_and_no_tables(tmp_path):
    calls = ", ".join(f'["{name}", "--help"]' for name in cli.COMMANDS)
    among = "sqlalchemy sqlmodel alembic rich numpy slack_bolt"
    assert not loaded(f'[["--help"], {calls}]', among, tmp_path)


def test_a_scorecard_loads_nothing_that_it_does_not_need(take_in, tmp_path):
    take_in({"interaction_id": "c1", "agent": "ana", "started_at": "2026-11-09T09:00:00Z"})
    call = '[["scorecard", "--by", "agent", "--period", "2026-11-09", "--kpi", "aht,fcr"]]'
    among = (
        "alembic numpy pandas polars duckdb pyarrow scipy statsmodels textblob nltk slack_bolt"
        " slack_sdk openai langchain langchain_core psycopg"
    )
    assert not loaded(call, among, tmp_path)
