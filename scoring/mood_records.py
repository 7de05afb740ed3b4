"""The table of moods: what was found of the customer's words in each transcript, and by what."""

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field

from scoring.columns import BIG_KEY
from scoring.records import Kept


class TranscriptMood(Kept, table=True):
    """The mood of one transcript; NULL where the customer gave no signal.

    ``engine`` and ``version`` say what found it, ``redaction`` what had been taken out of texts
    before. ``polarity``, ``opening`` and ``ending`` are -1 to 1, ``trend`` is the difference;
    ``strained`` is a probability, ``negative_share`` a share; ``turns`` counts those with a
    signal. ``courtesy`` counts the agent's kind words, a JSON object; ``because`` holds the
    phrases that fired, a JSON array.
    """

    __tablename__ = "transcript_mood"

    transcript_id: int = Field(
        sa_column=Column(BIG_KEY, ForeignKey("transcript.id"), primary_key=True)
    )
    engine: str
    version: str
    redaction: str
    polarity: float | None = None
    opening: float | None = None
    ending: float | None = None
    trend: float | None = None
    strained: float | None = None
    negative_share: float | None = None
    turns: int = 0
    courtesy: str | None = Field(default=None, sa_type=Text)
    because: str = Field(sa_type=Text)
