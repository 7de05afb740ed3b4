"""`evenkeel mcp`: one person's figures as tools of other programs, over the protocol MCP."""

import argparse
import logging
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli import DONE
from bot.services import services_of
from bot.settings import PORTS
from scoring.errors import SettingsError, WordsError

if TYPE_CHECKING:
    from pydantic import SecretStr

    from prompts.mcp_http import Door
    from prompts.mcp_server import McpServer

log = logging.getLogger(__name__)

HERE = "127.0.0.1"
LOOPBACK = (HERE, "localhost", "::1")
# A token that is shorter can be tried out.
SHORTEST_TOKEN = 16


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "--as", dest="who", metavar="WHO", help="whose sight it has: an id, e-mail or name"
    )
    parser.add_argument(
        "--http", metavar="[HOST:]PORT", help="over HTTP; else on standard input and output"
    )
    parser.add_argument(
        "--hosts", metavar="NAMES", help="what clients on other machines call this one: names, …"
    )
    parser.add_argument(
        "--allow-writing", action="store_true", help="tools for commitments and remarks too"
    )


def run(asked: argparse.Namespace) -> int:
    """Answers until the input ends or, over HTTP, until it is stopped."""
    from bot.logs import start_log
    from bot.tools.offering import offer_for

    place = _checked(asked)
    services = services_of(asked)
    token = "" if place is None else _token(services.settings.mcp_token)
    with _packages():
        from prompts.mcp_server import server_of
    offer = offer_for(asked.who, services)
    server = server_of(offer, writing=asked.allow_writing)
    start_log()
    with _stopped_by_signal():
        if place is None:
            _serve_here(server)
        else:
            from prompts.mcp_http import Door

            _serve_at(place, server, Door(offer.key, token, _names(asked.hosts)))
    return DONE


def _serve_here(server: "McpServer") -> None:
    from prompts.mcp_server import serve_here

    serve_here(server)


def _serve_at(place: tuple[str, int], server: "McpServer", door: "Door") -> None:
    from prompts.mcp_http import app_of, serve_at

    with _listening(*place) as listening:
        address = _written(listening)
        log.info("listening", extra={"address": address})
        serve_at(app_of(server, door, address), listening)


def _checked(asked: argparse.Namespace) -> tuple[str, int] | None:
    """Where to listen; None where nothing is said of that.

    Raises:
        WordsError: the words do not go together.
    """
    if asked.who is None:
        raise WordsError("Say whose figures these are: `evenkeel mcp --as WHO`, by the roster.")
    if asked.http is None:
        if asked.hosts is not None:
            raise WordsError("--hosts goes with --http: say both or neither.")
        return None
    host, port = _place(asked.http)
    if host not in LOOPBACK and not _names(asked.hosts):
        raise WordsError(
            f"{host} is open to other machines. Say with --hosts by which names they call this"
            f" one, or listen at {HERE}."
        )
    return host, port


def _place(said: str) -> tuple[str, int]:
    host, _, port = said.rpartition(":")
    if not (port.isascii() and port.isdecimal() and int(port) < PORTS):
        raise WordsError(f"“{said}” is no place to listen at; write {HERE}:8765, or 8765 alone.")
    return host.strip("[]") or HERE, int(port)


def _names(said: str | None) -> list[str]:
    return [one.strip() for one in (said or "").split(",") if one.strip()]


def _token(secret: "SecretStr | None") -> str:
    """What clients have to bring.

    Raises:
        SettingsError: there is none, or one that could be guessed.
    """
    token = "" if secret is None else secret.get_secret_value().strip()
    # What is not ASCII arrives in a header as something else.
    if len(token) < SHORTEST_TOKEN or not token.isascii():
        raise SettingsError(
            "Over HTTP nobody gets in without a token. Set EVENKEEL_MCP_TOKEN to one that nobody"
            f" can guess, of {SHORTEST_TOKEN} or more letters, digits and signs of ASCII."
        )
    return token


@contextmanager
def _packages() -> Iterator[None]:
    """Tells in a sentence that the packages of the protocol are missing.

    Raises:
        SettingsError: they are.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types", "anyio"):
            raise
        raise SettingsError(
            'The packages for MCP are not installed. Install Evenkeel with its "mcp" extra.'
        ) from error


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens.

    Raises:
        SettingsError: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        found = socket.create_server((host, port), family=family)
    except OSError as error:
        why = error.strerror or error
        raise SettingsError(f"{host}:{port} cannot be listened at: {why}. Say another.") from error
    with found:
        yield found


def _written(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@contextmanager
def _stopped_by_signal() -> Iterator[None]:
    """What stops a service, and Ctrl-C, end this process at once.

    An exception would be raised wherever the event loop is, which now and then keeps it to itself;
    and Python's own end would wait for the thread that waits for standard input. What is being
    written is whole in the database or not at all, as when a process is killed.
    """

    def stop(_signal: int, _frame: object) -> None:
        log.info("stopping")
        os._exit(DONE)

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handling in before.items():
            signal.signal(one, handling)
