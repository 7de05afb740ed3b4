import gzip
import io
import os
import threading
import tracemalloc
import zlib

import pytest

from scoring.errors import IntakeError
from scoring.intake import files
from scoring.intake.files import open_lines, open_table

NAMES = ("id", "text")


def read(path, size=100):
    """The header, the rows and why the file broke off."""
    with open_lines(path) as lines:
        table = open_table(lines, path, NAMES, lambda name: f"no {name}")
        rows = [row for chunk in table.chunks(size) for row in chunk]
        return table.header, rows, lines.broken


@pytest.fixture
def told(tmp_path):
    """The lines, cells and faults of rows, of a file with this content."""

    def tell(content):
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [(row.line, list(row.cells), row.fault) for row in read(path)[1]]

    return tell


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_line_end_and_a_byte_order_mark_are_taken(told, end, mark):
    assert told(end.join([mark + "id,text", "1,a", "2,b"])) == [
        (2, ["1", "a"], None),
        (3, ["2", "b"], None),
    ]


def test_cells_may_hold_commas_quotes_and_lines(told):
    assert told('id,text\n1,"a, ""b""\nc"\n2,d\n') == [
        (2, ["1", 'a, "b"\nc'], None),
        (4, ["2", "d"], None),
    ]


def test_blank_lines_are_no_rows_but_are_counted(told):
    assert told("\n\nid,text\n\n1,a\n,\n\n2,b") == [(5, ["1", "a"], None), (8, ["2", "b"], None)]


def test_a_row_with_too_few_or_too_many_cells_is_a_fault(told):
    assert told("id,text\n1\n2,b\n3,c,d\n") == [
        (2, ["1"], "has 1 cells where the header has 2"),
        (3, ["2", "b"], None),
        (4, ["3", "c", "d"], "has 3 cells where the header has 2"),
    ]


@pytest.mark.parametrize("after", ["2,b\n3,c\n", '2,b\n3,"c"\n', '2,"",\n' * 20_000])
def test_a_quote_that_is_not_closed_costs_one_row(told, after):
    (line, _, fault), *rest = told(f'id,text\n1,"a\n{after}')
    assert (line, fault[:21]) == (2, "cannot be read as CSV")
    assert [row[0] for row in rest] == list(range(3, 3 + after.count("\n")))


@pytest.mark.parametrize(
    ("bad", "reason"),
    [(b"\xe9", "bytes that are not UTF-8"), (b"\0", "a NUL character")],
)
@pytest.mark.parametrize("form", [b"%s,x%sy", b'%s,"x\n%sy"'], ids=["one line", "two lines"])
def test_a_row_that_cannot_be_kept_is_a_fault_in_its_own_form(tmp_path, form, bad, reason):
    path = tmp_path / "file"
    path.write_bytes(b"id,text\n1,a\n" + form % (b"2", bad) + b"\n3,c\n")
    first, second, third = read(path)[1]
    assert (first.fault, second.fault, third.fault) == (None, f"holds {reason}", None)
    assert second.raw.encode(errors="surrogateescape") == form % (b"2", bad) + b"\n"
    assert second.cells[0] == "2"


def test_json_lines_name_their_own_cells(told):
    assert told('{"text": "a", "id": 1}\n\n{"id": "2", "text": null}\n{"id": true}') == [
        (1, ["1", "a"], None),
        (3, ["2", ""], None),
        (4, ["true", ""], None),
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": 1, "txt": 2}', "no txt"),
        ('{"id": 1, "text": [2]}', "holds a list or an object as text"),
        ('{"id": 1, "text": {}}', "holds a list or an object as text"),
        ('{"id": 1', "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("7", "is no JSON object"),
        (r'{"id": 1, "text": "\u0000"}', "holds a NUL character"),
        (r'{"id": 1, "text": "\ud800"}', "holds bytes that are not UTF-8"),
        ('{"id": 1, "text": "\0"}', "holds a NUL character"),
    ],
)
def test_a_json_line_that_is_no_row_is_a_fault(told, line, fault):
    rows = told(f'{{"id": 0}}\n{line}\n{{"id": 2}}\n')
    assert [row[2] for row in rows] == [None, fault, None]


def test_the_first_of_json_lines_is_refused_alone(told):
    rows = told(b'{"id": 1, "text": "\xe9"}\n{"id": 2}\n')
    assert [(row[0], row[2]) for row in rows] == [(1, "holds bytes that are not UTF-8"), (2, None)]


def test_a_gzipped_file_is_the_same_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(b"id,text\n1,a\n"))
    assert read(path) == (["id", "text"], [(2, ["1", "a"], ["1", "a"], None)], None)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_of_a_gzip_that_is_cut_off_whole_rows_are_kept(tmp_path, share):
    rows = [[str(n), f'{os.urandom(9).hex()}, "\n'] for n in range(20_000)]
    text = "id,text\n" + "".join('{},"{}"\n'.format(n, x.replace('"', '""')) for n, x in rows)
    packed = gzip.compress(text.encode())
    path = tmp_path / "file"
    path.write_bytes(packed[: int(len(packed) * share)])
    _, kept, broken = read(path)
    assert [row.cells for row in kept] == rows[: len(kept)]
    assert len(kept) > 20_000 * share * 0.9
    assert "ends in the middle" in broken


def test_a_row_that_is_cut_off_between_its_lines_is_none(tmp_path):
    path = tmp_path / "file"
    packer = zlib.compressobj(wbits=31)
    path.write_bytes(packer.compress(b'id,text\n1,a\n2,"b\n') + packer.flush(zlib.Z_SYNC_FLUSH))
    assert [row.cells for row in read(path)[1]] == [["1", "a"]]


def test_a_gzip_that_is_damaged_is_told(tmp_path):
    packed = bytearray(gzip.compress(b"id,text\n" + b"1,a\n" * 9))
    packed[-6] ^= 1
    path = tmp_path / "file"
    path.write_bytes(packed)
    assert read(path)[2] == "the compressed file is damaged"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"PK\3\4 xlsx", "is an Excel workbook or another archive. Save it as CSV"),
        (b"\xd0\xcf\x11\xe0 xls", "is an old Excel workbook. Save it as CSV"),
        (b"%PDF-1.7", "is a PDF. Export the table"),
        (b"SQLite format 3\0", "is a SQLite database. Export its table"),
        (b"PAR1", "is a Parquet file. Export it"),
        ("id,text\n".encode("utf-16"), "is UTF-16 text. Save it as UTF-8"),
        ("id,text\n".encode("utf-16-be"), "holds a NUL character. Save it as UTF-8"),
        ("id,text é\n".encode("latin-1"), "bytes that are not UTF-8. Save it as UTF-8"),
        (b"\n \n\r\n", "holds nothing but blank lines"),
        (b"\xef\xbb\xbf", "holds nothing but blank lines"),
        (b"id;text\n1;a\n", "are divided by semicolons. Save it with commas"),
        (b"id\ttext\n1\ta\n", "are divided by tabs"),
        (b"id|text\n1|a\n", "are divided by bars"),
        (b'[{"id": 1}]', "is one JSON list. Write one object a line"),
        (b'id,"text\n1,a\n', "is no header"),
        (gzip.compress(b"id,text\n", mtime=0)[:12], "ends in the middle"),
        (b"\x1f\x8b", "ends in the middle"),
        (b"\x1f\x8b nonsense", "is damaged"),
    ],
)
def test_a_file_that_holds_no_rows_is_refused_with_a_remedy(tmp_path, content, words):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(IntakeError, match=words) as told:
        read(path)
    assert str(path) in str(told.value)


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    with pytest.raises(IntakeError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(IntakeError, match="No such file or directory"):
        read(tmp_path / "gone")


def test_a_pipe_is_read_like_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("id,text\n1,a\n",))
    writer.start()
    assert [row.cells for row in read(pipe)[1]] == [["1", "a"]]
    writer.join()


def test_a_line_that_is_too_long_is_passed_over(told, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_LINE", 100)
    assert told(f"id,text\n1,{'x' * 97}\n2,{'x' * 98}\n3,{'x' * 999}\n4,d\n") == [
        (2, ["1", "x" * 97], None),
        (3, [], "is longer than 100 characters"),
        (4, [], "is longer than 100 characters"),
        (5, ["4", "d"], None),
    ]


def test_no_more_than_a_line_and_a_chunk_is_held(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_LINE", 1 << 20)
    monkeypatch.setattr(files, "MOST_CHARACTERS", 1 << 20)
    path = tmp_path / "file"
    row = "1," + "x" * 50_000 + "\n"
    path.write_text("id,text\n" + "y" * (30 << 20) + "\n" + row * 600)
    tracemalloc.start()
    with open_lines(path) as lines:
        table = open_table(lines, path, NAMES, str)
        assert sum(len(chunk) for chunk in table.chunks(1000)) == 601
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_a_file_that_cannot_be_read_further_keeps_its_rows():
    class Torn(io.StringIO):
        def readline(self, size=-1):
            return super().readline(size) or self.tear()

        def tear(self):
            raise OSError(5, "Input/output error")

    lines = files.Lines(Torn("id,text\n1,a\n"), io.BytesIO())
    assert list(lines) == ["id,text\n", "1,a\n"]
    assert lines.broken == "the file could not be read further (Input/output error)"
