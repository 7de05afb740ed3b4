"""What tools take: made from the catalogue, bounded, and refused in words that repeat nothing."""

import jsonschema
import pytest

from prompts.tools.forms import (
    AskForm,
    NoteForm,
    OneToOneForm,
    RemarkForm,
    TeamTalkForm,
    forms_of,
)
from prompts.tools.offer import filled
from scoring.asking import GROUPINGS
from scoring.errors import WordsError
from scoring.kpis import load_catalogue

CATALOGUE = load_catalogue()
MADE = forms_of(CATALOGUE)
FORMS = [
    *(MADE.scorecard, MADE.evidence, MADE.definition, MADE.commitment),
    *(AskForm, NoteForm, RemarkForm, OneToOneForm, TeamTalkForm),
]
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)


def parts_of(schema):
    """A schema's fields, and what their lists are made of."""
    for one in schema["properties"].values():
        yield one
        yield from ([one["items"]] if "items" in one else [])


@each_form
def test_a_schema_is_a_valid_one_and_allows_nothing_else(form):
    schema = form.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False


@each_form
def test_every_text_list_and_number_is_bounded(form):
    for one in parts_of(form.model_json_schema()):
        bounds = {"string": "maxLength", "array": "maxItems", "integer": "maximum"}
        assert bounds[one["type"]] in one or "enum" in one, one


@each_form
def test_a_schema_is_flat_with_no_alternatives_and_no_nulls(form):
    said = str(form.model_json_schema())
    assert all(word not in said for word in ("anyOf", "oneOf", "$ref", "$defs", "null"))


def test_kpis_are_those_of_the_catalogue():
    fields = {
        "scorecard": MADE.scorecard.model_json_schema()["properties"]["kpis"]["items"],
        "definition": MADE.definition.model_json_schema()["properties"]["kpis"]["items"],
        "evidence": MADE.evidence.model_json_schema()["properties"]["kpi"],
    }
    assert all(one["enum"] == list(CATALOGUE) for one in fields.values())


def test_a_company_s_own_catalogue_makes_its_own_words():
    schema = forms_of(["calls_saved", "aht"]).scorecard.model_json_schema()
    assert schema["properties"]["kpis"]["items"]["enum"] == ["calls_saved", "aht"]


def test_groups_are_those_that_figures_are_kept_by():
    found = MADE.scorecard.model_json_schema()["properties"]["by"]["items"]["enum"]
    assert found == list(GROUPINGS)


def test_what_is_said_twice_is_taken_once():
    assert MADE.scorecard(kpis=["csat", "aht", "csat"]).kpis == ["csat", "aht"]


@pytest.mark.parametrize(
    ("form", "given", "why"),
    [
        (MADE.scorecard, {"kpis": ["speed"]}, "“kpis” number 1 is none of"),
        (MADE.scorecard, {"by": ["agent; DROP TABLE agent"]}, "“by” number 1 is none of"),
        (MADE.scorecard, {"sql": "SELECT 1"}, "“sql” is nothing that this takes"),
        (MADE.scorecard, {"viewer": "otto"}, "“viewer” is nothing that this takes"),
        (MADE.scorecard, {"people": ["a" * 121]}, "number 1 has more than 120 characters"),
        (MADE.scorecard, {"people": ["ana"] * 21}, "“people” has more than 20 entries"),
        (MADE.scorecard, {"people": "ana"}, "“people” is of another kind"),
        (MADE.scorecard, {"people": [""]}, "“people” number 1 is empty"),
        (MADE.scorecard, {"people": [None]}, "“people” number 1 is of another kind"),
        (MADE.scorecard, {"period": "last\x00week"}, "“period” holds characters"),
        (MADE.scorecard, {"period": "\N{RIGHT-TO-LEFT OVERRIDE}week"}, "holds characters"),
        (MADE.scorecard, {"period": "last\nweek"}, "“period” holds characters"),
        (MADE.scorecard, {"page": 0}, "“page” is less than 1"),
        (MADE.scorecard, {"page": 10**40}, "“page” is more than 1000"),
        (MADE.evidence, {}, "“kpi” is missing"),
        (MADE.evidence, {"kpi": "aht", "reason": "because"}, "“reason” is none of"),
        (MADE.commitment, {"metric": "aht", "text": "x", "weeks": 13}, "“weeks” is more than 12"),
        (AskForm, {"question": "aht " * 101}, "“question” has more than 400 characters"),
        (AskForm, {"question": "\ud800"}, "“question” is of another kind"),
        (RemarkForm, {"person": "ana", "text": "a\x1b[2J"}, "“text” holds characters"),
        (RemarkForm, {"person": "ana", "text": "x" * 3001}, "more than 3000 characters"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(form, given, why):
    with pytest.raises(WordsError) as told:
        filled(form, given)
    assert why in str(told.value)
    assert f"It takes: {next(iter(form.model_fields))}" in str(told.value)


def test_a_made_up_field_is_repeated_short_and_without_what_cannot_be_seen():
    with pytest.raises(WordsError) as told:
        filled(AskForm, {"question": "aht", "x\x1b\n" * 10_000: 1})
    assert "\x1b" not in str(told.value)
    assert len(str(told.value)) < 200


def test_many_faults_are_told_as_a_few():
    with pytest.raises(WordsError, match="and 6 more"):
        filled(AskForm, {"question": "aht"} | {f"x{n}": 1 for n in range(9)})


def test_a_remark_may_have_lines_and_names_may_have_any_letters():
    assert RemarkForm(person="Zoë Ångström-Nguyễn", text="Well done.\nReally.")
