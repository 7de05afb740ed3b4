"""The moods of transcripts, and of the interactions that they are of: either may come first.

An interaction has the polarity of its transcript beside what its source says of sentiment, so that
neither is lost when the other is corrected. Figures take the source's own where there is one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from scoring.columns import column_names, table_of
from scoring.driver import among, mark, rows_of, run_many, upsert
from scoring.mood_records import TranscriptMood
from scoring.records import Interaction, Transcript
from scoring.rollup import Change
from scoring.workspace import Workspace

_interactions = table_of(Interaction)
_transcripts = table_of(Transcript)
_moods = table_of(TranscriptMood)
FOUND = column_names(_moods)[1:]
POLARITY = FOUND.index("polarity")


@dataclass(frozen=True)
class Found:
    """What was found of one transcript: whose it is, its polarity, and its row by FOUND."""

    transcript_id: int
    source_id: int
    external_id: str
    polarity: float | None
    row: tuple[Any, ...]


def keep_moods(connection: Connection, found: Sequence[Found], workspace: Workspace) -> None:
    """Keeps moods of transcripts; their interactions, and the figures of these, follow."""
    rows = [(one.transcript_id, *one.row) for one in found]
    run_many(connection, upsert(_moods, connection), rows)
    by_source: dict[int, dict[str, float | None]] = defaultdict(dict)
    for one in found:
        by_source[one.source_id][one.external_id] = one.polarity
    changes = [
        change
        for source_id, polarities in by_source.items()
        for change in _changes(connection, source_id, polarities)
    ]
    ids = [number for _, number in changes]
    change = Change(workspace.rules, workspace.calendar)
    change.take_out(connection, ids)
    _set(connection, changes)
    change.put_in(connection, ids)
    change.write(connection)


def lend(connection: Connection, ids: Iterable[int]) -> None:
    """Gives new interactions the mood of their transcript, where that is here already."""
    _set(connection, rows_of(connection, _lent, given=sorted(ids)))


def _set(connection: Connection, changes: Iterable[Sequence[object]]) -> None:
    one = mark(connection)
    run_many(connection, f"UPDATE interaction SET mood = {one} WHERE id = {one}", changes)  # noqa: S608 no input


def _lent() -> Select[Any]:
    i, t = _interactions.c, _transcripts.c
    own = and_(t.source_id == i.source_id, t.external_id == i.external_id)
    joined = _interactions.join(_transcripts, own).join(_moods, _moods.c.transcript_id == t.id)
    query = select(_moods.c.polarity, i.id).select_from(joined)
    return query.where(among(i.id), _moods.c.polarity.is_not(None))


def _changes(
    connection: Connection, source_id: int, polarities: Mapping[str, float | None]
) -> list[tuple[float | None, int]]:
    """The interactions that these transcripts are of, as far as their mood is now another."""
    there = rows_of(connection, _spoken_of, source_id, given=list(polarities))
    return [(polarities[name], number) for name, number, old in there if old != polarities[name]]


def _spoken_of(source_id: int) -> Select[Any]:
    i = _interactions.c
    return select(i.external_id, i.id, i.mood).where(
        i.source_id == source_id, among(i.external_id)
    )
