"""Questions asked in conversation, calls that wait, and what people thought of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _plain() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "talk",
        sa.Column("id", _plain(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_talk_thread", "talk", ["user_id", "channel", "thread"])
    op.create_index("ix_talk_at", "talk", ["at"])
    op.create_table(
        "held_call",
        sa.Column("id", _plain(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_held_call_held_at", "held_call", ["held_at"])
    op.create_table(
        "feedback",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("about", _plain(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("good", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("agent_id", "about"),
    )
