from scoring.intake.receipt import Receipt, Refusal, Rejects, shown


def receipt(**said):
    return Receipt("calls.csv", "interactions", "files", **said)


def test_a_receipt_tells_what_became_of_the_rows():
    told = receipt(added=1200, corrected=3, known=4, refused=0, notes={"b": 1, "a": 2000}).lines()
    assert told == [
        "calls.csv: 1,200 added, 3 corrected, 4 already known, 0 refused.",
        "  Note: a (2,000).",
        "  Note: b (1).",
    ]


def test_a_receipt_names_the_refused_rows_and_where_they_are():
    one = receipt(rejects="r.csv")
    one.refuse([Refusal(2, "c1", "it is odd"), Refusal(3, "", "it has no id")])
    assert one.lines()[1:] == [
        "  Line 2, c1: it is odd.",
        "  Line 3: it has no id.",
        "  Refused rows are in r.csv, their reasons in r.csv.reasons.",
        "  Mend them there and take that file in.",
    ]


def test_a_receipt_names_the_first_twenty_and_counts_the_others():
    one = receipt()
    one.refuse(Refusal(line, "", "odd") for line in range(1, 1024))
    assert one.lines()[20:] == ["  Line 20: odd.", "  … and 1,003 more."]
    assert (one.refused, len(one.as_json()["refusals"])) == (1023, 20)


def test_a_receipt_as_json_says_the_same():
    one = receipt(added=1, broken="cut off", rejects="r\udcff.csv", notes={"a": 2})
    one.refuse([Refusal(2, "c1", "odd"), Refusal(3, "", "no id")])
    counted = {"added": 1, "corrected": 0, "known": 0, "refused": 2, "notes": {"a": 2}}
    refusals = [
        {"line": 2, "id": "c1", "reason": "odd"},
        {"line": 3, "id": None, "reason": "no id"},
    ]
    assert one.as_json() == {
        "file": "calls.csv",
        "kind": "interactions",
        "source": "files",
        **counted,
        "refusals": refusals,
        "rejects": "r�.csv",
        "broken": "cut off",
    }


def test_a_file_is_in_whole_if_no_row_was_refused_and_nothing_is_missing():
    assert receipt().whole
    assert not receipt(refused=1).whole
    assert not receipt(broken="cut off").whole


def test_what_a_terminal_cannot_show_is_replaced():
    assert shown("é 👍\t\x1b[2J\ud800\u2028") == "é 👍�[2J�"


def test_rejects_are_made_with_the_first_refused_row(tmp_path):
    rejects = Rejects(tmp_path / "r.csv", ["a", "b"])
    rejects.write([], [])
    assert not rejects.made
    rejects.write([Refusal(2, "x", "odd")], [["x", 'y, "z"\n']])
    rejects.write([Refusal(3, "", "cut")], ['"x,y\r\n'])
    rejects.close()
    assert rejects.path.read_text() == 'a,b\nx,"y, ""z""\n"\n"x,y\n'
    assert (tmp_path / "r.csv.reasons").read_text() == "line 2\tx\todd\nline 3\t\tcut\n"
