"""What reviews find of each agent's week, and every statement that was made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "week_review",
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("constants", sa.String(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("week"),
    )
    op.create_table(
        "agent_week_review",
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("week", "agent_id"),
    )
    op.create_index("ix_agent_week_review_agent", "agent_week_review", ["agent_id", "week"])
    op.create_table(
        "statement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("issue_type", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=True),
        sa.Column("baseline_weeks", sa.Integer(), nullable=True),
        sa.Column("n_recent", sa.Integer(), nullable=False),
        sa.Column("n_baseline", sa.Integer(), nullable=True),
        sa.Column("before", sa.Float(), nullable=True),
        sa.Column("after", sa.Float(), nullable=True),
        sa.Column("size", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("p", sa.Float(), nullable=True),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("constants", sa.String(), nullable=False),
        sa.Column("contacts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_statement_topic", "statement", ["week", "agent_id", "topic", "revision"], unique=True
    )
    op.create_index("ix_statement_agent", "statement", ["agent_id", "week"])
