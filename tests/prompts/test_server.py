"""One exchange with a model's server, on the wire: what goes out, and all that may come back."""

import socket

import pytest
import tiktoken
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith.utils import get_env_var

from prompts.model import ModelError
from prompts.server import OPENAI, Address, NotThisWayError, Server
from tests.prompts.stub import ASKED, SCHEMA, completion, fault, stub_server, tool_call

FORM = '{"word": "hello"}'
JSON_SCHEMA = {
    "type": "json_schema",
    "json_schema": {"name": "form", "strict": True, "schema": SCHEMA},
}


def asked(*answers, method="json_schema", **address):
    with stub_server(*answers) as stub:
        return stub.server(**address).ask(ASKED, method, SCHEMA), stub


def failure(*answers, method="json_schema", **address):
    with pytest.raises(ModelError) as caught:
        asked(*answers, method=method, **address)
    return caught.value


def test_a_strict_schema_goes_out_as_the_response_format_and_nowhere_else():
    answer, stub = asked(completion(FORM))
    assert (answer.text, answer.tokens) == (FORM, 8)
    assert stub.sent[0]["response_format"] == JSON_SCHEMA
    assert "tools" not in stub.sent[0]
    assert stub.sent[0]["messages"] == [
        {"role": "system", "content": "Fill in the form."},
        {"role": "user", "content": "a question"},
    ]


def test_a_tool_that_must_be_called_says_itself_that_it_is_strict():
    answer, stub = asked(tool_call(FORM), method="function_calling")
    tool = stub.sent[0]["tools"][0]["function"]
    assert (tool["name"], tool["strict"], tool["parameters"]) == ("form", True, SCHEMA)
    assert stub.sent[0]["tool_choice"] == {"type": "function", "function": {"name": "form"}}
    assert answer.text == FORM


def test_json_mode_asks_for_an_object_of_any_kind():
    answer, stub = asked(completion(FORM), method="json_mode")
    assert stub.sent[0]["response_format"] == {"type": "json_object"}
    assert answer.text == FORM


def test_the_key_goes_out_as_a_bearer_and_no_secret_is_shown_where_an_address_is_printed():
    _, stub = asked(completion(FORM))
    assert stub.calls[0][1]["authorization"] == "Bearer a-key"
    assert "a-key" not in repr(Address("a-model", key="a-key"))


def test_the_limit_of_an_answer_goes_out_under_the_name_that_the_server_knows():
    _, stub = asked(completion(FORM), answer_tokens=77)
    assert stub.sent[0]["max_completion_tokens"] == 77
    assert "max_tokens" not in stub.sent[0]
    _, stub = asked(completion(FORM), answer_tokens=77, limit_name="max_tokens")
    assert stub.sent[0]["max_tokens"] == 77
    assert "max_completion_tokens" not in stub.sent[0]


@pytest.mark.parametrize("name", ["gpt-5.1-codex", "gpt-5-pro", "my-codex"])
def test_no_name_of_a_model_changes_the_protocol(name):
    with stub_server(completion(FORM)) as stub:
        Server(Address(name, f"{stub.url}/v1")).ask(ASKED, "json_schema", SCHEMA)
    assert stub.calls[0][0] == "/v1/chat/completions"


def test_the_responses_api_is_used_where_it_is_set():
    message = {
        "type": "message",
        "id": "m",
        "role": "assistant",
        "status": "completed",
        "content": [{"type": "output_text", "text": FORM, "annotations": []}],
    }
    told = {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "model": "a-model",
        "status": "completed",
        "output": [message],
    }
    answer, stub = asked((200, told), responses_api=True, answer_tokens=77)
    assert stub.calls[0][0] == "/v1/responses"
    assert stub.sent[0]["max_output_tokens"] == 77
    assert stub.sent[0]["text"]["format"] == {
        "type": "json_schema",
        "name": "form",
        "strict": True,
        "schema": SCHEMA,
    }
    assert (answer.text, answer.tokens) == (FORM, None)


def test_a_temperature_goes_out_only_where_one_is_set():
    assert "temperature" not in asked(completion(FORM))[1].sent[0]
    assert asked(completion(FORM), temperature=0)[1].sent[0]["temperature"] == 0


def test_there_is_always_a_timeout():
    assert Address("a-model").timeout_seconds > 0
    error = failure("hang", timeout_seconds=0.2, retries=0)
    assert (error.why, "does not answer" in str(error)) == ("unreachable", True)


def test_a_dropped_connection_is_tried_once_more():
    answer, stub = asked("drop", completion(FORM))
    assert (answer.text, len(stub.sent)) == (FORM, 2)
    assert failure("drop", "drop").why == "unreachable"


def test_a_server_that_is_not_there_is_told_by_its_address():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        server = Server(Address("a-model", url, retries=0))
        with pytest.raises(ModelError, match=url):
            server.ask(ASKED, "json_schema", SCHEMA)


def test_a_busy_server_is_asked_again_when_it_says_but_within_seconds():
    pauses = []
    busy = fault(429, **{"retry-after": "3"}), fault(500), fault(503, **{"retry-after": "600"})
    answer, _ = asked(*busy, completion(FORM), retries=3, pauses=pauses)
    assert answer.text == FORM
    assert pauses == [3.0, 1.0, 8.0]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_not_asked_for_ever(status):
    error = failure(fault(status), fault(status))
    assert (error.why, str(status) in str(error)) == ("unreachable", True)


@pytest.mark.parametrize("status", [400, 422, 501])
def test_a_way_that_the_server_does_not_take_is_told_apart(status):
    with stub_server(fault(status)) as stub, pytest.raises(NotThisWayError):
        stub.server().ask(ASKED, "json_schema", SCHEMA)
    assert len(stub.sent) == 1


@pytest.mark.parametrize(
    ("status", "told"), [(401, "MODEL_KEY"), (403, "MODEL_KEY"), (404, "a-model"), (302, "302")]
)
def test_what_only_a_setting_can_put_right_is_told_and_not_tried_again(status, told):
    error = failure(fault(status))
    assert error.why == "unreachable"
    assert told in str(error)


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
def test_an_answer_that_was_cut_off_is_no_answer(method):
    error = failure(completion('{"word": "he', finish="length"), method=method)
    assert (error.why, "ANSWER_TOKENS" in str(error)) == ("no_form", True)


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
@pytest.mark.parametrize(
    "answer",
    [completion(None, refusal="I will not."), completion("", finish="content_filter")],
)
def test_a_refusal_is_told_as_one(answer, method):
    assert failure(answer, method=method).why == "refused"


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "<html>",
        '{"id":',
        {"choices": None},
        {"id": "1", "choices": []},
        {"id": "1", "choices": [{}]},
        {"error": {"message": "something else"}},
    ],
)
def test_an_answer_that_is_no_completion_is_no_crash(body, method):
    error = failure((200, body), method=method)
    assert (error.why, "no chat completion" in str(error)) == ("unreachable", True)


@pytest.mark.parametrize("method", ["json_schema", "function_calling", "json_mode"])
def test_prose_is_handed_on_as_it_is_and_nothing_as_nothing(method):
    assert asked(completion("Hello there"), method=method)[0].text == "Hello there"
    assert asked(completion(None), method=method)[0].text is None


def test_a_tool_call_that_is_no_json_is_handed_on_to_be_put_right():
    assert asked(tool_call('{"word":'), method="function_calling")[0].text == '{"word":'


def test_nothing_is_taken_from_the_environment(monkeypatch):
    with stub_server() as elsewhere, stub_server(completion(FORM)) as stub:
        for name in ("OPENAI_API_BASE", "OPENAI_BASE_URL", "LANGSMITH_GATEWAY"):
            monkeypatch.setenv(name, elsewhere.url)
        monkeypatch.setenv("OPENAI_API_KEY", "another-key")
        monkeypatch.setenv("LANGSMITH_GATEWAY_API_KEY", "another-key")
        Server(Address("a-model", f"{stub.url}/v1")).ask(ASKED, "json_schema", SCHEMA)
    assert not elsewhere.sent
    assert stub.calls[0][1]["authorization"] == "Bearer none"
    assert Server(Address("a-model")).client.openai_api_base == OPENAI


@pytest.mark.parametrize(
    "name",
    ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING"],
)
def test_nothing_is_traced_whatever_the_environment_says(name, monkeypatch):
    with stub_server() as tracer, stub_server(completion(FORM)) as stub:
        monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "a-key")
        for place in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"):
            monkeypatch.setenv(place, tracer.url)
        get_env_var.cache_clear()
        answer = stub.server().ask(ASKED, "json_schema", SCHEMA)
        wait_for_all_tracers()
    get_env_var.cache_clear()
    assert answer.text == FORM
    assert not tracer.calls


def test_counting_needs_no_vocabulary(monkeypatch):
    def download(*words):
        raise AssertionError(f"a vocabulary was asked for: {words}")

    monkeypatch.setattr(tiktoken, "get_encoding", download)
    monkeypatch.setattr(tiktoken, "encoding_for_model", download)
    assert asked(completion(FORM, usage=0))[0].tokens is None


def test_langchains_own_stand_ins_cannot_be_asked_for_a_form():
    with pytest.raises(NotImplementedError):
        FakeListChatModel(responses=["hello"]).bind_tools([])
