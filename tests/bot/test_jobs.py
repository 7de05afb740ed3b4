"""The durable runs: everything that is due is sent, once, whoever has to go on with it."""

import os
import sqlite3
from contextlib import closing, nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import DeliveryError
from bot.jobs import working
from bot.leftovers import KEPT, forget
from bot.planning import Plan, meet, review
from bot.runs import TRIES
from bot.terminal.digest_command import finish
from scoring.database import connect, noting, prepare, reading
from scoring.digests import DUE, SENT, standings
from tests.bot.weekly import WEEK, due, sending, stands, texts, weekly
from tests.databases import postgres_database
from tests.scoring.coaching.operation import AGENTS
from tests.skips import POSTGRES

EVERYBODY = [f"U{agent.upper()}" for agent in (*AGENTS, "lea")]


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def own_engine(request, tmp_path_factory):
    """A database of its own: DBOS keeps its state in it, or beside it."""
    if request.param == "sqlite":
        made = nullcontext(str(tmp_path_factory.mktemp("jobs") / "evenkeel.db"))
    else:
        made = postgres_database(os.environ[POSTGRES])
    with made as address:
        engine = connect(address)
        prepare(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def sent(own_engine):
    """A company of which everything has been sent: the sender, and the stand-in."""
    with sending(weekly(own_engine), waits=True) as (sender, slack):
        with working(sender) as jobs:
            finish(jobs, sender, Plan())
        yield sender, slack


def test_everything_is_sent_once_and_a_manager_s_last(sent):
    sender, slack = sent
    assert {user: len(texts(slack, user)) for user in EVERYBODY} == dict.fromkeys(EVERYBODY, 1)
    assert slack.arrivals[-1][1] == "DLEA"
    with working(sender) as jobs:
        assert jobs.plan(Plan()) == 0
    assert len(slack.arrivals) == 8


def test_no_name_text_or_figure_is_in_what_dbos_keeps(sent):
    sender, _ = sent
    if sender.services.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(f"{sender.services.engine.url.database}-jobs")) as file:
            kept = "\n".join(file.iterdump())
    else:
        with sender.services.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT inputs, output FROM dbos.workflow_status")
            kept = str(rows.all())
    assert kept
    assert not [word for word in ("Ana", "ana@", "xoxb", "Week of", "contacts\\n") if word in kept]


def test_what_a_dead_process_left_is_taken_over_and_looked_for_first(sent):
    sender, slack = sent
    engine = sender.services.engine
    digest = left_by_the_dead(engine)
    with working(sender) as jobs:
        finish(jobs, sender, Plan())
    assert stands(engine, digest).state == SENT
    assert len(slack.arrivals) == 8


def test_what_a_dead_process_left_waits_until_the_new_one_has_practised(sent, monkeypatch):
    sender, _ = sent
    digest, seen = left_by_the_dead(sender.services.engine), []

    def practise(sender, _weeks):
        seen.append(stands(sender.services.engine, digest).state)
        raise DeliveryError("stopped")

    monkeypatch.setattr("bot.jobs.practise", practise)
    with working(sender) as jobs:
        finish(jobs, sender, Plan())
    assert (seen, stands(sender.services.engine, digest).state) == ([DUE], SENT)


def left_by_the_dead(engine):
    """A message as if worker 9 had been killed after its post, before it noted anything of it."""
    digest = due(engine)
    run = f"workflow_uuid = 'digest:2026-W46:{digest.agent}'"
    with noting(engine) as connection:
        undo = "UPDATE digest SET state = 'due', ts = '' WHERE kind = 'own' AND agent_id ="
        connection.exec_driver_sql(f"{undo} {digest.agent}")
    left = "UPDATE workflow_status SET status = 'PENDING', executor_id = 'worker-9' WHERE"
    in_dbos(engine, f"{left} {run}", f"DELETE FROM operation_outputs WHERE {run}")
    return digest


def in_dbos(engine, *statements):
    """Runs statements where DBOS keeps its state."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(f"{engine.url.database}-jobs")) as file, file:
            for one in statements:
                file.execute(one)
        return
    with noting(engine) as connection:
        for one in statements:
            connection.exec_driver_sql(
                one.replace("UPDATE ", "UPDATE dbos.").replace("FROM ", "FROM dbos.")
            )


def test_a_bot_that_runs_plans_every_few_minutes(engine):
    from dbos import DBOS  # noqa: PLC0415 only this asks it itself

    with sending(engine, waits=True) as (sender, _), working(sender, scheduled=True):
        (schedule,) = DBOS.list_schedules()
    assert (schedule["workflow_name"], schedule["schedule"]) == ("plan", "*/5 * * * *")


def test_what_was_finished_long_ago_is_deleted(engine):
    with sending(engine, waits=True) as (sender, _), working(sender) as jobs:
        assert jobs.plan(Plan()) == 0
        assert forget(datetime.now(UTC) + KEPT - timedelta(hours=1)) == 0
        assert forget(datetime.now(UTC) + KEPT + timedelta(hours=1)) == 1


def test_what_slack_does_not_take_is_left_for_a_later_plan(engine, monkeypatch):
    monkeypatch.setitem(TRIES, "interval_seconds", 0.01)
    with sending(weekly(engine), waits=True) as (sender, slack):
        review(sender, WEEK)
        meet(sender)
        slack.shares = {"failed": 1.0}
        with working(sender) as jobs:
            finish(jobs, sender, Plan())
            ana = next(one for one in standings_of(engine) if one.digest.agent == 1)
            assert (ana.state, ana.tries) == (DUE, 1)
            slack.shares = {}
            finish(jobs, sender, Plan())
        assert {len(texts(slack, user)) for user in EVERYBODY} == {1}


def standings_of(engine):
    with reading(engine) as connection:
        return list(standings(connection, WEEK).values())
