"""A model's server on loopback that answers from a script, and remembers what it was sent."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prompts.server import Address, Server

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "pattern": "^.{1,9}$"}},
    "required": ["word"],
    "additionalProperties": False,
}
ASKED = (("system", "Fill in the form."), ("user", "a question"))


@dataclass
class Stub:
    """What it will answer, in turn; ``sent`` are the bodies, ``calls`` paths and headers."""

    url: str = ""
    answers: list = field(default_factory=list)
    sent: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def server(self, *, pauses=None, **address):
        """A client of it that does not wait before it asks again."""
        own = Address("a-model", f"{self.url}/v1", "a-key", **{"timeout_seconds": 5, **address})
        return Server(own, (pauses if pauses is not None else []).append)


@contextmanager
def stub_server(*answers):
    """A stub that listens; an answer is a status and a body, "drop" or "hang"."""
    stub = Stub(answers=list(answers))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stub))
    stub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield stub
    finally:
        stub.over.set()
        server.shutdown()
        server.server_close()


def _handler(stub):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            stub.sent.append(json.loads(body))
            stub.calls.append((self.path, dict(self.headers)))
            answer = stub.answers.pop(0)
            if answer == "hang":
                stub.over.wait()
            if isinstance(answer, str):
                self.close_connection = True
                return
            self._tell(*answer)

        def _tell(self, status, body, headers=()):
            told = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **dict(headers)}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def do_GET(self):
            stub.calls.append((self.path, dict(self.headers)))
            self._tell(200, {})

        def log_message(self, *words):
            """Nothing: tests are quiet."""

    return Handler


def completion(text=None, *, finish="stop", usage=8, **message):
    """A chat completion as OpenAI's reference shows it."""
    told = {"role": "assistant", "content": text, **message}
    counts = {"prompt_tokens": usage - 3, "completion_tokens": 3, "total_tokens": usage}
    return 200, {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "a-model",
        "choices": [{"index": 0, "finish_reason": finish, "message": told}],
        **({"usage": counts} if usage else {}),
    }


def tool_call(arguments):
    """A chat completion that calls the tool "form"."""
    call = {
        "id": "call-1",
        "type": "function",
        "function": {"name": "form", "arguments": arguments},
    }
    return completion(None, finish="tool_calls", tool_calls=[call])


def fault(status, text="no", **headers):
    """An error as OpenAI tells it."""
    return status, {"error": {"message": text}}, headers
