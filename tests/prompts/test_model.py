"""Prompts as files: an id, a version, a text with places to fill in."""

import pytest

from prompts import model
from prompts.model import FOLDER, Prompt, load_prompt

NAMES = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_every_prompt_has_an_id_and_a_version(name):
    prompt = load_prompt(name)
    assert prompt.id
    assert prompt.version >= 1
    assert prompt.text


def test_no_two_prompts_have_the_same_id():
    ids = [load_prompt(name).id for name in NAMES]
    assert len(ids) == len(set(ids))


def test_a_file_without_its_head_is_no_prompt(tmp_path, monkeypatch):
    (tmp_path / "bare.md").write_text("Do this.", encoding="utf-8")
    monkeypatch.setattr(model, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="id and its version"):
        load_prompt("bare")


def test_places_are_filled_in_once_and_what_fills_them_is_only_text():
    prompt = Prompt("one", 1, "Today is {{today}}. {{words}}")
    told = prompt.filled({"today": "Monday", "words": "{{today}} \\1"})
    assert told.text == "Today is Monday. {{today}} \\1"


@pytest.mark.parametrize("places", [{}, {"today": "Monday", "more": ""}])
def test_every_place_is_filled_in_and_no_other(places):
    with pytest.raises(ValueError, match="other places"):
        Prompt("one", 1, "Today is {{today}}.").filled(places)
