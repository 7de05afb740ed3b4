import pytest

from scoring.errors import EvenkeelError
from scoring.sentiment.engine import Turn
from scoring.sentiment.engines import ENGINES, engine

TURNS = [
    Turn("Great service, thank you!"),
    Turn(""),
    Turn("This is terrible"),
    Turn("ok", "agent"),
]
each_engine = pytest.mark.parametrize("name", sorted(ENGINES))


@each_engine
def test_an_engine_is_called_what_it_was_asked_for_by(name):
    assert engine(name).name == name


@each_engine
def test_an_engine_gives_a_mood_for_each_turn_in_order(name):
    labels = [mood.label for mood in engine(name).moods(TURNS)]
    assert labels[:3] == ["positive", None, "negative"]
    assert len(labels) == len(TURNS)


@each_engine
def test_a_turn_has_the_same_mood_by_itself_and_among_others(name):
    together = engine(name).moods(TURNS)
    assert [engine(name).moods([turn])[0] for turn in TURNS] == together


@each_engine
def test_two_engines_of_a_name_have_one_version(name):
    assert engine(name).version == engine(name).version


def test_service_is_the_engine_where_none_is_named():
    assert engine().name == "service"


def test_an_unknown_engine_is_refused_in_words():
    with pytest.raises(
        EvenkeelError, match="no engine of sentiment called 'oracle'; say service or"
    ):
        engine("oracle")
