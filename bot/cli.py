"""The command line: finds the command, reads its words, runs it, tells mistakes in a sentence."""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import MappingProxyType

from scoring.errors import DatabaseError, EvenkeelError, WordsError

# A command's module is imported when it is called: --help must not wait for the database.
COMMANDS: MappingProxyType[str, str] = MappingProxyType(
    {
        "demo": "the main job on real chats that come with the project",
        "import": "take in files of records",
        "kpis": "the catalogue of KPIs, or one KPI's definition",
        "scorecard": "figures of agents, teams or any group",
        "ask": "a manager's question in plain words",
        "eval": "how well questions are read, with the model that is set and without",
        "review": "the coaching judgement of agents' weeks: levels, news, score, focus",
        "note": "the weekly coaching note of an agent, or of a team's manager",
        "evidence": "the contacts behind a figure, a focus or a strength",
        "sentiment": "the mood of texts and conversations",
        "commitment": "one thing that an agent works on, and what became of it",
        "dispute": "an agent's word against a fact of a contact, and what was decided",
        "remark": "private words between a manager and an agent",
        "export": "records out again, in the form they came in",
        "digest": "send the weekly messages that are due, each once",
        "run": "the Slack bot: answers slash commands until it is stopped",
        "mcp": "one person's figures as tools of other programs, over MCP",
        "upgrade": "bring the database up to date",
        "check": "what works, what does not, what to do",
    }
)
DONE, REFUSED, WRONG_WORDS, UNREACHABLE = range(4)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 done, 1 refused, 2 the words are wrong, 3 something is unreachable."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _told("Stopped. What was taken in before stays; say it again to go on.", REFUSED)
    except BrokenPipeError:
        # The reader of our output went away (head, less): nothing is wrong.
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        what, why = error.filename or "The output", error.strerror or error
        return _told(f"{what} cannot be read or written: {why}. Put that right first.", REFUSED)
    return status


@contextmanager
def words_of_the_call() -> Iterator[None]:
    """Marks what is said in a call, and is a mistake whatever the records are.

    Raises:
        WordsError: in place of any other error that a person can put right.
    """
    try:
        yield
    except EvenkeelError as error:
        raise WordsError(str(error)) from error


def _run(words: list[str]) -> int:
    shared = _shared()
    parser, commands = _parser(shared)
    try:
        name = _command(shared, words)
        if name is not None:
            module = importlib.import_module(f"bot.terminal.{name}_command")
            module.add_words(commands[name])
        asked = parser.parse_args(words)
    except SystemExit as told:
        return int(told.code or DONE)
    if asked.command is None:
        parser.print_help()
        return DONE
    try:
        return int(module.run(asked))
    except EvenkeelError as error:
        return _told(error, _status(error))


def _command(shared: argparse.ArgumentParser, words: list[str]) -> str | None:
    """The command that is called: the first word that belongs to no flag."""
    _, rest = shared.parse_known_args(words)
    first = next((word for word in rest if not word.startswith("-")), None)
    return first if first in COMMANDS else None


def _status(error: EvenkeelError) -> int:
    if isinstance(error, DatabaseError):
        return UNREACHABLE
    return WRONG_WORDS if isinstance(error, WordsError) else REFUSED


def _drop_output() -> None:
    """What is still to be written goes nowhere, so that Python does not fail on it at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: EvenkeelError | str, status: int) -> int:
    print(error, file=sys.stderr)  # noqa: T201 the terminal is the surface
    return status


def _parser(
    shared: argparse.ArgumentParser,
) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="evenkeel",
        description="Fair scorecards for customer-service agents.",
        epilog="`evenkeel COMMAND --help` tells the words of a command.",
        parents=[shared],
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    by_name = {
        name: commands.add_parser(
            name, help=about, description=f"{about}.", parents=[shared], allow_abbrev=False
        )
        for name, about in COMMANDS.items()
    }
    return parser, by_name


def _shared() -> argparse.ArgumentParser:
    """The flags of every command, which may stand before its name and after it."""
    parser = argparse.ArgumentParser(
        prog="evenkeel",
        add_help=False,
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    group = parser.add_argument_group("every command")
    group.add_argument("--database", metavar="URL", help="where the records are kept")
    group.add_argument("--now", metavar="INSTANT", help="the clock, for repeatable runs")
    group.add_argument("--timezone", metavar="ZONE", help="the zone that days are cut in")
    group.add_argument(
        "--week-starts", choices=("monday", "sunday"), help="the first day of a week"
    )
    group.add_argument("--json", action="store_true", help="JSON Lines instead of tables")
    return parser
