"""A call is handled once; whatever goes wrong is a sentence, a token and a line of the log."""

import io
import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.calls import call_of
from bot.command import Answer, Command
from bot.events import Desk
from bot.logs import ALLOWED, JsonLines
from bot.replies import Reply
from scoring.database import connect, noting
from scoring.errors import DatabaseError
from scoring.inbox import LEASE, begin, done
from tests.factories import NOW
from tests.slack import NAMES, TEAM, company, door_of, services_of
from tests.slack import command as payload


class Counted:
    """A command that remembers how often it ran, and may fail."""

    def __init__(self, error=None):
        self.runs = 0
        self.error = error

    def __call__(self, _request, _services):
        self.runs += 1
        if self.error is not None:
            raise self.error
        return Answer(Reply((), "Here you are"))

    @property
    def command(self):
        return Command("kpi", "About", "", ("/kpi", "/kpi aht"), self)


@pytest.fixture
def lines():
    """What is logged meanwhile, as objects."""
    stream, handler = io.StringIO(), None
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("bot")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)


class Passing:
    """A clock that only pauses move on."""

    passed = 0.0

    def clock(self):
        return NOW + timedelta(seconds=self.passed)

    def pause(self, seconds):
        self.passed += seconds


def desk_over(engine, clock=lambda: NOW, pause=lambda _seconds: None):
    return Desk(services_of(engine), TEAM, (), clock, pause)


@pytest.mark.parametrize("more", [{}, {"x-slack-retry-num": "1"}])
def test_a_copy_of_a_call_is_not_answered_again(engine, more):
    ran, body = Counted(), payload("kpi")
    desk = desk_over(engine)
    assert desk.answer(ran.command, call_of(body)).reply.text == "Here you are"
    assert desk.answer(ran.command, call_of(body | more)) is None
    assert ran.runs == 1


def test_the_same_words_said_again_are_another_call(engine):
    ran, desk = Counted(), desk_over(engine)
    for _ in range(2):
        assert desk.answer(ran.command, call_of(payload("kpi"))) is not None
    assert ran.runs == 2


def test_a_call_without_a_trigger_is_known_by_all_it_says():
    body = payload("kpi", trigger_id="")
    assert call_of(body) == call_of(dict(reversed(body.items())))
    assert call_of(body).event != call_of(body | {"text": "aht"}).event


def test_a_call_whose_handler_died_is_answered_when_it_comes_again(engine):
    class Died(BaseException):
        """As if the process had gone."""

    body, ran = payload("kpi"), Counted()
    with pytest.raises(Died):
        desk_over(engine).answer(Counted(Died()).command, call_of(body))
    later = Passing()
    desk = desk_over(engine, later.clock, later.pause)
    assert desk.answer(ran.command, call_of(body)).reply.text == "Here you are"
    assert later.passed == pytest.approx(LEASE.total_seconds(), abs=1)
    assert desk.answer(ran.command, call_of(body)) is None
    assert ran.runs == 1


def test_a_copy_waits_for_whoever_is_at_it_and_rests_when_that_is_done(engine):
    body, ran = payload("kpi"), Counted()
    call = call_of(body)
    begin(engine, call.event, NOW)

    def finish(_seconds):
        with noting(engine) as connection:
            done(connection, call.event, NOW)

    assert desk_over(engine, pause=finish).answer(ran.command, call) is None
    assert ran.runs == 0


def test_a_mistake_is_shown_once_too(engine):
    ran, body, desk = Counted(ValueError("x")), payload("kpi"), desk_over(engine)
    assert desk.answer(ran.command, call_of(body)) is not None
    assert desk.answer(ran.command, call_of(body)) is None
    assert ran.runs == 1


@pytest.mark.parametrize(
    "error", [ValueError("Ana Lima"), DatabaseError("db.example.com is gone")]
)
def test_what_is_not_the_asker_s_to_put_right_is_told_with_a_token(engine, lines, error):
    answer = desk_over(engine).answer(Counted(error).command, call_of(payload("kpi")))
    reply = answer.reply
    (line,) = (one for one in lines() if one["event"] == "failed")
    assert "Try again in a minute" in reply.text
    assert f"`{line['token']}`" in reply.text
    assert line["why"] == type(error).__name__
    assert "__call__" in line["where"]
    assert str(error) not in reply.text + json.dumps(lines())


def gone(tmp_path):
    """A database in a folder that is not there."""
    return connect(str(tmp_path / "gone" / "evenkeel.db"))


def test_a_database_that_is_gone_is_a_sentence_and_a_token_in_the_log(tmp_path, lines):
    engine = gone(tmp_path)
    door = door_of(engine)
    for command in door.desk.commands:
        reply = door.desk.answer(command, call_of(payload(command.name))).reply
        failed = [one for one in lines() if one["event"] == "failed"][-1]
        assert "Evenkeel cannot answer right now" in reply.text
        assert f"`{failed['token']}`" in reply.text
        assert failed["why"] == "DatabaseError"
        assert str(Path(tmp_path)) not in reply.text
    engine.dispose()


def test_a_database_that_comes_back_is_used_again(tmp_path):
    engine = gone(tmp_path)
    door = door_of(engine)
    command = next(one for one in door.desk.commands if one.name == "kpi")
    assert "cannot answer" in door.desk.answer(command, call_of(payload("kpi"))).reply.text
    (tmp_path / "gone").mkdir()
    assert "First contact" in door.desk.answer(command, call_of(payload("kpi"))).reply.text
    engine.dispose()


def test_the_log_holds_ids_counts_and_durations_and_no_name_text_or_figure(engine, lines):
    company(engine)
    door = door_of(engine)
    said = "Ana Lima lsat wek"
    for command in door.desk.commands:
        for user, text in (("U0ANA", ""), ("U0MAYA", "Ana"), ("U0MAYA", said), ("U0X", "")):
            door.desk.answer(command, call_of(payload(command.name, text, user)))
    logged = json.dumps(lines(), ensure_ascii=False)
    assert len(lines()) >= 20
    assert {name for line in lines() for name in line} <= {
        "at",
        "level",
        "from",
        "event",
        *ALLOWED,
    }
    for word in (*NAMES, "Ana", "lsat", "example.com", "Billing", "300", "5 min"):
        assert word not in logged


def test_another_library_s_words_do_not_reach_the_log():
    record = logging.LogRecord("slack_sdk", logging.ERROR, "", 1, "body: %s", ("Ana Lima",), None)
    assert "Ana" not in JsonLines().format(record)


def test_the_moment_of_asking_is_the_clock_s_unless_one_is_set(engine):
    seen = []
    command = Command("kpi", "", "", ("", ""), lambda request, _services: seen.append(request.now))
    desk = desk_over(engine)
    later = replace(desk, services=services_of(engine, EVENKEEL_NOW=""), clock=lambda: NOW + LEASE)
    for each in (desk, later):
        each.answer(command, call_of(payload("kpi")))
    assert seen == [NOW, NOW + LEASE]
