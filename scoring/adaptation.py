"""Fits an engine's two biases to a workspace's own survey answers, and keeps them if they help."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from sqlalchemy import Connection, Engine, Select, and_, select

from scoring.columns import table_of
from scoring.database import reading, writing
from scoring.driver import run_many, upsert
from scoring.errors import SettingsError
from scoring.listening import BIASES, Listening, biases_kept
from scoring.records import Interaction, Setting, Transcript
from scoring.redaction.stands import as_heard
from scoring.sentiment.adapting import Adapted, fit_biases, label_of_answer, whole
from scoring.sentiment.engine import Turn
from scoring.sentiment.engines import engine

_interactions = table_of(Interaction)
_transcripts = table_of(Transcript)
_settings = table_of(Setting)
AT_ONCE = 500


@runtime_checkable
class Weighing(Protocol):
    """An engine that weighs the evidence for each mood, so that biases can be added to it."""

    def logits(self, turns: Sequence[Turn]) -> Sequence[Sequence[float] | None]:
        """The log-odds of negative, neutral and positive of each turn; None without a signal."""
        ...


def adapt(database: Engine, listening: Listening) -> Adapted:
    """Fits biases to conversations with a survey answer, and keeps them where they help.

    Those that were kept before go where there are enough answers and they do not help any more.

    Raises:
        SettingsError: the engine that is set takes no biases.
    """
    reader = engine(listening.engine)
    if not isinstance(reader, Weighing):
        raise SettingsError(
            f"The engine {listening.engine} cannot be adapted. Set EVENKEEL_SENTIMENT_ENGINE to"
            " service, or leave it out."
        )
    told = list(_told(database, reader))
    adapted = fit_biases([evidence for evidence, _ in told], [answer for _, answer in told])
    if adapted.before is not None:
        with writing(database) as connection:
            _keep(connection, listening.engine, adapted)
    return adapted


def _told(database: Engine, reader: Weighing) -> Iterator[tuple[tuple[float, ...], str]]:
    """The evidence of each conversation with an answer, and what the answer says."""
    with reading(database) as connection:
        rows = connection.execution_options(yield_per=AT_ONCE).execute(_answered())
        for messages, score, highest in rows:
            evidence = [one for one in reader.logits(_turns(messages)) if one is not None]
            if evidence:
                yield whole(evidence), label_of_answer(score, highest)


def _answered() -> Select[Any]:
    i, t = _interactions.c, _transcripts.c
    own = and_(i.source_id == t.source_id, i.external_id == t.external_id)
    query = select(t.messages, i.csat, i.csat_scale).select_from(
        _transcripts.join(_interactions, own)
    )
    return query.where(i.csat.is_not(None), i.excluded.is_(None)).order_by(t.id)


def _turns(messages: str) -> list[Turn]:
    return [
        Turn(as_heard(one["text"]))
        for one in json.loads(messages)
        if one["author"] == "customer" and one["public"] and one["text"].strip()
    ]


def _keep(connection: Connection, name: str, adapted: Adapted) -> None:
    kept = {**biases_kept(connection), name: adapted.biases}
    known = {name: biases for name, biases in kept.items() if biases is not None}
    run_many(connection, upsert(_settings, connection), [(BIASES, json.dumps(known))])
