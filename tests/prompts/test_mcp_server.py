"""An offer over the protocol, spoken with the protocol's own client in both of its forms."""

import anyio
import pytest
from mcp import Client, MCPError

from bot.logs import JsonLines
from prompts.mcp_server import AT_A_TIME, server_of
from prompts.tools.forms import AskForm, OneToOneForm, RemarkForm
from prompts.tools.offer import Offer, Opening, Page, Told, Tool
from scoring.errors import AccessError, ReviewError

GONE = "There is nobody of that name."


def ask(form):
    if "Rita" in form.question:
        raise AccessError(GONE)
    if "break" in form.question:
        raise RuntimeError("Ana Lima's secret")
    return Told("6 min 00 s, n 84", {"rows": [{"n": 84}]})


def nothing():
    raise ReviewError("The week is not over.")


OFFER = Offer(
    "maya",
    "What you should know.",
    (
        Tool("ask", "Ask", "Asks.", AskForm, ask),
        Tool("remark", "Remark", "Writes.", RemarkForm, lambda _: Told("Kept."), writes=True),
    ),
    (
        Page("kpi://definitions/aht", "AHT", "What it is.", lambda: '{"key": "aht"}'),
        Page("scorecard://latest", "Latest", "Cards.", nothing),
    ),
    (Opening("one_to_one", "1:1", "Prepares.", OneToOneForm, lambda form: f"For {form.person}."),),
)


@pytest.fixture(params=["auto", "legacy"])
def spoken(request):
    """Runs a talk with a server in either form of the protocol: what comes of it, or an error."""

    def spoken(talk, **how):
        async def main():
            async with Client(server_of(OFFER, **how), mode=request.param) as client:
                try:
                    return await talk(client)
                except MCPError as error:
                    return error

        return anyio.run(main)

    return spoken


def test_tools_are_listed_with_what_they_take_and_that_they_read(spoken):
    (tool,) = spoken(lambda client: client.list_tools()).tools
    assert (tool.name, tool.description) == ("ask", "Asks.")
    assert tool.input_schema == AskForm.model_json_schema()
    assert tool.annotations.read_only_hint is True
    assert tool.annotations.open_world_hint is False


def test_tools_that_write_say_so_where_they_are_allowed(spoken):
    tools = spoken(lambda client: client.list_tools(), writing=True).tools
    assert [one.annotations.read_only_hint for one in tools] == [True, False]


def test_a_tool_answers_with_text_and_data(spoken):
    told = spoken(lambda client: client.call_tool("ask", {"question": "aht"}))
    assert [one.text for one in told.content] == ["6 min 00 s, n 84"]
    assert told.structured_content == {"rows": [{"n": 84}]}
    assert not told.is_error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"question": "aht of Rita"}, GONE),
        (
            {"question": "aht", "sql": "x"},
            "That cannot be taken: “sql” is nothing that this takes. It takes: question.",
        ),
        (None, "That cannot be taken: “question” is missing. It takes: question."),
    ],
)
def test_what_can_be_put_right_is_an_answer_of_the_tool(spoken, arguments, said):
    told = spoken(lambda client: client.call_tool("ask", arguments))
    assert told.is_error
    assert [one.text for one in told.content] == [said]
    assert told.structured_content is None


def refused(spoken, talk, **how):
    told = spoken(talk, **how)
    assert isinstance(told, MCPError)
    return str(told)


def test_a_tool_that_is_not_offered_is_none(spoken):
    calls = [
        lambda client, name=name: client.call_tool(name, {}) for name in ("remark", "x" * 999)
    ]
    told = {refused(spoken, call) for call in calls}
    assert told == {"There is no such tool. There are: ask."}


def test_a_page_is_read_by_its_address_and_by_no_other(spoken):
    found = spoken(lambda client: client.read_resource("kpi://definitions/aht"))
    assert [one.text for one in found.contents] == ['{"key": "aht"}']
    said = refused(spoken, lambda client: client.read_resource("file:///etc/passwd"))
    assert said == "There is nothing at that address."


def test_a_page_that_cannot_be_read_now_says_why(spoken):
    said = refused(spoken, lambda client: client.read_resource("scorecard://latest"))
    assert said == "The week is not over."


def test_no_answer_may_be_kept_by_others(spoken):
    found = spoken(lambda client: client.read_resource("kpi://definitions/aht"))
    assert (found.ttl_ms, found.cache_scope) == (0, "private")


def test_pages_and_openings_are_listed(spoken):
    async def talk(client):
        return (await client.list_resources()).resources, (await client.list_prompts()).prompts

    pages, (opening,) = spoken(talk)
    assert [one.uri for one in pages] == [one.address for one in OFFER.pages]
    assert [(one.name, one.required) for one in opening.arguments] == [
        ("person", True),
        ("week", False),
    ]


def test_an_opening_is_written_for_its_arguments(spoken):
    told = spoken(lambda client: client.get_prompt("one_to_one", {"person": "ana"}))
    assert [(one.role, one.content.text) for one in told.messages] == [("user", "For ana.")]
    assert "“person” is missing" in refused(spoken, lambda client: client.get_prompt("one_to_one"))
    said = refused(spoken, lambda client: client.get_prompt("x"))
    assert said == "There is no such prompt. There are: one_to_one."


def test_a_model_is_told_what_it_should_know(spoken):
    async def talk(client):
        return client.instructions

    assert spoken(talk) == "What you should know."


def test_a_bug_tells_the_client_and_the_log_nothing_of_what_it_was_about(spoken, caplog):
    said = refused(spoken, lambda client: client.call_tool("ask", {"question": "break"}))
    assert said == "Something broke on Evenkeel's side. Tell whoever runs it."
    ours = [one for one in caplog.records if one.name == "prompts.mcp_server"]
    lines = [JsonLines().format(one) for one in ours]
    assert ["RuntimeError" in line for line in lines] == [True]
    assert "Ana" not in lines[0]


def test_calls_at_a_time_are_all_answered(spoken):
    async def talk(client):
        found = []

        async def one():
            found.append(await client.call_tool("ask", {"question": "aht"}))

        async with anyio.create_task_group() as group:
            for _ in range(3 * AT_A_TIME):
                group.start_soon(one)
        return found

    assert len(spoken(talk)) == 3 * AT_A_TIME
