"""Texts with a label of sentiment: the sets that people outside this project made, and our own.

Each set is read from where the command line says it lies; docs/sentiment.md has their licences.
"""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

LABELS = ("negative", "neutral", "positive")
# A mean rating (-4 to 4) this far from 0 is a label; as the set's own notes cut it.
RATED = 0.5
WRITTEN = Path(__file__).with_name("written_turns.csv")


@dataclass(frozen=True)
class Labelled:
    """Texts and their labels by place in LABELS; ``polar`` if the set knows no neutral."""

    name: str
    texts: tuple[str, ...]
    labels: tuple[int, ...]
    polar: bool = False


def training_sets(folder: Path) -> list[Labelled]:
    """What the engine is trained on; goemotions first."""
    return [
        comments(folder, "train"),
        *(snippets(folder, kind) for kind in ("tweets", "product_reviews", "editorials")),
        review_sentences(folder),
        written_turns(),
    ]


def comments(folder: Path, part: str) -> Labelled:
    """GoEmotions, its train or dev part."""
    rows = _rows(folder / "goemotions" / f"{part}.csv.gz")
    return _labelled(f"goemotions {part}", [(row["text"], row["sentiment"]) for row in rows])


def snippets(folder: Path, kind: str) -> Labelled:
    """Rated snippets: tweets, product reviews or editorials."""
    rows = _rows(folder / "rated_snippets" / f"{kind}_dev.csv.gz")
    pairs = [(row["text"], _rated(float(row["mean_rating"]))) for row in rows]
    return _labelled(f"rated {kind}", pairs)


def review_sentences(folder: Path) -> Labelled:
    """Sentences of reviews, none of them neutral."""
    rows = _rows(folder / "review_sentences" / "sentences_dev.csv.gz")
    pairs = [(row["text"], LABELS[2 * int(row["positive"])]) for row in rows]
    return _labelled("review sentences", pairs, polar=True)


def written_turns() -> Labelled:
    """Turns of customers that we wrote ourselves."""
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return _labelled(
            "written turns", [(row["text"], row["label"]) for row in csv.DictReader(file)]
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rated(rating: float) -> str:
    return LABELS[(rating > -RATED) + (rating >= RATED)]


def _labelled(name: str, pairs: list[tuple[str, str]], *, polar: bool = False) -> Labelled:
    texts, labels = zip(*pairs, strict=True)
    return Labelled(name, texts, tuple(map(LABELS.index, labels)), polar)
