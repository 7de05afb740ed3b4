"""Trains the engine `service` and writes its weights; with --check, tries how that carries over.

    python -m bench.train_sentiment DATA --out scoring/sentiment/weights.json
    python -m bench.train_sentiment DATA --check

The same sets give the same weights. --check trains without one set at a time and tries it on that.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy import sparse

from bench.labelled import LABELS, Labelled, comments, training_sets
from bench.measure import table
from bench.softmax import fit, macro_f1
from scoring.sentiment.features import Reader, Reading, parts
from scoring.sentiment.phrases import vocabulary

# How much a text of a set counts; where a set is not named, 1.
COUNTS = {"rated tweets": 1.5, "rated editorials": 0.5, "written turns": 2.0}
# The set whose own leaning is kept; of the others it is learned apart and left out.
LEADING = ("goemotions train",)
LEAST_SEEN = 3
PENALTY = 25.0
# How much of PENALTY each kind of feature bears; those that occur in many texts bear less.
SHARES = {"words": 1.0, "parts": 1.0, "pairs": 1.0, "phrases": 4.0, "cues": 0.2}
LEANING, OF_ONE_SET = 0.1, 0.1
# What log-odds are set before training, for cues of support talk that other sets know little of:
# the matter of service is named, without a question or with; a post is addressed to somebody.
CUE_PRIORS = {
    "service told": (0.8, 0.0, 0.0),
    "service asked": (0.4, 0.0, -0.2),
    "addressed": (0.5, 0.0, 0.2),
    "irony": (1.0, 0.0, -1.0),
}
# Added at the end: away from Reddit people feel more. Chosen on the sets left out, see --check.
LEAN = (0.15, 0.0, 0.1)
# A weight below this changes no label worth speaking of, and is left out of the file.
LEAST_WEIGHT = 3
# Kinds of which every weight is written.
ALWAYS = ("cues", "phrases", "words")
SCALE = 100
START, END = "<s>", "</s>"
Name = tuple[str, str]


@dataclass(frozen=True)
class Model:
    """Weights (features, 3) by kind and name of feature, and the intercept (3,)."""

    names: list[Name]
    weights: np.ndarray
    intercept: np.ndarray

    def logits(self, seen: list[dict[Name, float]]) -> np.ndarray:
        """Log-odds (texts, 3)."""
        places = {name: place for place, name in enumerate(self.names)}
        return matrix(seen, places) @ self.weights + self.intercept


def main(words: list[str] | None = None) -> None:
    """Writes the weights, or prints how well they would carry over."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_sentiment", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the sets lie")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    wanted = parser.parse_args(words)
    reader = Reader()
    sets = training_sets(wanted.folder)
    seen = {each.name: [features(reader.read(text)) for text in each.texts] for each in sets}
    if wanted.check:
        dev = comments(wanted.folder, "dev")
        seen[dev.name] = [features(reader.read(text)) for text in dev.texts]
        print(check(sets, dev, seen))
    if wanted.out:
        write(train(sets, seen), wanted.out)


def features(reading: Reading) -> dict[Name, float]:
    """What the model weighs in a text, by kind and name."""
    counts: Counter[Name] = Counter()
    distinct = [term.text for term in set(reading.terms) if term.text]
    counts.update(("words", text) for text in distinct)
    counts.update(("parts", part) for text in distinct for part in parts(text))
    line = [START, *(term.text for term in reading.terms), END]
    counts.update(("pairs", f"{one} {two}") for one, two in pairwise(line) if one and two)
    counts.update(("phrases", found.group.name) for found in reading.phrases)
    return {**counts, **{("cues", name): value for name, value in reading.cues.items()}}


def train(sets: list[Labelled], seen: dict[str, list[dict[Name, float]]]) -> Model:
    """The model of these sets, every set's labels in balance."""
    rows = [text for each in sets for text in seen[each.name]]
    labels = np.array([label for each in sets for label in each.labels])
    names = sorted(name for name, count in _seen(rows).items() if count >= LEAST_SEEN)
    places = {name: place for place, name in enumerate(names)}
    prior = _prior(places)
    main_part = matrix(rows, places)
    own, own_penalties = _of_sets(sets, main_part, places)
    shares = [SHARES["phrases" if _is_of_service(name) else name[0]] for name in names]
    penalties = [*shares, 0.0, *own_penalties]
    weights = fit(
        sparse.hstack([main_part, np.ones((len(rows), 1)), own]).tocsr(),
        labels,
        np.concatenate([_balanced(each) for each in sets]),
        main_part @ prior + _offsets(sets),
        PENALTY * np.array(penalties),
    )
    count = len(names)
    return Model(names, weights[:count] + prior, weights[count] + np.array(LEAN))


def matrix(seen: list[dict[Name, float]], places: dict[Name, int]) -> sparse.csr_matrix:
    """Values (texts, features)."""
    cells = [
        [(places[name], value) for name, value in row.items() if name in places] for row in seen
    ]
    starts = np.cumsum([0, *map(len, cells)])
    flat = [cell for row in cells for cell in row]
    columns, values = zip(*flat, strict=True)
    return sparse.csr_matrix((values, columns, starts), shape=(len(seen), len(places)))


def check(sets: list[Labelled], dev: Labelled, seen: dict[str, list[dict[Name, float]]]) -> str:
    """Macro-F1 on goemotions dev and on each set that training did not see."""
    lines = []
    for left_out in (None, *sets[1:]):
        model = train([each for each in sets if each is not left_out], seen)
        tried = [dev, *([left_out] if left_out else [])]
        lines += [_line(left_out, each, model.logits(seen[each.name])) for each in tried]
    return table(["left out", "tried on", "macro-F1", "with two fitted biases"], lines)


def write(model: Model, path: Path) -> None:
    """The weights as whole hundredths of log-odds against neutral, small ones left out.

    A word's weight is written with those of the parts in it, so that one look is enough.
    """
    against = SCALE * (model.weights - model.weights[:, [1]])[:, [0, 2]]
    places = {name: place for place, name in enumerate(model.names)}
    intercept = np.rint(SCALE * (model.intercept - model.intercept[1])).astype(int)[[0, 2]]
    kinds: dict[str, dict] = {kind: {} for kind in ("cues", "phrases", "words", "parts", "pairs")}
    for (kind, name), own in zip(model.names, against, strict=True):
        within = parts(name) if kind == "words" else ()
        rows = [places["parts", part] for part in within if ("parts", part) in places]
        weight = np.rint(own + against[rows].sum(axis=0)).astype(int).tolist()
        if kind in ALWAYS or max(map(abs, weight)) >= LEAST_WEIGHT:
            home, _, last = name.rpartition(" ") if kind == "pairs" else ("", "", name)
            (kinds[kind].setdefault(home, {}) if home else kinds[kind])[last] = weight
    content = {"intercept": intercept.tolist(), **kinds}
    path.write_text(_lines(content), encoding="utf-8")


def _lines(content: dict) -> str:
    """JSON with one entry a line, so that a change can be read."""
    kinds = [
        f"{json.dumps(kind)}: "
        + (_entries(value) if isinstance(value, dict) else json.dumps(value))
        for kind, value in content.items()
    ]
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def _entries(entries: dict) -> str:
    compact = [
        f"{json.dumps(name, ensure_ascii=False)}:"
        + json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for name, value in entries.items()
    ]
    return "{\n" + ",\n".join(compact) + "}"


def _seen(rows: list[dict[Name, float]]) -> Counter[Name]:
    return Counter(name for row in rows for name in row)


def _is_of_service(name: Name) -> bool:
    """Whether a feature has a weight before training: sets from elsewhere know little of it."""
    return name[0] == "phrases" or (name[0] == "cues" and name[1] in CUE_PRIORS)


def _prior(places: dict[Name, int]) -> np.ndarray:
    """The weights (features, 3) that phrases and the matter of service have before training."""
    prior = np.zeros((len(places), len(LABELS)))
    for group in vocabulary().groups:
        if ("phrases", group.name) in places:
            prior[places["phrases", group.name], LABELS.index(group.says)] = group.weight
    for cue, log_odds in CUE_PRIORS.items():
        if ("cues", cue) in places:
            prior[places["cues", cue]] = log_odds
    return prior


def _of_sets(
    sets: list[Labelled], main_part: sparse.csr_matrix, places: dict[Name, int]
) -> tuple[sparse.csr_matrix, list[float]]:
    """What is learned of one set and left out again: its leaning, and goemotions' own phrases.

    On Reddit a wait or a refund is no complaint; what the phrases are worth there stays there.
    """
    of_set = np.repeat(np.arange(len(sets)), [len(each.texts) for each in sets])
    follows = [place for place, each in enumerate(sets) if each.name not in LEADING]
    leanings = sparse.csr_matrix((of_set[:, None] == follows).astype(float))
    phrases = [place for name, place in places.items() if _is_of_service(name)]
    first = sparse.diags((of_set == 0).astype(float)) @ main_part[:, phrases]
    penalties = [LEANING] * len(follows) + [OF_ONE_SET] * len(phrases)
    return sparse.hstack([leanings, first]), penalties


def _balanced(each: Labelled) -> np.ndarray:
    """How much each text counts (texts,): every label of a set as much as any other."""
    labels = np.array(each.labels)
    sizes = np.bincount(labels, minlength=len(LABELS))
    kinds = (sizes > 0).sum()
    return COUNTS.get(each.name, 1.0) * len(labels) / (kinds * sizes[labels])


def _offsets(sets: list[Labelled]) -> np.ndarray:
    """Log-odds (texts, 3) that rule out neutral where a set does not know it."""
    polar = np.repeat([each.polar for each in sets], [len(each.texts) for each in sets])
    return polar[:, None] * np.array([0.0, -50.0, 0.0])


def _line(left_out: Labelled | None, tried: Labelled, logits: np.ndarray) -> list[str]:
    labels = np.array(tried.labels)
    allowed = logits - 50.0 * tried.polar * np.array([0, 1, 0])
    steps = np.arange(-2, 2.1, 0.25)
    fitted = max(
        macro_f1(labels, (allowed + np.array([low, 0, high])).argmax(axis=1))
        for low in steps
        for high in steps
    )
    plain = macro_f1(labels, allowed.argmax(axis=1))
    return [left_out.name if left_out else "-", tried.name, f"{plain:.3f}", f"{fitted:.3f}"]


if __name__ == "__main__":
    main()
