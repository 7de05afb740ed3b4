"""`evenkeel eval`: how well the model that is set reads questions, and rules beside it."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli import DONE, words_of_the_call
from bot.paper import print_json, print_table, say, wrapped
from bot.services import services_of

if TYPE_CHECKING:
    from prompts.judging import Judged, Summary, Watched

RULES, MODEL = "rules alone", "rules, then the model"


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="questions with their readings (TOML); those that come with it if not given",
    )


def run(asked: argparse.Namespace) -> int:
    """Reads all questions, by rules and with the model, and says what became of them."""
    from prompts.filling import Filler
    from prompts.golden import SHIPPED, load_golden
    from prompts.judging import Watched, judge, summary

    services = services_of(asked)
    with words_of_the_call():
        golden = load_golden(asked.file or SHIPPED)
    model = services.model
    watched = Watched(model) if isinstance(model, Filler) else None
    # The first question pays for loading the words; no question should be judged by that.
    next(judge(golden, services.catalogue))
    found = {RULES: list(judge(golden, services.catalogue))}
    if watched is not None:
        found[MODEL] = list(judge(golden, services.catalogue, watched))
    told = {reader: summary(judged) for reader, judged in found.items()}
    if vars(asked).get("json"):
        print_json(_rows(found, told))
    else:
        _show(found, told)
    if not vars(asked).get("json"):
        _tell_model(watched, services.settings.model)
    return DONE


def _rows(
    found: Mapping[str, Sequence["Judged"]], told: Mapping[str, "Summary"]
) -> Iterator[dict[str, Any]]:
    for reader, judged in found.items():
        for one in judged:
            yield {
                "reader": reader,
                "question": one.golden.ask,
                "verdict": one.verdict,
                "wanted": one.wanted,
                "found": one.found,
                "ms": round(one.ms, 1),
                "tokens": one.tokens,
            }
        yield {"reader": reader, **asdict(told[reader])}


def _show(found: Mapping[str, Sequence["Judged"]], told: Mapping[str, "Summary"]) -> None:
    header = ("reader", "exact", "silently wrong", "asked back", "refused", "p50", "p95", "tokens")
    rows = [
        (
            reader,
            f"{one.exact} of {one.questions}",
            str(one.silently_wrong),
            str(one.asked_back),
            str(one.refused),
            f"{one.p50_ms:,.0f} ms",
            f"{one.p95_ms:,.0f} ms",
            f"{one.tokens:,}",
        )
        for reader, one in told.items()
    ]
    print_table("How questions are read", header, rows)
    say(wrapped("“Asked back” and “refused” count questions that should have been answered."), "")
    reader, judged = list(found.items())[-1]
    misses = [
        (one.golden.ask, one.verdict, _apart(one)) for one in judged if one.verdict != "exact"
    ]
    if misses:
        print_table(f"Not exact: {reader}", ("question", "verdict", "where"), misses)


def _apart(one: "Judged") -> str:
    """Where a reading differs from the right one."""
    if isinstance(one.found, str) or isinstance(one.wanted, str):
        return f"{_short(one.found)}, not {_short(one.wanted)}"
    return "; ".join(
        f"{name}: {one.found[name]}, not {value}"
        for name, value in one.wanted.items()
        if one.found[name] != value
    )


def _short(found: Mapping[str, Any] | str) -> str:
    return found if isinstance(found, str) else "answered"


def _tell_model(watched: "Watched | None", name: str | None) -> None:
    if watched is None:
        say(wrapped("No model is set: EVENKEEL_MODEL names one. docs/model.md tells how."))
        return
    kinds = ", ".join(f"{why} {count}" for why, count in sorted(watched.failures.items()))
    told = f" It gave no form {watched.failures.total()} times: {kinds}." if kinds else ""
    say(wrapped(f"The model {name} was asked {watched.calls} times.{told}"))
