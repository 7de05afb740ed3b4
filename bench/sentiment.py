"""How well and how fast the engines read moods, beside TextBlob and VADER in the same run.

    python -m bench.sentiment DATA --times 5

Accuracy is macro-F1 over negative, neutral and positive on goemotions dev, which no training saw.
Beside it stand sets that training did see, for TextBlob and VADER only; what `service` reaches on
them untrained is what `python -m bench.train_sentiment DATA --check` prints.
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.labelled import LABELS, Labelled, comments, review_sentences, snippets
from bench.measure import child, machine, paired, table
from bench.softmax import macro_f1
from scoring.sentiment.engine import Turn
from scoring.sentiment.engines import ENGINES, engine

# The cut that VADER's authors recommend.
VADER_CUT = 0.05
SEEDED = 1
TURNS_TIMED = 10_000
MANY = 100_000
Reads = Callable[[Sequence[str]], list[str]]


def main(words: list[str] | None = None) -> None:
    """Prints the tables of accuracy and speed."""
    parser = argparse.ArgumentParser(prog="python -m bench.sentiment", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the sets lie")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--many", action="store_true", help="only start and read 100,000 turns")
    wanted = parser.parse_args(words)
    if wanted.many:
        read_many(wanted.folder)
        return
    print(table(["macro-F1", *READERS], accuracy(wanted.folder)))
    print()
    texts = {
        "chat turns": chat_turns(wanted.folder),
        "tweets": list(snippets(wanted.folder, "tweets").texts),
    }
    speeds = [
        line for name, all_texts in texts.items() for line in speed(name, all_texts, wanted.times)
    ]
    print(table(["speed", "us a turn", "TextBlob, us", "times as fast"], speeds))
    runs = [
        child([sys.executable, "-m", "bench.sentiment", str(wanted.folder), "--many"])
        for _ in range(3)
    ]
    seconds = sorted(run.seconds for run in runs)[1]
    print(f"\nstart and read {MANY:,} chat turns with `service`: {seconds:.2f} s, median of 3")
    print(machine())


def accuracy(folder: Path) -> list[list[str]]:
    """Lines of macro-F1, a set each."""
    dev = comments(folder, "dev")
    lines = [[dev.name, *(f"{_macro(dev, read):.3f}" for read in READERS.values())]]
    for seen in (*(snippets(folder, kind) for kind in KINDS), review_sentences(folder)):
        cells = [f"{_macro(seen, READERS[name]):.3f}" for name in ("TextBlob", "VADER")]
        lines.append([seen.name, *cells, "(trained on)"])
    return lines


def speed(name: str, texts: Sequence[str], times: int) -> list[list[str]]:
    """Lines of microseconds a turn, an engine each; both sides read the same turns in turns.

    Each time our side is an engine that has read nothing yet, so nothing is remembered but what
    comes twice among these turns.
    """
    some = random.Random(SEEDED).sample(list(texts), min(len(texts), TURNS_TIMED))  # noqa: S311 - a sample
    turns = [Turn(text) for text in some]
    lines = []
    for kind in sorted(ENGINES):
        fresh = iter([engine(kind) for _ in range(times + 1)])
        mine, theirs, ratio = paired(
            lambda fresh=fresh: next(fresh).moods(turns), lambda: _textblob(some), times
        )
        each = [f"{timing.median / len(some) * 1e6:.1f}" for timing in (mine, theirs)]
        lines.append([f"{name}, {kind}", *each, f"{1 / ratio:.1f}"])
    return lines


def read_many(folder: Path) -> None:
    """Start, and read 100,000 turns as they come, some of them twice."""
    turns = [Turn(text) for text in chat_turns(folder)]
    rounds = (turn for _ in range(1 + MANY // len(turns)) for turn in turns)
    engine().moods(list(islice(rounds, MANY)))


def chat_turns(folder: Path) -> list[str]:
    """What was said in star_chats, either side."""
    path = folder / "star_chats" / "chats_dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [text for line in file for _author, _at, text in json.loads(line)["turns"]]


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
