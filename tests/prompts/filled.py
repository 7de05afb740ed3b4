"""Forms of questions by what is filled in, and what becomes of a question that is read so."""

from prompts.ask import Asking, Question
from prompts.forms import FIGURES, QuestionForm, question_form
from scoring.kpis import load_catalogue
from scoring.reading.questions import read_question
from scoring.reading.reading import Unclear
from tests.fakes import FakeModel
from tests.scoring.reading.maya import world_of

CATALOGUE = load_catalogue()
LISTS = ("rows", "people", "teams", "values", "empty_words")
BLANK = dict.fromkeys(QuestionForm.model_fields) | {name: [] for name in LISTS}


def fields(*figures, **filled):
    """All fields of a form; a figure is its KPI, its words, what must hold and the bound."""
    parts = {
        f"figure_{number}_{name}": value
        for number, figure in zip(FIGURES, figures, strict=False)
        for name, value in zip(("kpi", "said", "must", "bound"), figure, strict=False)
    }
    return {**BLANK, "intent": "figures", **parts, **filled}


def form(*figures, **filled):
    """The form with these figures, and what else is filled in."""
    return question_form(CATALOGUE).model_validate(fields(*figures, **filled))


def read(words, answer, *, world=None, before=None):
    """The reading of a question that rules find unclear, by a model that answers so."""
    world = world or world_of()
    unclear = read_question(words, world, before)
    assert isinstance(unclear, Unclear), unclear
    return Asking(FakeModel([answer])).read(Question(words, world, unclear, before))
