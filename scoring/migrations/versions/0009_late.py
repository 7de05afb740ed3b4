"""An agent's contacts that were resolved of late are found without looking at everybody's."""

from alembic import op
from sqlalchemy import text

revision = "0009"
down_revision = "0008"
_LATE = text("resolved_day <> created_day")


def upgrade() -> None:
    """Takes the step."""
    op.drop_index("ix_interaction_late", "interaction")
    op.create_index(
        "ix_interaction_late",
        "interaction",
        ["agent_id", "resolved_day", "created_day"],
        sqlite_where=_LATE,
        postgresql_where=_LATE,
    )
