"""How well and how fast the engines read moods, beside TextBlob and VADER in the same run.

    python -m bench.sentiment DATA --times 5

Accuracy is macro-F1 over negative, neutral and positive on goemotions dev, which no training saw.
Beside it stand sets that training did see, for TextBlob and VADER only; what `service` reaches on
them untrained is what `python -m bench.train_sentiment DATA --check` prints.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.labelled import LABELS, Labelled, comments, review_sentences, snippets
from bench.many_turns import MANY, chat_turns
from bench.measure import child, machine, table
from bench.softmax import macro_f1
from scoring.sentiment.engine import Turn
from scoring.sentiment.engines import ENGINES, engine

# The cut that VADER's authors recommend.
VADER_CUT = 0.05
TURNS_TIMED = 20_000
# So many turns one side reads before it is the other's turn.
AT_ONCE = 1000
SPEEDS = ("speed", "us a turn", "TextBlob, us", "times as fast", "the same by the clock")
Reads = Callable[[Sequence[str]], list[str]]


def main(words: list[str] | None = None) -> None:
    """Prints the tables of accuracy and speed."""
    parser = argparse.ArgumentParser(prog="python -m bench.sentiment", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the sets lie")
    parser.add_argument("--times", type=int, default=5)
    wanted = parser.parse_args(words)
    print(table(["macro-F1", *READERS], accuracy(wanted.folder)))
    print()
    texts = {
        "chat turns": chat_turns(wanted.folder),
        "comments": list(comments(wanted.folder, "train").texts),
        "2,089 tweets": list(snippets(wanted.folder, "tweets").texts),
    }
    speeds = [
        line for name, all_texts in texts.items() for line in speed(name, all_texts, wanted.times)
    ]
    print(table(SPEEDS, speeds))
    runs = [many_turns(wanted.folder) for _ in range(3)]
    processor, clock = (
        median(seconds)
        for seconds in zip(*((run.processor, run.clock) for run in runs), strict=True)
    )
    print(
        f"\nstart and read {MANY:,} chat turns with `service`: {processor:.2f} s of the "
        f"processor, {clock:.2f} s by the clock, medians of 3"
    )
    print(machine())


def accuracy(folder: Path) -> list[list[str]]:
    """Lines of macro-F1, a set each."""
    dev = comments(folder, "dev")
    lines = [[dev.name, *(f"{_macro(dev, read):.3f}" for read in READERS.values())]]
    for seen in (*(snippets(folder, kind) for kind in KINDS), review_sentences(folder)):
        cells = [f"{_macro(seen, READERS[name]):.3f}" for name in ("TextBlob", "VADER")]
        lines.append([seen.name, *cells, "(trained on)"])
    return lines


@dataclass(frozen=True)
class Spent:
    """Seconds that some work took, of the processor and by the clock."""

    processor: float
    clock: float

    def __add__(self, other: "Spent") -> "Spent":
        """Both, one after the other."""
        return Spent(self.processor + other.processor, self.clock + other.clock)


def speed(name: str, texts: Sequence[str], times: int) -> list[list[str]]:
    """Lines of microseconds of the processor a turn, an engine each, with the ratio by the clock.

    What the libraries of either side hold is kept from the collector first, so that neither pays
    for the other.
    """
    some = texts[:TURNS_TIMED]
    lines = []
    for kind in sorted(ENGINES):
        gc.collect()
        gc.freeze()
        runs = [race(kind, some) for _ in range(times + 1)][1:]
        mine, theirs = (
            median(side.processor for side in sides) / len(some) * 1e6
            for sides in zip(*runs, strict=True)
        )
        ratios = (
            median(their.processor / our.processor for our, their in runs),
            median(their.clock / our.clock for our, their in runs),
        )
        cells = (f"{value:.1f}" for value in (mine, theirs, *ratios))
        lines.append([f"{name}, {kind}", *cells])
    return lines


def race(kind: str, texts: Sequence[str]) -> tuple[Spent, Spent]:
    """What an engine and TextBlob took for the same turns, a thousand at a time in turns.

    The engine is one that has read nothing yet: it remembers only what comes twice among these.
    """
    mine = engine(kind)
    ours, theirs = Spent(0.0, 0.0), Spent(0.0, 0.0)
    for first in range(0, len(texts), AT_ONCE):
        some = texts[first : first + AT_ONCE]
        turns = [Turn(text) for text in some]
        ours += spent(lambda turns=turns: mine.moods(turns))
        theirs += spent(lambda some=some: [TextBlob(text).sentiment for text in some])
    return ours, theirs


def many_turns(folder: Path) -> Spent:
    """What a process of its own took to start the engine and read many turns."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = child([sys.executable, "-m", "bench.many_turns", str(folder)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Spent(processor, run.seconds)


def spent(work: Callable[[], object]) -> Spent:
    """What one call takes."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return Spent(time.process_time() - processor, time.perf_counter() - clock)


def _macro(labelled: Labelled, read: Reads) -> float:
    guesses = [LABELS.index(label) for label in read(labelled.texts)]
    return macro_f1(np.array(labelled.labels), np.array(guesses))


def _textblob(texts: Sequence[str]) -> list[str]:
    return [_label(TextBlob(text).sentiment.polarity) for text in texts]


def _vader(texts: Sequence[str]) -> list[str]:
    score = SentimentIntensityAnalyzer().polarity_scores
    return [_label(score(text)["compound"], VADER_CUT) for text in texts]


def _service(texts: Sequence[str]) -> list[str]:
    return [mood.label or "neutral" for mood in engine().moods([Turn(text) for text in texts])]


def _label(score: float, cut: float = 0.0) -> str:
    reached = score >= cut if cut else score > 0
    return "positive" if reached else "negative" if score < 0 and score <= -cut else "neutral"


KINDS = ("tweets", "product_reviews", "editorials")
READERS: dict[str, Reads] = {"TextBlob": _textblob, "VADER": _vader, "service": _service}


if __name__ == "__main__":
    main()
