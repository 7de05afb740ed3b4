"""Trains the model of strained customers, and says how well it finds them among agents unseen.

The folder holds the chats of STAR with their answers: `chats_*.jsonl.gz` and
`interactions_*.csv.gz`. Every figure of a trained model is by cross-validation over whole agents.
"""

import argparse
import csv
import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.finding import auc, auc_error, folds, in_top_tenth
from scoring.sentiment.conversations import Message, read_conversations
from scoring.sentiment.engine import Engine, Turn
from scoring.sentiment.engines import DEFAULT, ENGINES, engine
from scoring.sentiment.strained import WEIGHTS, directions, features

Floats = NDArray[np.float64]
# Weights are normal around 0 beforehand, per standard deviation of a feature: 10 to 100 do alike.
RIDGE = 30.0
SWEEPS = 30
TIMES = 5
DIGITS = 5


@dataclass(frozen=True)
class Chat:
    """One chat: its agent and matter, what was said, the answers afterwards (None: not asked)."""

    agent: str
    matter: str
    messages: tuple[Message, ...]
    annoyed: bool | None
    solved: bool | None

    @property
    def texts(self) -> list[str]:
        """What the customer said, blank turns left out."""
        return [each.text for each in self.messages if is_customers(each)]


@dataclass(frozen=True)
class Fit:
    """A logistic model: weights in the units of the features."""

    intercept: float
    weights: Floats

    def logits(self, values: Floats) -> Floats:
        """Log-odds of each row of (chats, features)."""
        return self.intercept + values @ self.weights


def main(words: Sequence[str] | None = None) -> None:
    """With --write, train on every chat and write the weights; then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="also write new weights")
    asked = parser.parse_args(words)
    chats = list(chats_of(asked.folder))
    if asked.write:
        write(chats, WEIGHTS)
    print_annoyed([chat for chat in chats if chat.annoyed is not None])
    print_solved([chat for chat in chats if chat.solved is not None])


def chats_of(folder: Path) -> Iterator[Chat]:
    """The chats in which a customer said something, with their answers."""
    with gzip.open(next(folder.glob("interactions_*.csv.gz")), "rt", encoding="utf-8") as lines:
        answers = {row["chat_id"]: row for row in csv.DictReader(lines)}
    with gzip.open(next(folder.glob("chats_*.jsonl.gz")), "rt", encoding="utf-8") as lines:
        for chat in map(json.loads, lines):
            messages = tuple(Message(author, text) for author, _at, text in chat["turns"])
            row = answers[str(chat["chat_id"])]
            if any(map(is_customers, messages)):
                said_to_be = _answer(row["customer_annoyed"]), _answer(row["solved"])
                yield Chat(chat["agent_id"], row["tasks"], messages, *said_to_be)


def is_customers(message: Message) -> bool:
    """Whether the customer wrote it, and something."""
    return message.author == "customer" and bool(message.text.strip())


def _answer(cell: str) -> bool | None:
    return {"1": True, "0": False}.get(cell)


def print_annoyed(chats: Sequence[Chat]) -> None:
    """How well each way finds annoyed customers: area under the curve, share in the top tenth."""
    truths = annoyed(chats)
    print(f"{truths.sum()} annoyed customers in {len(chats)} chats")
    print(f"{'':34}{'AUC':>7}{'top tenth':>12}")
    for name, score in plain_scores(chats).items():
        _print_row(name, auc(truths, -score), in_top_tenth(truths, -score))
    agents, matters = [chat.agent for chat in chats], [chat.matter for chat in chats]
    for name in ENGINES:
        _print_row(f"strained, on {name}", *found_unseen(chats, name, agents))
    _print_row("the same, of matters unseen", *found_unseen(chats, DEFAULT, matters))


def _print_row(name: str, area: float, share: float) -> None:
    print(f"{name:34}{area:7.3f}{share:12.1%}")


def plain_scores(chats: Sequence[Chat]) -> dict[str, Floats]:
    """Scores with nothing trained on chats: plain means of all turns, and conversations' moods."""
    vader = SentimentIntensityAnalyzer()
    means: dict[str, Callable[[str], float]] = {
        "TextBlob, plain mean": lambda text: TextBlob(text).sentiment.polarity,
        "VADER, plain mean": lambda text: vader.polarity_scores(text)["compound"],
    }
    plain = {
        name: np.array([np.mean([score(text) for text in chat.texts]) for chat in chats])
        for name, score in means.items()
    }
    return plain | {f"polarity, by {name}": polarities(chats, engine(name)) for name in ENGINES}


def polarities(chats: Sequence[Chat], reader: Engine) -> Floats:
    """The polarity of each conversation; their mean where there is no signal."""
    moods = read_conversations([chat.messages for chat in chats], reader)
    known = np.array([np.nan if each.polarity is None else each.polarity for each in moods])
    return np.where(np.isnan(known), np.nanmean(known), known)


def found_unseen(chats: Sequence[Chat], name: str, groups: Sequence[str]) -> tuple[float, float]:
    """Area under the curve and share in the top tenth, in chats of groups that were not seen."""
    truths, scores = annoyed(chats), list(unseen(chats, name, groups))
    areas = [auc(truths, each) for each in scores]
    return float(np.mean(areas)), float(np.mean([in_top_tenth(truths, each) for each in scores]))


def unseen(chats: Sequence[Chat], name: str, groups: Sequence[str]) -> Iterator[Floats]:
    """Log-odds of strain, each from a model that saw no chat of the same group; several times."""
    values, known = rows_of(chats, engine(name))
    truths = annoyed(chats)
    for seed in range(TIMES):
        logits = np.zeros(len(chats))
        for held in folds(groups, seed):
            logits[held] = fit(values[~held & known], truths[~held & known]).logits(values[held])
        yield np.where(known, logits, np.median(logits))


def print_solved(chats: Sequence[Chat]) -> None:
    """What mood tells of whether the issue was solved: nothing, so it never stands for that."""
    solved = np.array([chat.solved for chat in chats], dtype=bool)
    print(f"\n{solved.sum()} solved of {len(chats)} chats where it was asked")
    for name in ENGINES:
        score = polarities(chats, engine(name))
        area, error = auc(solved, score), auc_error(solved, score)
        low, high = area - 1.96 * error, area + 1.96 * error
        print(f"{f'polarity, by {name}':34}{area:7.3f}   ({low:.3f} to {high:.3f})")


def write(chats: Sequence[Chat], file: Path) -> None:
    """Train on every chat with an answer, for each engine, and write the weights."""
    asked = [chat for chat in chats if chat.annoyed is not None]
    trained = {name: trained_on(asked, engine(name)) for name in ENGINES}
    file.write_text(json.dumps(trained, indent=1) + "\n", encoding="utf-8")


def trained_on(chats: Sequence[Chat], reader: Engine) -> dict[str, object]:
    """The weights for one engine, as strained.json has them."""
    values, known = rows_of(chats, reader)
    model = fit(values[known], annoyed(chats)[known])
    return {
        "version": reader.version,
        "intercept": round(float(model.intercept), DIGITS),
        "weights": {
            name: round(float(weight), DIGITS)
            for name, weight in zip(directions(), model.weights, strict=True)
        },
    }


def annoyed(chats: Sequence[Chat]) -> NDArray[np.bool_]:
    """Whether each customer was annoyed, as the agent said afterwards."""
    return np.array([chat.annoyed for chat in chats], dtype=bool)


def rows_of(chats: Sequence[Chat], reader: Engine) -> tuple[Floats, NDArray[np.bool_]]:
    """Features of (chats, features), and which chats have a signal; rows without are zero."""
    moods = iter(reader.moods([Turn(text) for chat in chats for text in chat.texts]))
    of_chats = [[next(moods) for _text in chat.texts] for chat in chats]
    known = np.array([any(mood.polarity is not None for mood in each) for each in of_chats])
    values = np.zeros((len(chats), len(directions())))
    for place in np.flatnonzero(known):
        found = features(chats[place].texts, of_chats[place])
        values[place] = [found[name] for name in directions()]
    return values, known


def fit(values: Floats, outcomes: NDArray[np.bool_]) -> Fit:
    """A logistic fit by coordinates, each weight kept to the direction it may count in.

    Source: Friedman, Hastie and Tibshirani 2010, "Regularization Paths for Generalized Linear
    Models via Coordinate Descent", Journal of Statistical Software 33(1).
    """
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    scaled = (values - middle) / spread
    signs = np.array(list(directions().values()))
    weights = np.zeros(scaled.shape[1])
    share = outcomes.mean()
    logits = np.full(len(scaled), np.log(share / (1 - share)))
    for _sweep in range(SWEEPS):
        chances = _chance(logits)
        spreads = chances * (1 - chances)
        for place, column in enumerate(scaled.T):
            pull = column @ (outcomes - _chance(logits)) - RIDGE * weights[place]
            new = weights[place] + pull / (spreads @ column**2 + RIDGE)
            new = new if new * signs[place] > 0 else 0.0
            logits += column * (new - weights[place])
            weights[place] = new
        logits += (outcomes - _chance(logits)).sum() / spreads.sum()
    intercept = float((logits - scaled @ weights).mean())
    weights = weights / spread
    return Fit(intercept - float(weights @ middle), weights)


def _chance(logits: Floats) -> Floats:
    return 1 / (1 + np.exp(-logits))


if __name__ == "__main__":
    main()
