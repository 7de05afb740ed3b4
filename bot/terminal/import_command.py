"""`evenkeel import`: files in, a receipt out."""

import argparse
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import DONE, REFUSED, words_of_the_call
from bot.paper import print_json, say, warn
from bot.progress import progress
from bot.services import Services, services_of
from scoring.errors import WordsError

if TYPE_CHECKING:
    from scoring.intake.receipt import Receipt


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument("kind", nargs="?", metavar="KIND", help="what the files hold; see --list")
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    parser.add_argument("--source", default="files", help="which system they come from")
    parser.add_argument("--rejects", metavar="FILE", help="where refused rows are written")
    parser.add_argument("--list", action="store_true", help="the kinds of files there are")


def run(asked: argparse.Namespace) -> int:
    """Takes in the files; 1 if any row was refused or a file could not be read whole."""
    from scoring.intake.plain import KIND_NAMES, see_kind
    from scoring.intake.receipt import Receipt, shown

    if asked.list:
        say(*KIND_NAMES)
        return DONE
    if asked.kind is None or not asked.files:
        raise WordsError(
            "Say what to take in: `evenkeel import KIND FILE…`. KINDs: "
            + ", ".join(KIND_NAMES)
            + "."
        )
    with words_of_the_call():
        kind = see_kind(asked.kind)
    rejects = _rejects(asked.files, asked.rejects)
    services = services_of(asked)
    receipts = [
        Receipt(shown(str(path)), kind, asked.source, rejects=str(place))
        for path, place in zip(asked.files, rejects, strict=True)
    ]
    as_json = "json" in asked and asked.json
    done = [
        _take_one(services, path, receipt, as_json=as_json)
        for path, receipt in zip(asked.files, receipts, strict=True)
    ]
    return DONE if all(done) else REFUSED


def _take_one(services: Services, path: Path, receipt: "Receipt", *, as_json: bool) -> bool:
    from scoring.errors import IntakeError
    from scoring.intake.plain import take_in
    from scoring.intake.taking import Desk

    desk = Desk(
        services.engine,
        services.workspace,
        services.now,
        services.settings.zone,
        services.secret,
        services.listening,
    )
    try:
        with progress(path.name, _size(path)) as watch:
            take_in(desk, receipt.kind, path, receipt, watch)
    except IntakeError as error:
        warn(str(error))
        return False
    if as_json:
        print_json([receipt.as_json()])
    else:
        say(*receipt.lines())
    if receipt.broken:
        warn(
            f"{path}: {receipt.broken}. The rows before that are in; get it whole and take it in"
            " again."
        )
    return receipt.whole


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _rejects(files: Sequence[Path], said: str | None) -> list[Path]:
    """Where the refused rows of each file go: to the file that was said, or into that folder."""
    place = Path(said or ".")
    if len(files) > 1 and not place.is_dir():
        raise WordsError("For several files, let --rejects name a folder that is there.")
    if not place.parent.is_dir():
        raise WordsError(f"There is no folder {place.parent} for the refused rows. Make it first.")
    names: list[str] = []
    for path in files:
        names.append(_rejects_name(path, names))
    places = [place / name for name in names] if place.is_dir() else [place]
    if same := {one.resolve() for one in files} & {one.resolve() for one in places}:
        raise WordsError(f"--rejects names {same.pop()} itself. Name another file.")
    return places


def _rejects_name(path: Path, others: Sequence[str]) -> str:
    """The name of a file of refused rows, unlike the others."""
    plain = path.name.removesuffix(".gz")
    stem, dot, end = plain.rpartition(".")
    for at in count(1):
        number = f"-{at}" if at > 1 else ""
        name = f"{stem}.rejects{number}.{end}" if dot else f"{plain}.rejects{number}"
        if name not in others:
            break
    return name
