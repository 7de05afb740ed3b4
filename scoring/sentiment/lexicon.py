"""TextBlob's own lexicon of polarity, read from its package without loading the rest of it.

TextBlob's rules stand in one file that needs nothing but Python; the package around it loads NLTK,
which takes over a second and is not needed.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

from scoring.errors import SettingsError

ADJECTIVE, ADVERB = "JJ", "RB"


@dataclass(frozen=True, slots=True)
class Word:
    """What the lexicon says of a word.

    ``polarity`` is -1 to 1, ``intensity`` what it multiplies a word after it by; it does so if it
    ``modifies``, as adverbs do.
    """

    polarity: float
    intensity: float
    modifies: bool


def lexicon() -> dict[str, Word]:
    """Every word of TextBlob's lexicon, as TextBlob averages its senses; adverbs in -ly included.

    Raises:
        SettingsError: TextBlob is not installed.

    Source: textblob._text.Sentiment.load, textblob.en.Sentiment.load.
    """
    root = ElementTree.parse(_package() / "en" / "en-sentiment.xml").getroot()  # noqa: S314 - TextBlob's own file
    senses: dict[str, dict[str | None, list[tuple[float, float]]]] = {}
    for entry in root.iter("word"):
        value = (float(entry.get("polarity", 0)), float(entry.get("intensity", 1)))
        if form := entry.get("form"):
            senses.setdefault(form, {}).setdefault(entry.get("pos"), []).append(value)
    by_tag = {
        form: {tag: _means(values) for tag, values in tags.items()}
        for form, tags in senses.items()
    }
    return _with_adverbs(by_tag)


def rules() -> ModuleType:
    """TextBlob's module of rules: its tokens, emoticons, abbreviations.

    Raises:
        SettingsError: TextBlob is not installed.
    """
    name = "scoring.sentiment._textblob_rules"
    spec = importlib.util.spec_from_file_location(name, _package() / "_text.py")
    if spec is None or spec.loader is None:
        raise SettingsError("TextBlob's rules cannot be read; install textblob again.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _package() -> Path:
    spec = importlib.util.find_spec("textblob")
    if spec is None or spec.origin is None:
        raise SettingsError("TextBlob is not installed; install textblob.")
    return Path(spec.origin).parent


def _means(values: Iterable[tuple[float, float]]) -> tuple[float, float]:
    polarities, intensities = zip(*values, strict=True)
    return sum(polarities) / float(len(polarities)), sum(intensities) / float(len(intensities))


def _with_adverbs(by_tag: dict[str, dict[str | None, tuple[float, float]]]) -> dict[str, Word]:
    """The mean over all tags; then each adjective's adverb, which replaces what is there."""
    known = {
        form: Word(*_means(tags.values()), modifies=ADVERB in tags)
        for form, tags in by_tag.items()
    }
    for form, tags in by_tag.items():
        if ADJECTIVE in tags:
            known[_adverb(form)] = Word(*tags[ADJECTIVE], modifies=True)
    return known


def _adverb(adjective: str) -> str:
    """As TextBlob spells it: happi-ly, terrib-ly, quick-ly; not always as English does."""
    if adjective.endswith("y"):
        return adjective[:-1] + "ily"
    if adjective.endswith("le"):
        return adjective[:-2] + "ly"
    return adjective + "ly"
