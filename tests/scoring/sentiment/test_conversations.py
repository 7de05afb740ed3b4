import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.sentiment.conversations import (
    MOST_OF_MOOD,
    Message,
    read_conversation,
    read_conversations,
)
from scoring.sentiment.engine import Mood
from scoring.sentiment.engines import engine

NOTHING = (None, None, None, None, None, None, 0)


class Scripted:
    """An engine that reads "-0.5 late" as polarity -0.5 because of "late", other texts as none."""

    name, version = "scripted", "1"

    def moods(self, turns):
        return [self._mood(turn.text) for turn in turns]

    def _mood(self, text):
        number, *because = text.split(maxsplit=1)
        try:
            polarity = float(number)
        except ValueError:
            return Mood(None, None)
        label = "negative" if polarity < 0 else "positive" if polarity > 0 else "neutral"
        return Mood(polarity, label, tuple(because))


def conversation(*texts, agent=()):
    return [Message("customer", text) for text in texts] + [Message("agent", t) for t in agent]


def read(*texts, agent=()):
    return read_conversation(conversation(*texts, agent=agent), Scripted())


def figures(mood):
    return (
        *(mood.polarity, mood.start, mood.end, mood.trend),
        *(mood.strained, mood.negative_share, mood.turns),
    )


def test_late_turns_weigh_more():
    # 1, 2 and 3 parts: (1 * -1 + 2 * 0 + 3 * 1) / 6
    assert read("-1", "0", "1").polarity == pytest.approx(2 / 6)


def test_start_and_end_are_the_first_and_the_last_third():
    mood = read("-1", "-0.4", "0.5", "0.5", "0.2", "0.8")
    assert mood.start == pytest.approx((-1 - 0.4 * 2) / 3)
    assert mood.end == pytest.approx((0.2 + 0.8 * 2) / 3)
    assert mood.trend == pytest.approx(0.6 + 0.6)


def test_two_turns_have_a_start_and_an_end_but_no_trend():
    mood = read("-0.5", "0.5")
    assert (mood.start, mood.end, mood.trend) == (-0.5, 0.5, None)


def test_the_negative_share_is_of_turns_with_a_signal():
    mood = read("-0.5", "hello", "0", "0.4", "-0.1", "order 7")
    assert (mood.negative_share, mood.turns) == (0.5, 4)


@pytest.mark.parametrize(
    "messages",
    [
        [],
        conversation("hello", "order 7"),
        conversation("", "   "),
        [Message("agent", "-1 sorry"), Message("bot", "-1"), Message("system", "-1")],
        [Message("customer", "-1 an internal note", public=False)],
    ],
)
def test_no_signal_of_the_customer_is_none_and_not_neutral(messages):
    mood = read_conversation(messages, Scripted())
    assert figures(mood) == NOTHING
    assert mood.because == ()


def test_what_the_agent_says_changes_no_figure_of_mood():
    kind = ["I understand how frustrating this is, I am sorry", "-1 terrible", "1 wonderful"]
    without, beside = read("-0.2", "0.1", "0.5"), read("-0.2", "0.1", "0.5", agent=kind)
    assert figures(beside) == figures(without)
    assert beside.because == without.because


def test_courtesy_is_counted_apart_and_none_without_an_agent():
    assert read("0.5").courtesy is None
    courtesy = read("0.5", agent=["Hello, sorry for that", "Thank you"]).courtesy
    assert (courtesy.greetings, courtesy.apologies, courtesy.thanks) == (1, 1, 1)


def test_the_courtesy_of_a_bot_or_of_an_internal_note_is_nobodys():
    messages = [Message("bot", "Sorry!"), Message("agent", "so sorry for him", public=False)]
    assert read_conversation(messages, Scripted()).courtesy is None


def test_phrases_of_strong_and_late_turns_come_first_each_once():
    # Strength by place: 0.9, 1.6, 0.3 and 3.6.
    mood = read("-0.9 lost", "-0.8 broken", "0.1 fine", "-0.9 Lost", "0")
    assert mood.because == ("Lost", "broken", "fine")


def test_what_speaks_for_neutral_is_no_evidence():
    assert read("0 order 7", "0.5 kind", "0 Tuesday").because == ("kind",)


def test_phrases_are_few():
    assert len(read(*(f"-0.5 reason {place}" for place in range(30))).because) == MOST_OF_MOOD


def test_an_engine_without_trained_weights_gives_no_probability_of_strain():
    assert read("-1", "-1", "-1").strained is None


def test_a_conversation_in_another_language_gives_no_signal():
    texts = ("Wo bleibt meine Bestellung?", "Das ist die dritte Mail und ich bin stinksauer!")
    assert figures(read_conversation(conversation(*texts), engine("service"))) == NOTHING


def test_many_conversations_read_as_each_by_itself():
    some = [conversation("-1"), [], conversation("hello"), conversation("0.5", "0.7")]
    together = read_conversations(some, Scripted())
    assert list(together) == [read_conversation(each, Scripted()) for each in some]


POLARITIES = st.floats(-1, 1, allow_nan=False)


@given(st.lists(POLARITIES, min_size=1, max_size=20))
def test_figures_stay_within_the_turns_they_come_from(polarities):
    mood = read(*(f"{each:.17f}" for each in polarities))
    low, high = min(polarities) - 1e-9, max(polarities) + 1e-9
    assert all(low <= each <= high for each in (mood.polarity, mood.start, mood.end))


@given(st.lists(POLARITIES, min_size=2, max_size=9, unique=True))
def test_a_conversation_that_gets_better_is_above_the_one_that_gets_worse(polarities):
    better = [f"{each:.17f}" for each in sorted(polarities)]
    assert read(*better).polarity >= read(*reversed(better)).polarity
