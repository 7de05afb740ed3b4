"""How Alembic is run: always on a connection that scoring.database opened, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import scoring.digest_records
import scoring.kept
import scoring.loop_records
import scoring.mood_records
import scoring.records
import scoring.review_records
import scoring.slack_records
import scoring.talk_records  # noqa: F401 the tables that a new step is compared with

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
