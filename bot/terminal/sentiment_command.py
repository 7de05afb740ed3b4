"""`evenkeel sentiment`: the mood of texts in a file; or moods that are kept, found anew."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli import DONE, REFUSED, words_of_the_call
from bot.paper import print_json, print_table, say, warn
from bot.progress import progress
from bot.services import Services, services_of
from scoring.errors import IntakeError, WordsError

if TYPE_CHECKING:
    from scoring.intake.files import Lines
    from scoring.said import Unheard

# So many lines are one table.
A_TABLE = 1000


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="JSON Lines of texts or conversations; - for a pipe",
    )
    parser.add_argument(
        "--engine", metavar="NAME", help="what reads them, in place of the setting"
    )
    parser.add_argument(
        "--redo", action="store_true", help="find the moods of kept transcripts anew, where due"
    )
    parser.add_argument(
        "--adapt", action="store_true", help="fit the engine to survey answers, if that helps"
    )


def run(asked: argparse.Namespace) -> int:
    """Tells the mood of each line of the file; 1 if one could not be read."""
    kept = asked.redo or asked.adapt
    if (asked.file is None) != kept:
        raise WordsError(
            "Say whose mood: `evenkeel sentiment FILE` for that of texts in a file, or `evenkeel"
            " sentiment --redo` for that of the transcripts that are kept."
        )
    if kept and asked.engine:
        raise WordsError(
            "Kept moods are of one engine: set EVENKEEL_SENTIMENT_ENGINE, and leave out --engine."
        )
    services = services_of(asked)
    as_json = "json" in asked
    if kept:
        told = _adapt(services) if asked.adapt else {}
        told |= _redo(services)
        _tell_kept(told, services.listening.engine, as_json=as_json)
        return DONE
    try:
        with _lines(asked.file) as lines:
            heard = _heard(services, lines, asked.engine)
            whole = _tell(heard, as_json=as_json or not sys.stdout.isatty())
            if lines.broken:
                warn(f"{asked.file}: {lines.broken}. The lines before that are told.")
    except IntakeError as error:
        warn(str(error))
        return REFUSED
    return DONE if whole and not lines.broken else REFUSED


@contextmanager
def _lines(file: str) -> Iterator["Lines"]:
    from scoring.intake.files import lines_of, open_lines

    if file == "-":
        yield lines_of(sys.stdin.buffer)  # type: ignore[arg-type]  # it buffers
        return
    with open_lines(Path(file)) as lines:
        yield lines


def _heard(
    services: Services, lines: "Lines", name: str | None
) -> Iterator["dict[str, Any] | Unheard"]:
    from scoring.redaction.redactor import Redactor, shapes_of
    from scoring.said import hear
    from scoring.sentiment.engines import engine

    listening = services.listening
    with words_of_the_call():
        reader = engine(name or listening.engine)
    numbered = ((lines.count, line, lines.take_fault()) for line in lines)
    return hear(numbered, reader, Redactor(shapes=shapes_of(listening.shapes)))


def _tell(heard: Iterator["dict[str, Any] | Unheard"], *, as_json: bool) -> bool:
    """Tells what was heard, as it comes; False where some lines could not be read."""
    whole = True
    while some := list(islice(heard, 1 if as_json else A_TABLE)):
        told = [one for one in some if isinstance(one, dict)]
        for one in some:
            if not isinstance(one, dict):
                whole = False
                warn(f"Line {one.line} is left out: {one.reason}.")
        if as_json:
            print_json(told)
        elif told:
            _print(told)
    return whole


def _print(told: Sequence[dict[str, Any]]) -> None:
    """A table for people; what only conversations have has columns where there are some."""
    figures = ["polarity"]
    if any("start" in one for one in told):
        figures += ["start", "end", "trend", "strained"]
    rows = [
        (str(one["id"]), *(_cell(name, one.get(name)) for name in figures), _because(one))
        for one in told
    ]
    sides = "l" + "r" * len(figures) + "l"
    print_table("", ("id", *figures, "because"), rows, sides)


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.1%}" if name == "strained" else f"{value:+.2f}"


def _because(one: dict[str, Any]) -> str:
    return ", ".join(one["because"]) or ("no signal" if one["polarity"] is None else "")


def _adapt(services: Services) -> dict[str, Any]:
    from scoring.adaptation import adapt

    adapted = adapt(services.engine, services.listening)
    return {
        "answers": adapted.n,
        "biases": None if adapted.biases is None else list(adapted.biases),
        "before": adapted.before,
        "after": adapted.after,
        "reason": adapted.reason,
    }


def _redo(services: Services) -> dict[str, Any]:
    from scoring.rescoring import pending, redo

    due = pending(services.engine, services.listening)
    with progress("transcripts", due) as watch:
        done = redo(services.engine, services.workspace, services.listening, watch)
    return {"moods": done.moods, "redacted": done.transcripts + done.comments}


def _tell_kept(told: dict[str, Any], engine: str, *, as_json: bool) -> None:
    if as_json:
        print_json([told])
        return
    if "reason" in told:
        say(f"{told['answers']:,} survey answers: {told['reason']}.")
    if told.get("biases"):
        negative, positive = told["biases"]
        say(f"Biases are now {negative:+.2f} for negative and {positive:+.2f} for positive.")
    if told.get("after") is not None:
        say(
            "Agreement with answers held back (macro-F1):"
            f" {told['before']:.2f} without biases, {told['after']:.2f} with them."
        )
    say(
        f"{told['moods']:,} moods found anew, by the engine {engine}; figures follow.",
        f"More personal data was taken out of {told['redacted']:,} kept texts.",
    )
