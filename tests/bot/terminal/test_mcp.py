"""`evenkeel mcp` as another program has it: started by the protocol's own client, or over HTTP."""

import json
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from scoring.database import connect, reading
from scoring.people import find_agent
from scoring.remarks import remarks
from tests.slack import NAMES, company
from tests.terminal import CHECKOUT, environment, in_process

NOW = "2026-11-20T12:00:00Z"
TOKEN = "a token that nobody can guess"
MAYA = ("--as", "maya@example.com", "--now", NOW)
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
HEADERS = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


@pytest.fixture(scope="module")
def folder(_sqlite_template, tmp_path_factory):
    """A folder with the company's database in it, the same for all tests."""
    folder = tmp_path_factory.mktemp("company")
    engine = connect(str(shutil.copy(_sqlite_template, folder / "evenkeel.db")))
    company(engine)
    engine.dispose()
    return folder


def over_stdio(folder, talk, *words):
    """What comes of a talk with a server that the client started, and its standard error."""
    log = folder / "log"
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bot", "mcp", *MAYA, *words],
        cwd=folder,
        env=dict(environment()),
    )

    async def main():
        with log.open("w", encoding="utf-8") as errors:
            async with Client(stdio_client(started, errlog=errors)) as client:
                return await talk(client)

    return anyio.run(main), log.read_text(encoding="utf-8")


def test_a_client_asks_over_standard_input_and_output(folder):
    async def talk(client):
        names = [one.name for one in (await client.list_tools()).tools]
        told = await client.call_tool("scorecard", {"by": ["agent"], "period": "last week"})
        page = await client.read_resource("kpi://definitions/csat")
        prompt = await client.get_prompt("one_to_one", {"person": "Ana Lima"})
        return names, told, page.contents[0].text, prompt.messages[0].content.text

    (names, told, page, prompt), log = over_stdio(folder, talk)
    assert names == ["scorecard", "evidence", "kpi", "ask", "note"]
    seconds = {
        r["agent"]: r["value"] for r in told.structured_content["rows"] if r["kpi"] == "aht"
    }
    assert seconds == {"ana@example.com": 300, "ben@example.com": 420}
    assert json.loads(page)["name"] == "Customer satisfaction"
    assert "21 contacts" in prompt
    lines = [json.loads(line) for line in log.splitlines()]
    assert [one["command"] for one in lines if one["event"] == "tool"] == ["scorecard", "note"]
    assert [name for name in NAMES if name.split()[0].lower() in log.lower()] == []


def test_a_client_may_write_only_where_that_is_allowed(folder):
    async def talk(client):
        await client.call_tool("remark", {"person": "ana", "text": "Well done."})
        return [one.name for one in (await client.list_tools()).tools]

    names, _ = over_stdio(folder, talk, "--allow-writing")
    assert names[-2:] == ["commitment", "remark"]
    engine = connect(str(folder / "evenkeel.db"))
    with reading(engine) as connection:
        found = remarks(connection, find_agent(connection, "ana@example.com"))
    engine.dispose()
    assert [one.said for one in found] == ["Well done."]


def test_nothing_but_the_protocol_is_on_standard_output(folder):
    done = in_process(
        "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))",
        *("mcp", *MAYA),
        cwd=folder,
        input=json.dumps(PING) + "\nthis is no message\n",
    )
    assert done.returncode == 0, done.stderr
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_is_stopped_at_once_while_it_waits_for_a_message(folder, how):
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "mcp", *MAYA],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    process.stdin.write(json.dumps(PING) + "\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.send_signal(how)
    # Its input stays open: it ends of itself.
    assert process.wait(timeout=20) == 0
    assert [json.loads(line)["event"] for line in process.stderr] == ["stopping"]
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


@dataclass(frozen=True)
class Running:
    """A server over HTTP."""

    process: subprocess.Popen
    address: str

    def post(self, path="/mcp", **headers):
        """The status of a request; names of headers are written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx2.post(
            f"http://{self.address}{path}", json=PING, headers={**HEADERS, **named}
        ).status_code


@contextmanager
def running(folder, *words):
    """A server over HTTP at whatever port is free; it is stopped and its log kept."""
    with (folder / "http.log").open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "mcp", *MAYA, "--http", "0", *words],
            cwd=folder,
            env={**environment(), "EVENKEEL_MCP_TOKEN": TOKEN},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            line = process.stderr.readline()
            yield Running(process, json.loads(line)["address"])
        finally:
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=20)
            errors.write(line + err)
            assert out == ""


@pytest.fixture(scope="module")
def server(folder):
    with running(folder) as server:
        yield server


def test_a_client_with_the_token_asks_over_http(server):
    async def main():
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx2.AsyncClient(headers=bearer) as http:
            way = streamable_http_client(f"http://{server.address}/mcp", http_client=http)
            async with Client(way) as client:
                return await client.call_tool("ask", {"question": "aht by agent last week"})

    told = anyio.run(main)
    assert [row["value"] for row in told.structured_content["rows"]] == [300, 420]
    assert server.address.startswith("127.0.0.1:")


def test_nobody_gets_in_without_the_token_or_from_elsewhere(server):
    bearer = f"Bearer {TOKEN}"
    assert server.post(authorization=bearer) == 200
    for wrong in ("", "Bearer", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}"):
        assert server.post(authorization=wrong) == 401
    assert server.post(authorization="Bearer \N{LATIN SMALL LETTER E WITH ACUTE}".encode()) == 401
    assert server.post() == 401
    assert server.post("/", authorization=bearer) == 404
    # A page that was led to this machine names itself, or the name by which it was led.
    assert server.post(authorization=bearer, origin="https://evil.example") == 403
    assert server.post(authorization=bearer, origin=f"http://{server.address}") == 200
    assert server.post(authorization=bearer, host="evil.example") == 421
    assert server.post(authorization=bearer, host="localhost:1") == 200


def test_other_machines_call_it_by_the_names_that_were_said_until_it_is_stopped(folder):
    bearer = f"Bearer {TOKEN}"
    with running(folder, "--hosts", "figures.example, figures") as server:
        assert server.post(authorization=bearer, host="figures.example") == 200
        assert server.post(authorization=bearer, origin="https://figures.example:8443") == 200
        assert server.post(authorization=bearer, host="figures.example.evil") == 421
        assert server.post(authorization=f"{bearer}x", host="figures.example") == 401
    assert server.process.returncode == 0
    log = (folder / "http.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert TOKEN not in log
    assert "evil" not in log


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("mcp", 2, "Say whose figures these are: `evenkeel mcp --as WHO`, by the roster."),
        ("mcp --as zoe", 1, "No agent is called “zoe”"),
        ("mcp --as maya@example.com --http 0", 1, "nobody gets in without a token"),
        ("mcp --as maya@example.com --http x", 2, "“x” is no place to listen at"),
        ("mcp --as maya@example.com --http 127.0.0.1:99999", 2, "is no place to listen at"),
        ("mcp --as maya@example.com --http 0.0.0.0:0", 2, "0.0.0.0 is open to other machines"),
        ("mcp --as maya@example.com --hosts figures", 2, "--hosts goes with --http"),
    ],
)
def test_what_cannot_be_served_is_said_at_once(evenkeel, engine, words, status, said):
    company(engine)
    told = evenkeel(words)
    assert told.status == status
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "token", ["", "short", "x" * 15, "\N{LATIN SMALL LETTER E WITH ACUTE}" * 30]
)
def test_a_token_that_can_be_guessed_is_refused_and_not_repeated(evenkeel, monkeypatch, token):
    monkeypatch.setenv("EVENKEEL_MCP_TOKEN", token)
    told = evenkeel("mcp --as maya --http 0")
    assert told.status == 1
    assert not token or token not in told.err


def test_a_place_that_is_taken_is_told(evenkeel, engine, monkeypatch):
    company(engine)
    monkeypatch.setenv("EVENKEEL_MCP_TOKEN", TOKEN)

    # The log of a whole process, which here would outlive the test.
    monkeypatch.setattr("bot.logs.start_log", lambda: None)

    def taken(*_, **__):
        raise OSError(98, "Address already in use")

    monkeypatch.setattr("socket.create_server", taken)
    told = evenkeel("mcp --as maya@example.com --http 8765")
    assert told.status == 1
    assert told.err.startswith("127.0.0.1:8765 cannot be listened at: Address already in use.")


def test_without_its_packages_it_says_which_to_install(evenkeel, monkeypatch):
    for name in [one for one in sys.modules if one == "prompts.mcp_server"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp_types", None)
    told = evenkeel("mcp --as maya")
    assert told.status == 1
    assert 'Install Evenkeel with its "mcp" extra' in told.err


def test_help_waits_for_no_protocol(tmp_path):
    code = (
        "import sys\nfrom bot.cli import main\nmain(['mcp', '--help'])\nprint(sorted(sys.modules))"
    )
    done = in_process(code, cwd=tmp_path)
    loaded = set(re.findall(r"'(\w+)'", done.stdout))
    assert {"mcp", "mcp_types", "sqlalchemy", "uvicorn", "langchain_core"} & loaded == set()


def test_the_settings_of_a_client_in_the_documents_work(folder):
    text = (CHECKOUT / "docs" / "tools.md").read_text(encoding="utf-8")
    shown = re.search(r"^`mcp.json`:\n\n```json\n(.*?)^```$", text, re.M | re.S)
    one = json.loads(shown[1])["mcpServers"]["evenkeel"]
    assert one["command"] == "evenkeel"
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "bot", *one["args"]],
        cwd=folder,
        env=dict(environment()),
    )

    async def main():
        async with Client(started) as client:
            return (await client.list_tools()).tools

    assert len(anyio.run(main)) == 5


def test_the_python_in_the_documents_runs(folder):
    text = (CHECKOUT / "docs" / "tools.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
    first = f"import os\nos.environ['EVENKEEL_NOW'] = {NOW!r}\n"
    done = in_process(first + code, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Average handle time 5 min 00 s, n 21" in done.stdout
    assert done.stdout.splitlines()[-1] == "aht 300.0 21"
    assert Path(folder, "evenkeel.db").exists()
