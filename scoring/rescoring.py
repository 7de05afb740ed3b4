"""Redoes the moods of transcripts that another engine found, and takes out names known since.

A batch is a transaction, and what is done is not done again: whoever was stopped goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, or_, select

from scoring.columns import table_of
from scoring.database import reading, writing
from scoring.driver import mark, run_many, upsert
from scoring.listening import Listener, Listening, listener
from scoring.mood_records import TranscriptMood
from scoring.moods import POLARITY, Found, keep_moods
from scoring.records import Interaction, Setting, Transcript
from scoring.workspace import Workspace, as_kept

_transcripts = table_of(Transcript)
_moods = table_of(TranscriptMood)
_settings = table_of(Setting)
_i, _t, _m = table_of(Interaction).c, _transcripts.c, _moods.c
_HEARD = _transcripts.outerjoin(_moods, _m.transcript_id == _t.id)
BATCH = 500
COMMENTS = 5000
# What the comments of surveys were last gone through with.
COMMENTS_REDACTION = "comments_redaction"


@dataclass(frozen=True)
class Redone:
    """How many moods were found anew, and in how many texts something more was taken out."""

    moods: int
    transcripts: int
    comments: int


def pending(engine: Engine, listening: Listening) -> int:
    """How many transcripts have no mood yet, or one that another engine or version found."""
    with reading(engine) as connection:
        hearing = listener(connection, listening)
        query = select(func.count()).select_from(_HEARD).where(or_(*_other_engine(hearing)))
        return connection.scalar(query) or 0


def redo(
    engine: Engine,
    workspace: Workspace,
    listening: Listening,
    watch: Callable[[int], None] = lambda _: None,
) -> Redone:
    """Hears again every transcript that was not heard in today's way; figures follow.

    Args:
        engine: the database.
        workspace: whose figures follow.
        listening: today's way.
        watch: told how many transcripts have been heard, now and then.
    """
    with writing(engine) as connection:
        workspace = as_kept(connection, workspace)
        hearing = listener(connection, listening)
    moods = transcripts = last = 0
    while True:
        with writing(engine) as connection:
            rows = connection.execute(_batch(hearing, last)).all()
            transcripts += _hear(connection, hearing, rows, workspace)
        if not rows:
            break
        moods, last = moods + len(rows), rows[-1].id
        watch(moods)
    return Redone(moods, transcripts, _redact_comments(engine, hearing))


def _other_engine(hearing: Listener) -> Iterator[ColumnElement[bool]]:
    name, version, _ = hearing.signs
    yield _m.transcript_id.is_(None)
    yield _m.engine != name
    yield _m.version != version


def _batch(hearing: Listener, last: int) -> Select[Any]:
    other = or_(*_other_engine(hearing), _m.redaction != hearing.redaction)
    query = select(_t.id, _t.source_id, _t.external_id, _t.messages).select_from(_HEARD)
    return query.where(_t.id > last, other).order_by(_t.id).limit(BATCH)


def _hear(connection: Connection, hearing: Listener, rows: Any, workspace: Workspace) -> int:
    """Hears a batch of transcripts; how many of them say less than before."""
    said = [hearing.redact_again(row.messages) for row in rows]
    shorter = [
        (text, row.id) for text, row in zip(said, rows, strict=True) if text != row.messages
    ]
    _set(connection, "transcript", "messages", shorter)
    found = [
        Found(row.id, row.source_id, row.external_id, mood[POLARITY], mood)
        for row, mood in zip(rows, hearing.moods(said), strict=True)
    ]
    keep_moods(connection, found, workspace)
    return len(shorter)


def _redact_comments(engine: Engine, hearing: Listener) -> int:
    """Takes out of survey comments what is known by now; in how many there was something."""
    query = select(_settings.c.value).where(_settings.c.name == COMMENTS_REDACTION)
    with reading(engine) as connection:
        if connection.scalar(query) == hearing.redaction:
            return 0
    count = last = 0
    while True:
        with writing(engine) as connection:
            rows = connection.execute(_comments(last)).all()
            if not rows:
                done = [(COMMENTS_REDACTION, hearing.redaction)]
                run_many(connection, upsert(_settings, connection), done)
                return count
            count += _rewrite(connection, hearing, rows)
        last = rows[-1].id


def _comments(last: int) -> Select[Any]:
    query = select(_i.id, _i.survey_comment).where(_i.id > last, _i.survey_comment.is_not(None))
    return query.order_by(_i.id).limit(COMMENTS)


def _rewrite(connection: Connection, hearing: Listener, rows: Any) -> int:
    redacted = [(hearing.redactor.redact_one(said), number) for number, said in rows]
    changes = [new for new, row in zip(redacted, rows, strict=True) if new[0] != row[1]]
    _set(connection, "interaction", "survey_comment", changes)
    return len(changes)


def _set(
    connection: Connection, table: str, name: str, rows: Iterable[tuple[object, int]]
) -> None:
    one = mark(connection)
    run_many(connection, f"UPDATE {table} SET {name} = {one} WHERE id = {one}", rows)  # noqa: S608 names of our own
