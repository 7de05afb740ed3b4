"""Signed HTTP over a real server on this machine: what comes in, what is turned away."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPConnection

import pytest

from bot.server import MOST_BYTES, PATH, server_of, wsgi_of
from tests.slack import SECRET, app_over, command, company, door_of, form, signed


@pytest.fixture
def post(engine):
    """Posts to a server that is running; gives back status and body."""
    company(engine)
    door = door_of(engine)
    server = server_of(wsgi_of(app_over(door), SECRET), "127.0.0.1:0")
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def post(body, headers, path=PATH, method="POST"):
        connection = HTTPConnection("127.0.0.1", server.effective_port, timeout=20)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    yield post
    # In the server's own thread, so that nothing is closed under its hands.
    # It may be awake already, and have closed the way to wake it by then.
    with suppress(OSError):
        server.trigger.pull_trigger(server.close)
    thread.join(20)
    server.task_dispatcher.shutdown()
    door.pool.shutdown()


def call(post, body, **more):
    return post(body, signed(body, **more))


def test_a_signed_scorecard_is_answered(post):
    status, body = call(post, form(command("scorecard", "last week")))
    assert status == 200
    assert json.loads(body)["text"].startswith("Ana Lima, 9\N{EN DASH}15 Nov 2026")


def test_a_replay_is_acknowledged_and_not_answered(post):
    body = form(command("scorecard"))
    headers = signed(body)
    assert post(body, headers)[1] != ""
    assert post(body, headers) == (200, "")


def test_of_copies_at_once_one_is_answered(post):
    body = form(command("scorecard"))
    headers = signed(body)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(body, headers), range(6)))
    assert {status for status, _ in answers} == {200}
    assert sum(bool(said) for _, said in answers) == 1


def altered(name, value):
    body = form(command("scorecard"))
    return body, {**signed(body), name: value}


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("", {}),
        (form(command("scorecard")), {}),
        altered("x-slack-signature", "v0=" + "0" * 64),
        altered("x-slack-signature", ""),
        altered("x-slack-signature", "v0=\xe4"),
        altered("x-slack-request-timestamp", "soon"),
        altered("x-slack-request-timestamp", "²"),
        altered("x-slack-request-timestamp", str(int(time.time()) - 400)),
        (form(command("scorecard", "changed")), signed(form(command("scorecard")))),
        (b"\xff\xfe", signed("")),
    ],
)
def test_what_slack_did_not_sign_is_turned_away(post, body, headers):
    status, said = post(body, headers)
    assert status == 401
    assert "Ana" not in said


@pytest.mark.parametrize(("size", "status"), [(MOST_BYTES - 10, 200), (MOST_BYTES + 1, 413)])
def test_a_request_that_is_too_large_is_not_read(post, size, status):
    body = form(command("kpi"))
    body += "&filler=" + "x" * (size - len(body) - len("&filler="))
    assert call(post, body)[0] == status


@pytest.mark.parametrize("body", ["{", "payload=%7B", "payload=1", '{"type": 1}', "[]", "a=b", ""])
def test_what_is_signed_and_broken_is_refused_without_a_trace(post, body):
    kinds = ["application/json", "application/x-www-form-urlencoded"]
    for kind in kinds:
        status, said = post(body, {**signed(body), "content-type": kind})
        assert status in (400, 404)
        assert "Traceback" not in said


def test_it_serves_one_place_and_one_method(post):
    body = form(command("kpi"))
    assert post(body, signed(body), path="/")[0] == 404
    assert post(None, {}, method="GET")[0] == 405
    assert post(None, {}, path="/slack/install", method="GET")[0] == 404


def test_a_check_of_the_address_is_answered(post):
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    headers = {**signed(body), "content-type": "application/json"}
    status, said = post(body, headers)
    assert (status, json.loads(said)["challenge"]) == (200, "abc")
