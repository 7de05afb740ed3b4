"""Signed HTTP: what Slack has not signed, what is too large and what is broken gets no further."""

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from slack_sdk.signature import SignatureVerifier

from bot.logs import told_of

if TYPE_CHECKING:
    from slack_bolt import App
    from waitress.server import BaseWSGIServer

log = logging.getLogger(__name__)

PATH = "/slack/events"
# A slash command is a few hundred bytes, an event a few thousand.
MOST_BYTES = 256 * 1024
THREADS = 16

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def wsgi_of(app: "App", signing_secret: str) -> Wsgi:
    """The app behind a door that knows Slack's signature before anything is read."""
    from slack_bolt.adapter.wsgi import SlackRequestHandler

    inner, verifier = SlackRequestHandler(app, PATH), SignatureVerifier(signing_secret)

    def outer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        refused = _refusal(environ, verifier)
        if refused is not None:
            log.info("turned away", extra={"status": refused.value})
            return _plain(refused, start)
        try:
            return inner(environ, start)
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            # Signed, and yet no payload of Slack's: Bolt fails over it before it handles anything.
            log.warning("unreadable", extra=told_of(error))
            return _plain(HTTPStatus.BAD_REQUEST, start)

    return outer


def _refusal(environ: dict[str, Any], verifier: SignatureVerifier) -> HTTPStatus | None:
    """Why a request gets no further; the body that was read is put back."""
    if environ.get("PATH_INFO") != PATH:
        return HTTPStatus.NOT_FOUND
    if environ.get("REQUEST_METHOD") != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not (length.isascii() and length.isdecimal()):
        return HTTPStatus.BAD_REQUEST
    if int(length) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return None if _is_signed(environ, verifier, body) else HTTPStatus.UNAUTHORIZED


def _is_signed(environ: dict[str, Any], verifier: SignatureVerifier, body: bytes) -> bool:
    moment = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
    signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
    try:
        return signature.isascii() and verifier.is_valid(body, moment, signature)
    except ValueError:
        # The moment is no number, or the body no text.
        return False


def _plain(status: HTTPStatus, start: Callable[..., Any]) -> Iterable[bytes]:
    body = status.phrase.encode()
    start(
        f"{status.value} {status.phrase}",
        [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))],
    )
    return [body]


def server_of(wsgi: Wsgi, listen: str) -> "BaseWSGIServer":
    """A server that listens at HOST:PORT and is not running yet.

    Raises:
        OSError: it cannot listen there.
    """
    from waitress.server import create_server

    return create_server(
        wsgi,
        listen=listen,
        threads=THREADS,
        max_request_body_size=MOST_BYTES,
        ident=None,
        channel_timeout=30,
    )
