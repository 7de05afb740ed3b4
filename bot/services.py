"""What every command works with, made when asked for: database, catalogue, workspace, clock."""

import os
import secrets
import sys
from argparse import Namespace
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from bot.settings import Settings, read_settings
from scoring.errors import SettingsError

if TYPE_CHECKING:
    from prompts.ask import Asking
    from prompts.model import Model
    from prompts.note.practices import Practices
    from scoring.database import Database
    from scoring.decided import Decided
    from scoring.kpis import Catalogue
    from scoring.listening import Listening
    from scoring.workspace import Workspace


# What services have in common, whatever is decided meanwhile.
_SHARED = ("now", "database", "engine", "practices", "listening", "secret", "model", "asking")


@dataclass(frozen=True)
class Services:
    """The services of one run, by its settings and what admins have decided in Slack.

    ``insisted`` are settings that this call itself names: over them nothing is laid. Of
    ``later`` the last are the same services by what was decided since these were made.
    """

    settings: Settings
    insisted: frozenset[str] = frozenset()
    later: list["Services"] = field(default_factory=list, repr=False, compare=False)

    def current(self) -> "Services":
        """The same services by what is decided now; for whoever runs on, once for each deed.

        Raises:
            DatabaseError: the database does not answer.
        """
        from scoring.database import reading
        from scoring.decided import newest

        with reading(self.engine) as connection:
            number = newest(connection)
        for known in (*self.later, self):
            if known.decided.number == number:
                return known
        fresh = Services(self.settings, self.insisted)
        vars(fresh).update({name: vars(self)[name] for name in _SHARED if name in vars(self)})
        self.later[:] = [fresh]
        return fresh

    @cached_property
    def now(self) -> datetime:
        """The moment of the run, the same throughout."""
        return self.settings.now or datetime.now(UTC)

    @cached_property
    def database(self) -> "Database":
        """The database as it is, perhaps of another schema; closed when the run is over.

        Raises:
            DatabaseError: its address is none, or its driver is missing.
        """
        from scoring.database import connect

        engine = connect(self.settings.database)
        finalize(self, engine.dispose)
        return engine

    @cached_property
    def engine(self) -> "Database":
        """The database, ready to use.

        Raises:
            DatabaseError: it cannot be reached, or has another schema.
        """
        from scoring.database import prepare

        prepare(self.database)
        return self.database

    @cached_property
    def decided(self) -> "Decided":
        """What admins have decided in Slack; nothing, where there is no database yet.

        Raises:
            DatabaseError: it cannot be reached.
        """
        from scoring.decided import decided_in

        return decided_in(self.database)

    @cached_property
    def own_catalogue(self) -> "Catalogue":
        """The KPIs, with the company's own; it needs no database."""
        from scoring.kpis import load_catalogue

        return load_catalogue(*(path for path in (self.settings.kpis,) if path is not None))

    @cached_property
    def catalogue(self) -> "Catalogue":
        """The KPIs, with the company's own, and the targets that were decided.

        Raises:
            DatabaseError: what was decided cannot be read.
        """
        return self.decided.catalogue(self.own_catalogue)

    @cached_property
    def practices(self) -> "Practices":
        """What notes suggest to try, with the company's own.

        Raises:
            PracticesError: the company's file cannot be used.
        """
        from prompts.note.practices import load_practices

        return load_practices(*(path for path in (self.settings.practices,) if path is not None))

    @cached_property
    def model(self) -> "Model | None":
        """The language model, None where none is set.

        Raises:
            SettingsError: what it needs is not installed.
        """
        if self.settings.model is None:
            return None
        from bot.modelling import model_of

        return model_of(self.settings, self.settings.model)

    @cached_property
    def asking(self) -> "Asking | None":
        """Reads questions with the model and keeps what it read; None where there is no model.

        Raises:
            SettingsError: what the model needs is not installed.
        """
        if self.model is None:
            return None
        from prompts.ask import Asking

        return Asking(self.model)

    @cached_property
    def workspace(self) -> "Workspace":
        """The calendar, rules and working hours: the settings', and over them what was decided."""
        return self.decided.workspace(
            self.workspace_set, week_starts="week_starts" not in self.insisted
        )

    @cached_property
    def workspace_set(self) -> "Workspace":
        """The same as the settings alone have it."""
        from scoring.measures import Rules
        from scoring.period import Calendar
        from scoring.workspace import Workspace

        calendar = Calendar(self.settings.zone, self.settings.first_weekday)
        path = self.settings.working_hours
        if path is None:
            return Workspace(calendar, Rules(self.settings.repeat_days))
        from scoring.working_hours import read_working_hours

        return Workspace(calendar, Rules(self.settings.repeat_days), read_working_hours(path))

    @cached_property
    def listening(self) -> "Listening":
        """What is done about texts that come in."""
        from scoring.listening import Listening

        return Listening(self.settings.sentiment_engine, self.settings.number_shapes)

    @cached_property
    def secret(self) -> bytes:
        """The key of customers' hashes: the one set, the one in the key file, or a new one in it.

        Raises:
            SettingsError: there is no key and none can be written.
        """
        if self.settings.customer_key is not None:
            return self.settings.customer_key.get_secret_value().encode()
        path = self.settings.key_path
        with suppress(FileNotFoundError):
            return _read_key(path)
        return _new_key(path)


def _read_key(path: Path) -> bytes:
    key = path.read_bytes().strip()
    if not key:
        raise SettingsError(
            f"The key file {path} is empty. Put the key back from your backup; if there never was"
            " one, remove the file."
        )
    return key


def _new_key(path: Path) -> bytes:
    """A new key, put in its place whole: of two that come at once, one stands."""
    key = secrets.token_hex(32).encode()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(file, "wb") as opened:
                opened.write(key + b"\n")
            path.hardlink_to(draft)
        finally:
            draft.unlink()
    except FileExistsError:
        return _read_key(path)
    except OSError as error:
        raise SettingsError(
            f"A key for customers' ids cannot be written to {path}: {error.strerror}."
            " Set EVENKEEL_CUSTOMER_KEY, or EVENKEEL_KEY_FILE to a place that may be written to."
        ) from error
    print(  # noqa: T201 the terminal is the surface
        f"Made a key for customers' ids: {path}. Keep it safe and keep it: without it, a returning"
        " customer is not recognised.",
        file=sys.stderr,
    )
    return key


def services_of(asked: Namespace) -> Services:
    """The services of a call, by its flags and the environment."""
    flags = vars(asked)
    return Services(read_settings(flags=flags), frozenset(flags))
