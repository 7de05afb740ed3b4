"""Laws of reading with a model, whatever it writes: no name, number or time but the question's."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.ask import Asking, Question
from prompts.forms import MOST_ROWS, QuestionForm
from prompts.heard import hear
from scoring.reading.grammar import grammar
from scoring.reading.questions import read_question
from scoring.reading.reading import Read, Unclear
from scoring.reading.spans import Lexicon
from tests.fakes import FakeModel
from tests.prompts.filled import BLANK, fields
from tests.scoring.reading.maya import world_of

WORLD = world_of()
NAMES = sorted(set(QuestionForm.model_fields) - {"intent"})
LEXICON = Lexicon(WORLD, grammar())
LAST_WEEK = {"period": "last week"}
AGENTS = {**LAST_WEEK, "rows": ["agent"]}


@dataclass(frozen=True)
class About:
    """A question that rules ask back about, a form that says it, and all that it names."""

    words: str
    right: dict
    people: set = frozenset()
    teams: set = frozenset()
    first_day: int = 9
    numbers: set = frozenset()


QUESTIONS = (
    About(
        "snappiness of ben last week",
        fields(["aht", "snappiness"], people=["ben"], **LAST_WEEK),
        people={3},
    ),
    About(
        "top 5 gladness agents last month",
        fields(
            ["csat", "gladness"],
            rows=["agent"],
            period="last month",
            limit=5,
            order_figure="1",
            order_of="value",
            order_first="best",
            order_said="top 5",
        ),
        first_day=1,
        numbers={5},
    ),
    About(
        "gladness by channel for billing last week",
        fields(["csat", "gladness"], rows=["channel"], teams=["billing"], **LAST_WEEK),
        teams={1},
    ),
    About(
        "agents with csat under 80 %, gladness over 70 %, last week",
        fields(
            ["csat", "csat under 80 %", "below", "80 %"],
            ["fcr", "gladness over 70 %", "above", "70 %"],
            **AGENTS,
        ),
        numbers={0.8, 0.7},
    ),
    About(
        "csat nosedivers among agents last week",
        fields(["csat", "csat nosedivers", "down"], **AGENTS),
    ),
)


def pieces(words):
    """All runs of up to four words of a question, and words that stand in none."""
    some = words.replace(",", "").split()
    runs = [" ".join(some[at : at + size]) for at in range(len(some)) for size in range(1, 5)]
    return st.sampled_from([*runs, "ana", "technical", "last quarter", "chat", "50 %", "nonsense"])


@st.composite
def answered(draw):
    """A question and a form that is right but for some fields, filled in at random."""
    question = draw(st.sampled_from(QUESTIONS))
    wrong = draw(st.sets(st.sampled_from(NAMES), max_size=3))
    piece = pieces(question.words)
    return question, {**question.right, **{name: draw(_values(name, piece)) for name in wrong}}


def _values(name, piece):
    field = QuestionForm.model_fields[name].annotation
    if name.endswith("_kpi"):
        return st.sampled_from(["csat", "aht", "fcr", "sentiment", "volume"])
    if name == "limit":
        return st.sampled_from([None, 1, 5, MOST_ROWS])
    if name == "everything":
        return st.booleans()
    if name == "rows":
        return st.lists(st.sampled_from(["agent", "channel", "team"]), max_size=2)
    if isinstance(BLANK[name], list):
        return st.lists(piece, max_size=2)
    choices = [
        one for part in getattr(field, "__args__", ()) for one in getattr(part, "__args__", ())
    ]
    known = [one for one in choices if isinstance(one, str)]
    return st.sampled_from(known) if known else piece


def read(question, answer):
    unclear = read_question(question.words, WORLD)
    assert isinstance(unclear, Unclear), unclear
    return Asking(FakeModel([answer])).read(Question(question.words, WORLD, unclear))


@settings(max_examples=300, deadline=None)
@given(answered())
def test_whatever_a_model_writes_names_times_and_numbers_are_those_of_the_question(case):
    question, answer = case
    reading = read(question, answer)
    if isinstance(reading, Read):
        query = reading.query
        bounds = {one.bound for one in query.having if isinstance(one.bound, float)}
        assert set(query.scope.agents or ()) == question.people
        assert set(query.scope.teams or ()) == question.teams
        assert not query.scope.labels
        assert query.period.first.day == question.first_day
        assert bounds | ({query.limit} - {None, 1}) == question.numbers


@settings(max_examples=300, deadline=None)
@given(answered())
def test_whatever_a_model_writes_unknown_words_are_told_or_asked_about(case):
    question, answer = case
    reading = read(question, answer)
    if isinstance(reading, Read):
        heard, told = hear(question.words, LEXICON), " ".join(reading.assumptions)
        assert all(heard.said({at}) in told for at in heard.unknown)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.words)
def test_the_right_form_is_read(question):
    assert isinstance(read(question, question.right), Read)
