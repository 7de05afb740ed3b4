"""Bad input, bad places and bad moments: a sentence and a status, and a database that is sound."""

import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest

from scoring.database import connect
from scoring.intake import plain
from scoring.upkeep import refound
from tests.factories import (
    desk_of,
    interaction,
    interactions,
    taken,
    workspace_of,
    write_csv,
)
from tests.terminal import Terminal, environment, own_settings

DONE, REFUSED, WRONG_WORDS, UNREACHABLE = range(4)
NAMES = "interaction_id,agent,started_at\n"
ROW = "c1,ana,2026-11-09T09:00Z\n"
SECRET = environment()["EVENKEEL_CUSTOMER_KEY"].encode()
SMALL_CHUNKS = "from scoring.intake import plain, receipt\nplain.CHUNK = 100\n"
DYING = """
def dying(step, times=iter(range(99))):
    def die_the_third_time(*given):
        if next(times) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*given)
    return die_the_third_time
"""
# The superuser may write everywhere, unless it lays that right down.
NO_SUPERUSER = """
import ctypes
if os.geteuid() == 0:
    libc, rights = ctypes.CDLL(None), (ctypes.c_uint32 * 6)()
    head = (ctypes.c_uint32 * 2)(0x20080522)
    assert libc.capget(head, rights) == 0
    rights[0] &= ~(1 << 1)
    assert libc.capset(head, rights) == 0
"""
LITTLE_MEMORY = "import resource\nresource.setrlimit(resource.RLIMIT_DATA, (300 << 20,) * 2)\n"
LITTLE_ROOM = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20,) * 2)\n"


@pytest.fixture
def start(sqlite_file):
    """Starts `evenkeel import` in the folder of a database, after the code ``first``."""

    def start(*words, first="", **how):
        program = f"import os, signal, sys\n{first}\nfrom bot.cli import main\nsys.exit(main())"
        words = [*map(str, words), "--now", "2026-11-20T12:00Z"]
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **how}
        environ = {**environment(), "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-c", program, "import", *words]
        return subprocess.Popen(command, cwd=sqlite_file.parent, env=environ, **how)

    return start


@pytest.fixture
def run(start):
    """Runs `evenkeel import` to its end: status, standard output, standard error."""

    def run(*words, **how):
        with start(*words, **how) as process:
            out, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        return process.returncode, out, err

    return run


@pytest.fixture
def evenkeel(sqlite_file, monkeypatch, capsys):
    """`evenkeel` in this process."""
    own_settings(monkeypatch, EVENKEEL_NOW="2026-11-20T12:00Z")
    monkeypatch.chdir(sqlite_file.parent)
    return Terminal(capsys)


def busy(numbers):
    """Rows of few agents and of customers who come back, so that much follows from each."""
    return [
        interaction(
            interaction_id=f"i{n}",
            agent=f"agent {n % 7}",
            started_at=f"2026-11-{1 + n % 15:02}T09:{n % 60:02}:00Z",
            customer_id=f"customer {n % 97}",
            handle_seconds=60 + n % 300,
        )
        for n in numbers
    ]


def contents(path):
    """All that is in a sound database but which import it came with."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: [
                {**row, "import_id": None} for row in database.execute(f'SELECT * FROM "{name}"')
            ]
            for (name,) in names
            if name != "import"
        }


def ids(path):
    return [row["external_id"] for row in contents(path)["interaction"]]


BAD_FILES = {
    "empty.csv": (b"", "is empty"),
    "excel.csv": (b"PK\3\4\x14\0\6\0", "is an Excel workbook or another archive"),
    "wide.csv": ((NAMES + ROW).encode("utf-16"), "is UTF-16 text. Save it as UTF-8"),
    "latin.csv": (b"ag\xe9nt,x\n", "holds bytes that are not UTF-8"),
    "semicolons.csv": ((NAMES + ROW).replace(",", ";").encode(), "are divided by semicolons"),
    "blank.csv": (b"\n\n", "holds nothing but blank lines"),
    "list.json": (b'[{"interaction_id": "c1"}]', "is one JSON list"),
    "quote.csv": (b'"' + (NAMES + ROW).encode(), "is no header"),
    "other.csv": (b"call_id,agent,started_at\n", "“call_id” (did you mean interaction_id?)"),
    "less.csv": (b"interaction_id,agent\n", "the column “started_at” is missing"),
    "cut.csv.gz": (gzip.compress(NAMES.encode(), mtime=0)[:14], "it was cut off on its way"),
    "torn.csv.gz": (b"\x1f\x8b\x08\0" + b"?" * 99, "the compressed file is damaged"),
}


def test_each_bad_file_gets_its_sentence_and_the_good_one_goes_in(run, sqlite_file):
    folder = sqlite_file.parent
    (folder / "folder.csv").mkdir()
    (folder / "good.csv").write_text(NAMES + ROW)
    for name, (content, _) in BAD_FILES.items():
        (folder / name).write_bytes(content)
    wanted = {name: words for name, (_, words) in BAD_FILES.items()}
    wanted |= {"folder.csv": "is a folder", "gone.csv": "No such file"}
    status, out, err = run("interactions", *wanted, "good.csv")
    assert (status, out.count("\n"), err.count("\n")) == (REFUSED, 1, len(wanted))
    for line, (name, words) in zip(err.splitlines(), wanted.items(), strict=True):
        assert name in line
        assert words in line
    assert ids(sqlite_file) == ["c1"]


@pytest.mark.parametrize("kind", ["interactions", "roster", "shifts", "figures", "transcripts"])
def test_one_bad_file_leaves_the_database_as_it_was(evenkeel, sqlite_file, kind):
    before = contents(sqlite_file)
    (sqlite_file.parent / "bad.csv").write_bytes(BAD_FILES["wide.csv"][0])
    for name in ("bad.csv", "gone.csv", "."):
        said = evenkeel("import", kind, name)
        assert (said.status, said.out, said.err.count("\n")) == (REFUSED, "", 1)
    assert contents(sqlite_file) == before


@pytest.mark.parametrize(
    ("place", "told"),
    [("x.csv", "names"), ("gone/rejects.csv", "There is no folder gone")],
)
def test_a_place_for_rejects_that_cannot_be_is_told_at_once(evenkeel, sqlite_file, place, told):
    (sqlite_file.parent / "x.csv").write_text(NAMES + ROW)
    said = evenkeel("import", "interactions", "x.csv", "--rejects", place)
    assert (said.status, said.out) == (WRONG_WORDS, "")
    assert told in said.err
    assert not ids(sqlite_file)


def test_rejects_of_several_files_need_a_folder(evenkeel):
    said = evenkeel("import", "interactions", "x.csv", "y.csv", "--rejects", "rejects.csv")
    assert (said.status, said.err) == (
        WRONG_WORDS,
        "For several files, let --rejects name a folder that is there.\n",
    )


def test_files_of_one_name_have_rejects_of_their_own(evenkeel, sqlite_file):
    for name in ("a", "b"):
        (sqlite_file.parent / name).mkdir()
        (sqlite_file.parent / name / "x.csv").write_text(f"{NAMES}{name},,2026-11-09T09:00Z\n")
    evenkeel("import", "interactions", "a/x.csv", "b/x.csv")
    for name, rejects in (("a", "x.rejects.csv"), ("b", "x.rejects-2.csv")):
        assert (sqlite_file.parent / rejects).read_text().splitlines()[1].startswith(f"{name},")


def test_rejects_that_cannot_be_written_are_told_and_the_rows_are_in(evenkeel, sqlite_file):
    (sqlite_file.parent / "x.csv").write_text(f"{NAMES}{ROW}c2,,2026-11-09T09:00Z\n")
    (sqlite_file.parent / "full.csv").symlink_to("/dev/full")
    said = evenkeel("import", "interactions", "x.csv", "--rejects", "full.csv")
    assert (said.status, said.out, said.err.count("\n")) == (REFUSED, "", 1)
    assert "cannot be written to full.csv: No space left on device" in said.err
    assert ids(sqlite_file) == ["c1"]


def test_a_file_name_of_other_bytes_is_no_trouble(run, sqlite_file):
    name = os.fsdecode(b"caf\xe9.csv")
    (sqlite_file.parent / name).write_text(f"{NAMES}{ROW}c2,,2026-11-09T09:00Z\n")
    status, out, _ = run("interactions", name, "--json")
    told = json.loads(out)
    assert (status, told["file"], told["rejects"]) == (REFUSED, "caf�.csv", "caf�.rejects.csv")


def test_of_a_file_that_is_cut_off_whole_rows_go_in_and_json_stays_json(evenkeel, sqlite_file):
    rows = [f"c{n},ana,2026-11-09T09:00Z\n" for n in range(5000)]
    packed = gzip.compress((NAMES + "".join(rows)).encode())
    (sqlite_file.parent / "cut.csv.gz").write_bytes(packed[: len(packed) // 2])
    said = evenkeel("import", "interactions", "cut.csv.gz", "--json")
    (told,) = said.rows
    assert (said.status, said.err.count("\n")) == (REFUSED, 1)
    assert "get it whole and take it in again" in said.err
    assert "cut off" in told["broken"]
    assert ids(sqlite_file) == [f"c{n}" for n in range(told["added"])]
    assert 1000 < told["added"] < 4000


def test_a_line_without_end_is_one_refused_row_in_little_memory(run, sqlite_file):
    endless = gzip.compress(b"x" * (1 << 20)) * 320
    head, tail = (gzip.compress(text.encode()) for text in (NAMES + "c2,", "\n" + ROW))
    (sqlite_file.parent / "long.csv.gz").write_bytes(head + endless + tail)
    status, out, err = run("interactions", "long.csv.gz", first=LITTLE_MEMORY)
    assert (status, err) == (REFUSED, "")
    assert "Line 2: is longer than 16,777,216 characters." in out
    assert ids(sqlite_file) == ["c1"]


def test_a_pipe_may_be_taken_in(run, sqlite_file):
    source, target = os.pipe()
    os.write(target, (NAMES + ROW).encode())
    os.close(target)
    with os.fdopen(source) as stdin:
        assert run("interactions", "/dev/stdin", stdin=stdin)[0] == DONE
    assert ids(sqlite_file) == ["c1"]


@pytest.mark.parametrize(
    ("step", "kept"),
    [
        ("plain.note = dying(plain.note)", 200),
        ("receipt.Rejects.write = dying(receipt.Rejects.write)", 300),
    ],
    ids=["in a chunk", "after a chunk"],
)
def test_an_import_that_was_killed_and_done_again_is_as_if_done_once(
    run, sqlite_file, monkeypatch, step, kept
):
    killed = shutil.copy(sqlite_file, sqlite_file.with_name("killed.db"))
    write_csv(sqlite_file.with_name("x.csv"), busy(range(500)))
    words = ("interactions", "x.csv", "--database", killed)
    status, out, _ = run(*words, first=f"{SMALL_CHUNKS}{DYING}{step}")
    assert (status, out, len(ids(killed))) == (-signal.SIGKILL, "", kept)
    assert (
        f"{500 - kept} added, 0 corrected, {kept} already known"
        in run(*words, first=SMALL_CHUNKS)[1]
    )
    take_all(sqlite_file, monkeypatch, busy(range(500)))
    assert contents(killed) == contents(sqlite_file)


def take_all(path, monkeypatch, rows):
    """Takes in rows undisturbed."""
    monkeypatch.setattr(plain, "CHUNK", 100)
    engine = connect(str(path))
    taken(engine, rows, desk=desk_of(engine, secret=SECRET))
    engine.dispose()


def test_two_imports_at_once_lose_nothing(start, tmp_path):
    """Both also find no database there yet."""
    write_csv(tmp_path / "x.csv", busy(range(600)))
    write_csv(tmp_path / "y.csv", busy(range(300, 900)))
    words = ("--database", "new.db", "--json")
    both = [start("interactions", name, *words, first=SMALL_CHUNKS) for name in ("x.csv", "y.csv")]
    told = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [DONE, DONE]
    assert sum(one["added"] for one in told) == 900
    assert sum(one["known"] for one in told) == 300
    before = sums(tmp_path / "new.db")
    engine = connect(str(tmp_path / "new.db"))
    assert refound(engine, workspace_of()) == 900
    engine.dispose()
    assert sums(tmp_path / "new.db") == before


def sums(path):
    """The kept sums, and the values kept whole without their order."""
    held = contents(path)
    values = [
        {
            **row,
            "values": sorted(row["values"][at : at + 8] for at in range(0, len(row["values"]), 8)),
        }
        for row in held["kept_values"]
    ]
    return held["kept_sums"], sorted(values, key=repr)


@pytest.mark.parametrize("where", ["the file", "its folder too"])
def test_a_database_that_may_only_be_read_is_told_and_stays(run, sqlite_file, where):
    before = sqlite_file.read_bytes()
    write_csv(sqlite_file.with_name("x.csv"), interactions({}))
    sqlite_file.chmod(0o400)
    if where == "its folder too":
        sqlite_file.parent.chmod(0o500)
    status, out, err = run("interactions", "x.csv", first=NO_SUPERUSER)
    sqlite_file.parent.chmod(0o700)
    assert (status, out, err.count("\n")) == (UNREACHABLE, "", 1)
    assert "Allow writing" in err or "may be written to" in err
    assert sqlite_file.read_bytes() == before


@pytest.fixture
def small_disk(tmp_path):
    """A folder with little room, the code that sees to it, and what makes room again."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    if not shutil.which("mount") or subprocess.run(mount, check=False).returncode:
        yield folder, LITTLE_ROOM, lambda: None
        return
    yield (
        folder,
        "",
        lambda: subprocess.run(["mount", "-o", "remount,size=9m", folder], check=True),
    )
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_whole_chunks_are_in_and_it_can_go_on(
    run, sqlite_file, small_disk
):
    folder, limit, make_room = small_disk
    database = shutil.copy(sqlite_file, folder)
    write_csv(sqlite_file.with_name("x.csv"), busy(range(2000)))
    words = ("interactions", "x.csv", "--database", database)
    status, out, err = run(*words, first=SMALL_CHUNKS + limit)
    assert (status, out, err.count("\n")) == (UNREACHABLE, "", 1)
    assert "The disk is full. Free some room" in err or limit
    kept = len(ids(database))
    assert 0 < kept < 2000
    assert kept % 100 == 0
    make_room()
    assert f"{2000 - kept:,} added" in run(*words)[1]


def test_a_bar_is_shown_on_a_terminal_and_only_there(start, sqlite_file):
    write_csv(sqlite_file.with_name("x.csv"), interactions({}))
    master, terminal = os.openpty()
    with start("interactions", "x.csv", "--json", stderr=terminal) as process:
        out, _ = process.communicate(timeout=120)
    os.close(terminal)
    shown = b""
    with suppress(OSError):
        while part := os.read(master, 4096):
            shown += part
    os.close(master)
    assert (process.returncode, json.loads(out)["added"]) == (DONE, 1)
    assert b"x.csv" in shown
    assert b"100 %" in shown
