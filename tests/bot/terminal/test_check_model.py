"""What `evenkeel check` says of the language model."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@contextmanager
def serving(status=200, body=None):
    """The address of a model's server that lists its models, and what it was asked with."""
    asked = []

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("authorization")))
            told = json.dumps(body or {"data": [{"id": "small"}]}).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_words):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def model(evenkeel, monkeypatch):
    """Whether the model works, and what is said of it."""

    def model(address, name="small"):
        monkeypatch.setenv("EVENKEEL_MODEL", name)
        monkeypatch.setenv("EVENKEEL_MODEL_URL", address)
        monkeypatch.setenv("EVENKEEL_MODEL_KEY", "a secret key")
        (row,) = [row for row in evenkeel("check --json").rows if row["name"] == "model"]
        assert "a secret key" not in row["said"]
        return row["works"], row["said"]

    return model


def test_a_model_that_is_there_works(model):
    with serving() as (address, asked):
        assert model(address) == (True, f"small at {address} answers")
    assert asked == [("/v1/models", "Bearer a secret key")]


def test_a_server_that_lists_no_models_works_too(model):
    with serving(404) as (address, _):
        assert model(address) == (True, f"small at {address} answers, and lists no models")


@pytest.mark.parametrize(
    ("status", "name", "told"),
    [
        (401, "small", "Set EVENKEEL_MODEL_KEY"),
        (403, "small", "Set EVENKEEL_MODEL_KEY"),
        (200, "large", "the server knows no such model"),
    ],
)
def test_what_is_wrong_with_it_is_told_with_what_to_do(model, status, name, told):
    with serving(status) as (address, _):
        works, said = model(address, name)
    assert not works
    assert told in said


def test_a_server_that_is_not_there_is_amiss(model):
    works, said = model("http://127.0.0.1:9/v1")
    assert not works
    assert "See that it runs" in said


def test_a_list_in_another_form_is_no_fault(model):
    with serving(body=["what"]) as (address, _):
        assert model(address) == (True, f"small at {address} answers")
