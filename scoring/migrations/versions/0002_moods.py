"""The moods of transcripts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Takes the step."""
    op.create_table(
        "transcript_mood",
        sa.Column(
            "transcript_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("redaction", sa.String(), nullable=False),
        sa.Column("polarity", sa.Float(), nullable=True),
        sa.Column("opening", sa.Float(), nullable=True),
        sa.Column("ending", sa.Float(), nullable=True),
        sa.Column("trend", sa.Float(), nullable=True),
        sa.Column("strained", sa.Float(), nullable=True),
        sa.Column("negative_share", sa.Float(), nullable=True),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("courtesy", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"]),
        sa.PrimaryKeyConstraint("transcript_id"),
    )
    op.add_column("interaction", sa.Column("mood", sa.Float(), nullable=True))
