"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "figure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("first_day", "last_day", "measure", "team_id", name="uq_figure_span"),
    )
    op.create_table(
        "kept_sums",
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("agent_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answered", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("abandoned_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("abandoned_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("first_contact_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("first_contact_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("said_first_contact_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("said_first_contact_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("repeated_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("repeated_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("response_met_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("response_met_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_seconds_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_seconds_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_seconds_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_business_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_business_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("reply_business_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("queue_seconds_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("queue_seconds_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("queue_seconds_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolved_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolved_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("handled_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("transferred_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("transferred_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("handle_seconds_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("handle_seconds_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("handle_seconds_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("sentiment_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("sentiment_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("sentiment_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("escalated_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("escalated_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("promise_met_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("promise_met_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_met_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_met_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("reopened_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("reopened_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("satisfied_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("satisfied_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("survey_answered_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("survey_answered_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("rating_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("rating_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("rating_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("nps_points_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("nps_points_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("nps_points_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("ease_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("ease_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("ease_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_seconds_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_seconds_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_seconds_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_business_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_business_sum", sa.Float(), server_default="0", nullable=False),
        sa.Column("resolution_business_squares", sa.Float(), server_default="0", nullable=False),
        sa.Column("excluded_created_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("excluded_ended_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("excluded_closed_n", sa.Float(), server_default="0", nullable=False),
        sa.Column("excluded_resolved_n", sa.Float(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("grain", "agent_id", "answered", "day"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_values",
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("answered", sa.SmallInteger(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("values", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "agent_id", "answered", "week"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "agent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("manager", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("started_on", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Integer(), nullable=True),
        sa.Column("slack_user_id", sa.String(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
    )
    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agent_slack_user_id"), ["slack_user_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agent_team_id"), ["team_id"], unique=False)

    op.create_table(
        "import",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("pulse", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pulse_day"), ["day"], unique=False)

    op.create_table(
        "transcript",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "external_id",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("messages", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_transcript_source"),
    )
    op.create_table(
        "interaction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "external_id",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column(
            "contact_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "issue_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("customer_hash", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("issue_type", sa.String(), nullable=True),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("complexity", sa.String(), nullable=True),
        sa.Column("customer_tier", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("handled_by", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("escalation_kind", sa.String(), nullable=True),
        sa.Column("excluded", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("first_reply_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("first_response_due_at", sa.BigInteger(), nullable=True),
        sa.Column("resolution_due_at", sa.BigInteger(), nullable=True),
        sa.Column("survey_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("survey_answered_at", sa.BigInteger(), nullable=True),
        sa.Column("talk_seconds", sa.Float(), nullable=True),
        sa.Column("hold_seconds", sa.Float(), nullable=True),
        sa.Column("wrap_seconds", sa.Float(), nullable=True),
        sa.Column("handle_seconds", sa.Float(), nullable=True),
        sa.Column("queue_seconds", sa.Float(), nullable=True),
        sa.Column("escalated", sa.SmallInteger(), nullable=True),
        sa.Column("resolved_first_contact", sa.SmallInteger(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=True),
        sa.Column("sla_met", sa.SmallInteger(), nullable=True),
        sa.Column("csat", sa.Float(), nullable=True),
        sa.Column("csat_scale", sa.Float(), nullable=True),
        sa.Column("nps", sa.SmallInteger(), nullable=True),
        sa.Column("ces", sa.Float(), nullable=True),
        sa.Column("survey_comment", sa.String(), nullable=True),
        sa.Column("sentiment", sa.Float(), nullable=True),
        sa.Column("part", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("last_part", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("share", sa.Float(), server_default="1", nullable=False),
        sa.Column("answered", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("created_day", sa.Integer(), nullable=False),
        sa.Column("ended_day", sa.Integer(), nullable=False),
        sa.Column("closed_day", sa.Integer(), nullable=False),
        sa.Column("resolved_day", sa.Integer(), nullable=True),
        sa.Column("reply_business", sa.Float(), nullable=True),
        sa.Column("resolution_business", sa.Float(), nullable=True),
        sa.Column("contact_parts", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("contact_created_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_reply_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_outcome", sa.String(), nullable=True),
        sa.Column("contact_escalated", sa.SmallInteger(), nullable=True),
        sa.Column("contact_reopened", sa.Integer(), nullable=True),
        sa.Column("contact_first", sa.SmallInteger(), nullable=True),
        sa.Column("contact_csat", sa.Float(), nullable=True),
        sa.Column("contact_scale", sa.Float(), nullable=True),
        sa.Column("contact_nps", sa.SmallInteger(), nullable=True),
        sa.Column("contact_ces", sa.Float(), nullable=True),
        sa.Column("contact_surveyed", sa.SmallInteger(), nullable=True),
        sa.Column("contact_response_due_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_resolution_due_at", sa.BigInteger(), nullable=True),
        sa.Column("contact_sla_met", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source_id", "external_id", name="uq_interaction_source"),
    )
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.create_index("ix_interaction_agent", ["agent_id", "ended_day"], unique=False)
        batch_op.create_index(
            "ix_interaction_category",
            ["customer_hash", "issue_type", "created_at"],
            unique=False,
            sqlite_where=sa.text("customer_hash IS NOT NULL"),
            postgresql_where=sa.text("customer_hash IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_closed",
            ["closed_day"],
            unique=False,
            sqlite_where=sa.text("closed_day <> ended_day"),
            postgresql_where=sa.text("closed_day <> ended_day"),
        )
        batch_op.create_index(
            "ix_interaction_contact",
            ["source_id", "contact_key"],
            unique=False,
            sqlite_where=sa.text("contact_key IS NOT NULL"),
            postgresql_where=sa.text("contact_key IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_created",
            ["created_day"],
            unique=False,
            sqlite_where=sa.text("created_day <> ended_day"),
            postgresql_where=sa.text("created_day <> ended_day"),
        )
        batch_op.create_index("ix_interaction_ended", ["ended_day"], unique=False)
        batch_op.create_index(
            "ix_interaction_issue",
            ["customer_hash", "issue_key", "created_at"],
            unique=False,
            sqlite_where=sa.text("customer_hash IS NOT NULL AND issue_key IS NOT NULL"),
            postgresql_where=sa.text("customer_hash IS NOT NULL AND issue_key IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_late",
            ["resolved_day", "created_day"],
            unique=False,
            sqlite_where=sa.text("resolved_day <> created_day"),
            postgresql_where=sa.text("resolved_day <> created_day"),
        )
        batch_op.create_index(
            "ix_interaction_open",
            ["created_day"],
            unique=False,
            sqlite_where=sa.text("resolved_day IS NULL AND outcome = 'unresolved'"),
            postgresql_where=sa.text("resolved_day IS NULL AND outcome = 'unresolved'"),
        )
        batch_op.create_index(
            "ix_interaction_resolution_due",
            ["resolution_due_at"],
            unique=False,
            sqlite_where=sa.text("resolution_due_at IS NOT NULL"),
            postgresql_where=sa.text("resolution_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_resolved",
            ["resolved_day"],
            unique=False,
            sqlite_where=sa.text("resolved_day <> ended_day"),
            postgresql_where=sa.text("resolved_day <> ended_day"),
        )
        batch_op.create_index(
            "ix_interaction_response_due",
            ["first_response_due_at"],
            unique=False,
            sqlite_where=sa.text("first_response_due_at IS NOT NULL"),
            postgresql_where=sa.text("first_response_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_whole_resolution",
            ["contact_resolution_due_at"],
            unique=False,
            sqlite_where=sa.text("contact_resolution_due_at IS NOT NULL"),
            postgresql_where=sa.text("contact_resolution_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_interaction_whole_response",
            ["contact_response_due_at"],
            unique=False,
            sqlite_where=sa.text("contact_response_due_at IS NOT NULL"),
            postgresql_where=sa.text("contact_response_due_at IS NOT NULL"),
        )

    op.create_table(
        "shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("paid_seconds", sa.Float(), nullable=True),
        sa.Column("available_seconds", sa.Float(), nullable=True),
        sa.Column("productive_seconds", sa.Float(), nullable=True),
        sa.Column("on_queue_seconds", sa.Float(), nullable=True),
        sa.Column("absent", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"],
            ["agent.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("agent_id", "day", name="uq_shift_agent_day"),
    )
    with op.batch_alter_table("shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_day"), ["day"], unique=False)
