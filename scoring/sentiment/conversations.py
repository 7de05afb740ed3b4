"""The mood of whole conversations, read from the customer's public turns and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from scoring.sentiment.courtesy import Courtesy, courtesy
from scoring.sentiment.engine import Engine, Mood, Turn
from scoring.sentiment.strained import Strain, strain

MOST_OF_MOOD, MOST_OF_STRAIN = 5, 3
# A trend takes a first and a last third that do not touch.
LEAST_TURNS_OF_A_TREND = 3
CONVERSATIONS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; ``author`` is customer, agent, bot or system."""

    author: str
    text: str
    public: bool = True


@dataclass(frozen=True, slots=True)
class ConversationMood:
    """The mood of one conversation; None where the customer gave no signal.

    ``polarity``, ``start`` and ``end`` are -1 to 1, ``trend`` is end less start and None under
    three turns with a signal; ``strained`` is the probability (0 to 1) that the customer ended
    strained, None also for an engine that it was not trained on; ``negative_share`` the share
    of negative turns among those with a signal, ``turns`` the number of those. ``courtesy``
    counts the agent's kind words, None without a message of an agent. ``because`` holds the
    phrases that fired, most telling first.
    """

    polarity: float | None
    start: float | None
    end: float | None
    trend: float | None
    strained: float | None
    negative_share: float | None
    turns: int
    courtesy: Courtesy | None
    because: tuple[str, ...] = ()


def read_conversation(messages: Sequence[Message], engine: Engine) -> ConversationMood:
    """The mood of one conversation, its messages in order of time."""
    (mood,) = read_conversations([messages], engine)
    return mood


def read_conversations(
    conversations: Iterable[Sequence[Message]], engine: Engine
) -> Iterator[ConversationMood]:
    """The mood of each conversation, in order; the engine gets the turns of many at once."""
    rest = iter(conversations)
    while some := list(islice(rest, CONVERSATIONS_AT_ONCE)):
        turns = [_texts(messages, "customer") for messages in some]
        moods = iter(engine.moods([Turn(text) for text in chain.from_iterable(turns)]))
        for messages, texts in zip(some, turns, strict=True):
            yield _conversation(messages, texts, list(islice(moods, len(texts))), engine.name)


def _texts(messages: Sequence[Message], author: str) -> list[str]:
    """What an author said where the customer could read it, blank messages left out."""
    return [
        each.text
        for each in messages
        if each.public and each.author == author and each.text.strip()
    ]


def _conversation(
    messages: Sequence[Message], texts: Sequence[str], moods: Sequence[Mood], engine: str
) -> ConversationMood:
    agent = _texts(messages, "agent")
    kind = courtesy(agent) if agent else None
    polarities = [mood.polarity for mood in moods if mood.polarity is not None]
    if not polarities:
        return ConversationMood(None, None, None, None, None, None, 0, kind)
    found = strain(texts, moods, engine)
    third = -(-len(polarities) // 3)
    start, end = _late_mean(polarities[:third]), _late_mean(polarities[-third:])
    return ConversationMood(
        polarity=_late_mean(polarities),
        start=start,
        end=end,
        trend=end - start if len(polarities) >= LEAST_TURNS_OF_A_TREND else None,
        strained=found.probability if found else None,
        negative_share=sum(mood.label == "negative" for mood in moods) / len(polarities),
        turns=len(polarities),
        courtesy=kind,
        because=_because(moods, found),
    )


def _late_mean(polarities: Sequence[float]) -> float:
    """The mean with weights 1, 2, 3, … in order of turns: how it ends tells more.

    Source: Kahneman et al. 1993, "When More Pain Is Preferred to Less"; and
    bench/train_strained.py, where this finds more annoyed customers than the plain mean does.
    """
    weighted = sum(place * each for place, each in enumerate(polarities, start=1))
    return weighted * 2 / (len(polarities) * (len(polarities) + 1))


def _because(moods: Sequence[Mood], found: Strain | None) -> tuple[str, ...]:
    """Phrases of the strongest and latest turns first, each once, then those of strain.

    What speaks for neutral tells nothing of a conversation.
    """
    strength = {
        place: place * abs(mood.polarity)
        for place, mood in enumerate(moods, start=1)
        if mood.polarity is not None and mood.label != "neutral"
    }
    order = sorted(strength, key=lambda place: -strength[place])
    mood = _each_once(chain.from_iterable(moods[place - 1].because for place in order))
    mood = mood[:MOST_OF_MOOD]
    said = "\n".join(mood).casefold()
    more = (phrase for phrase in (found.because if found else ()) if phrase.casefold() not in said)
    return (*mood, *_each_once(more)[:MOST_OF_STRAIN])


def _each_once(phrases: Iterable[str]) -> list[str]:
    """Phrases as they come, without those that came before in whatever case."""
    first: dict[str, str] = {}
    for phrase in phrases:
        first.setdefault(phrase.casefold(), phrase)
    return list(first.values())
