"""The picture of the README shows what the program says today."""

import html
import re

from bench.make_picture import OUT, picture, session

CODES = re.compile(r"\x1b\[[0-9;]*m")


def words(drawn):
    lines = re.findall(r"<text [^>]*>([^<]*)</text>", drawn)
    return " ".join(map(html.unescape, lines)).split()


def test_the_picture_shows_what_the_program_says():
    shown = CODES.sub("", session()).split()
    drawn = words(OUT.read_text(encoding="utf-8"))
    assert drawn[-len(shown) :] == shown, "Run `python -m bench.make_picture`."


def test_a_picture_loads_nothing_and_has_all_words():
    drawn = picture("$ evenkeel\n\x1b[1mFreya\x1b[0m  \x1b[2mn 32\x1b[0m")
    assert words(drawn)[-4:] == ["evenkeel", "Freya", "n", "32"]
    assert "url(http" not in drawn.replace('"', "")
