"""What is sent each week, to whom, and when they want it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _plain() -> sa.types.TypeEngine[str]:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "digest_preference",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("weekday", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("minute", sa.SmallInteger(), server_default="540", nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("quiet", sa.Text(), server_default="[]", nullable=False),
        sa.Column("comparison", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("agent_id"),
    )
    op.create_table(
        "slack_person",
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("gone", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("agent_id"),
    )
    op.create_table(
        "digest",
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("kind", _plain(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(), server_default="", nullable=False),
        sa.Column("ts", sa.String(), server_default="", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("week", "agent_id", "kind"),
    )
    op.create_index("ix_digest_agent", "digest", ["agent_id", "week"])
    op.create_table(
        "slack_pace",
        sa.Column("place", _plain(), nullable=False),
        sa.Column("free_at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("place"),
    )
