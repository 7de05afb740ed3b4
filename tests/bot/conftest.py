"""A terminal in an empty folder that has a database, ready and empty, and no settings."""

import pytest

from tests.factories import write_csv, write_json_lines
from tests.terminal import Terminal, own_settings


@pytest.fixture
def evenkeel(sqlite_file, monkeypatch, capsys):
    """A call gives back status, output and errors; the working directory is the database's."""
    own_settings(monkeypatch)
    monkeypatch.chdir(sqlite_file.parent)
    return Terminal(capsys)


@pytest.fixture
def take_in(evenkeel, tmp_path):
    """A call takes in rows, of which none may be refused."""

    def take_in(*rows, kind="interactions", source="files"):
        write = write_json_lines if kind == "transcripts" else write_csv
        path = write(tmp_path / f"{kind}.txt", rows)
        said = evenkeel("import", kind, path, "--source", source)
        assert said.status == 0, said.out + said.err

    return take_in
