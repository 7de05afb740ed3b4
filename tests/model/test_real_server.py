"""A real model behind a real server: small enough to write nonsense, which must never answer."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from prompts.ask import Asking, Question
from prompts.filling import Filler
from prompts.forms import Copied
from prompts.model import ModelError, Prompt, Task
from prompts.server import METHODS, Address, Server
from prompts.spending import Ledger
from scoring.kpis import Catalogue, load_catalogue
from scoring.reading.questions import read_question
from scoring.reading.reading import Read, Unclear
from tests.model.real_server import KEY, started
from tests.prompts.filled import fields
from tests.scoring.reading.maya import world_of

pytestmark = pytest.mark.model_server
# Enough for a small form, so that no test takes long.
FEW = 80


class Mood(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mood: Literal["glad", "sad"]
    sure: Annotated[int, Field(ge=1, le=3)]
    words: Annotated[str, Field(pattern="^[a-z]{1,8}$")] | None


@pytest.fixture(scope="module")
def url():
    with started() as address:
        yield address


def filler(url, *, key=KEY, methods=METHODS, answer_tokens=FEW):
    address = Address(
        "smollm2",
        f"{url}/v1",
        key,
        timeout_seconds=60,
        retries=0,
        answer_tokens=answer_tokens,
        temperature=0,
    )
    return Filler(Server(address), Ledger(50_000, 90_000, lambda: date(2026, 11, 22)), methods)


TASK = Task(Prompt("mood", 1, "Tell the mood as JSON."), "What a lovely day!", "mood")


def test_a_strict_schema_is_kept_by_a_model_that_understands_nothing(url):
    model = filler(url, methods=("json_schema",))
    assert model.fill(TASK, Mood).mood in {"glad", "sad"}
    assert model.ledger.total > 0


def test_a_wrong_key_is_told_as_one(url):
    with pytest.raises(ModelError, match="EVENKEEL_MODEL_KEY"):
        filler(url, key="another").fill(TASK, Mood)


def test_a_form_that_is_cut_off_is_none(url):
    with pytest.raises(ModelError, match="cut off at 5 tokens"):
        filler(url, methods=("json_schema",), answer_tokens=5).fill(TASK, Mood)


def small_world():
    known = load_catalogue()
    return replace(world_of(), catalogue=Catalogue({key: known[key] for key in ("aht", "csat")}))


# What it is told makes no difference to what such a model writes, but to how long it takes.
SHORT = Prompt("short", 1, "Fill in the form as JSON.")


class Part(BaseModel):
    """The fields of a question's form that decide most; a whole one takes this model minutes."""

    model_config = ConfigDict(extra="forbid")

    figure_1_kpi: Literal["aht", "csat"]
    figure_1_said: Copied
    people: Annotated[list[Copied], Field(max_length=1)]
    period: Literal["last week", "last month"]


@dataclass
class Partly:
    """Has the model fill in a part of a form; the rest stays empty."""

    model: Filler
    filled: list = field(default_factory=list)

    def fill(self, task, form):
        part = self.model.fill(replace(task, prompt=SHORT), Part)
        self.filled.append(part)
        return form.model_validate({**fields(), **part.model_dump()})


@pytest.mark.parametrize("words", ["snappiness of ben last week", "gladness of dev last month"])
def test_nonsense_in_a_valid_form_ends_in_a_question_back_and_never_in_a_wrong_answer(url, words):
    model, world = Partly(filler(url, methods=("json_schema",), answer_tokens=FEW)), small_world()
    unclear = read_question(words, world)
    reading = Asking(model).read(Question(words, world, unclear))
    assert isinstance(unclear, Unclear)
    if isinstance(reading, Read):
        known = {one.id: one.name.split()[0].casefold() for one in world.people}
        query = reading.query
        assert words.endswith(f" of {known[query.scope.agents[0]]} {query.period.words}")
    else:
        assert reading.question == unclear.question


def test_a_whole_form_that_is_cut_off_ends_in_the_question_back(url):
    words, world = "snappiness of ben last week", small_world()
    unclear = read_question(words, world)
    asking = Asking(filler(url, methods=("json_schema",), answer_tokens=20))
    assert asking.read(Question(words, world, unclear)) == unclear
