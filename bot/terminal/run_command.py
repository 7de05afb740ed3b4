"""`evenkeel run`: the Slack bot, until it is stopped."""

import argparse
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli import DONE
from bot.services import Services, services_of
from scoring.errors import SettingsError

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient

    from bot.settings import Settings
    from bot.slack import Installation

log = logging.getLogger(__name__)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words of the command: none of its own."""
    del parser


def run(asked: argparse.Namespace) -> int:
    """Answers what comes from Slack, and sends the weekly messages when they are due.

    Over Socket Mode where there is an app token, else over HTTP.
    """
    from bot.app import Door, app_of, load_commands, load_deeds
    from bot.events import Desk
    from bot.logs import start_log
    from bot.showing import Showing
    from bot.slack import client_of, installation_of
    from bot.taking_up import taken_up

    services = services_of(asked)
    settings = services.settings
    serve = _way_in(settings)
    _see_ready(services)
    client = client_of(settings)
    installation = installation_of(client)
    start_log()
    desk = Desk(services, installation.team_id, load_commands())
    door = Door(desk, Showing(client, installation.bot_id), load_deeds())
    secret = settings.slack_signing_secret
    app = app_of(door, installation, secret.get_secret_value() if secret else "")
    with _stopped_by_signal():
        try:
            with taken_up(door), _sending(services, installation):
                serve(app, client, settings)
        except KeyboardInterrupt:
            log.info("stopping")
    # What was begun is answered first.
    door.pool.shutdown()
    return DONE


@contextmanager
def _sending(services: Services, installation: "Installation") -> Iterator[None]:
    """Sends the weekly messages meanwhile, if the app may."""
    from bot.delivery import Sender
    from bot.jobs import working
    from bot.slack import client_of

    if installation.missing:
        log.warning("scopes missing", extra={"why": ", ".join(installation.missing)})
        yield
        return
    sender = Sender(services, installation, client_of(services.settings))
    with working(sender, scheduled=True):
        yield


def _way_in(settings: "Settings") -> Callable[["App", "WebClient", "Settings"], None]:
    """How calls come in.

    Raises:
        SettingsError: there is no way.
    """
    if settings.slack_app_token is not None:
        return _over_socket
    if settings.slack_signing_secret is not None:
        return _over_http
    raise SettingsError(
        "Slack has no way to call. Set EVENKEEL_SLACK_APP_TOKEN for Socket Mode, or"
        " EVENKEEL_SLACK_SIGNING_SECRET for HTTP: docs/slack.md tells where they are."
    )


def _see_ready(services: Services) -> None:
    """Makes what every call needs, so that what cannot be made is told here.

    Raises:
        EvenkeelError: what cannot be made: the database, the catalogue, the workspace, practices.
    """
    _ = (services.engine, services.catalogue, services.workspace, services.practices)


def _over_socket(app: "App", client: "WebClient", settings: "Settings") -> None:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    from bot.slack import APP_REMEDY, plain_refusals

    token = settings.slack_app_token
    handler = SocketModeHandler(app, token.get_secret_value() if token else "", web_client=client)
    with plain_refusals(client, APP_REMEDY):
        handler.client.connect()
    log.info("connected")
    try:
        threading.Event().wait()
    finally:
        handler.client.close()


def _over_http(app: "App", client: "WebClient", settings: "Settings") -> None:
    from bot.server import server_of, wsgi_of

    del client
    secret = settings.slack_signing_secret
    server = server_of(wsgi_of(app, secret.get_secret_value() if secret else ""), settings.listen)
    log.info("listening", extra={"address": settings.listen})
    try:
        server.run()
    finally:
        server.close()


@contextmanager
def _stopped_by_signal() -> Iterator[None]:
    """What stops a service stops this one as Ctrl-C does."""

    def stop(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
