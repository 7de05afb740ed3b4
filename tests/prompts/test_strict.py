"""Schemas that strict mode takes: closed, everything required, one type a field, bounded."""

from typing import Annotated, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, create_model

from prompts.forms import question_form
from prompts.strict import strict_schema
from scoring.kpis import load_catalogue

Short = Annotated[str, Field(pattern="^.{1,9}$")]


def form(**fields):
    return create_model("Form", __config__=ConfigDict(extra="forbid"), **fields)


class Inner(BaseModel):
    word: Annotated[str, Field(max_length=9)]


def test_every_field_is_required_and_no_other_is_allowed():
    schema = strict_schema(form(word=(Short | None, ...), many=(Literal["a", "b"], ...)))
    assert schema["required"] == ["word", "many"]
    assert schema["additionalProperties"] is False
    Draft202012Validator(schema).validate({"word": None, "many": "a"})


def test_lengths_go_out_as_patterns_and_single_choices_as_lists():
    fields = strict_schema(
        form(word=(Annotated[str, Field(max_length=9)], ...), one=(Literal["a"], ...))
    )["properties"]
    assert fields["word"] == {"type": "string", "pattern": "^.{0,9}$"}
    assert fields["one"] == {"type": "string", "enum": ["a"]}


def test_forms_within_a_form_stand_where_they_are_used_and_are_closed_too():
    schema = strict_schema(form(lines=(Annotated[list[Inner], Field(max_length=3)], ...)))
    inner = schema["properties"]["lines"]["items"]
    assert (inner["required"], inner["additionalProperties"]) == (["word"], False)
    assert "$ref" not in str(schema)


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ((Short | None, None), "word has a default"),
        ((Short | int, ...), "word may be of several types"),
        ((str, ...), "word has no bound"),
        ((str | None, ...), "word has no bound"),
        ((int, ...), "word has no bound"),
        ((list[Short], ...), "word has no bound"),
        ((Annotated[list[str], Field(max_length=2)], ...), "an item of word has no bound"),
    ],
)
def test_what_strict_mode_refuses_is_found_before_it_goes_out(field, fault):
    with pytest.raises(ValueError, match=fault):
        strict_schema(form(word=field))


def test_the_form_of_a_question_is_flat():
    schema = strict_schema(question_form(load_catalogue()))
    kinds = [
        one["type"]
        for field in schema["properties"].values()
        for one in field.get("anyOf", [field])
    ]
    assert "object" not in kinds
    assert schema["required"] == list(schema["properties"])


def test_the_form_of_a_question_has_no_place_for_ids_scopes_dates_or_queries():
    names = " ".join(strict_schema(question_form(["aht"]))["properties"])
    assert not any(
        word in names for word in ("id_", "_id", "viewer", "scope", "sql", "date", "key")
    )
