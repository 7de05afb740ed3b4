"""Commitments, disputes with their decisions, and private remarks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "commitment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("first_week", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("issue_type", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("practice", sa.String(), nullable=True),
        sa.Column("renews", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("extended", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("renewed_from", sa.Integer(), nullable=True),
        sa.Column("level", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("raw", sa.Float(), nullable=True),
        sa.Column("expected", sa.Float(), nullable=True),
        sa.Column("reliability", sa.Float(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["renewed_from"],
            ["commitment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_commitment_agent_id", "commitment", ["agent_id"])
    op.create_index(
        "uq_commitment_open",
        "commitment",
        ["agent_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("manager_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("manager_id", "event", name="uq_remark_event"),
    )
    op.create_index("ix_remark_agent_id", "remark", ["agent_id"])
    op.create_table(
        "commitment_week",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
        ),
        sa.PrimaryKeyConstraint("commitment_id", "week"),
    )
    op.create_table(
        "dispute",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("interaction_id", "agent_id", "fact", name="uq_dispute_fact"),
    )
    op.create_index("ix_dispute_agent_id", "dispute", ["agent_id"])
    op.create_table(
        "dispute_decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"],
            ["dispute.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_dispute_decision_dispute_id", "dispute_decision", ["dispute_id"])
    op.create_table(
        "interaction_override",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=True),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"],
            ["dispute.id"],
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
        ),
        sa.PrimaryKeyConstraint("interaction_id", "name"),
    )
