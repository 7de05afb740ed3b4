"""The LangChain toolkit, in the hands of an agent whose model follows a script."""

import pytest
from langchain.agents import create_agent
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool
from pydantic import Field

from prompts.toolkit import EvenkeelToolkit
from prompts.tools.forms import AskForm, RemarkForm
from prompts.tools.offer import Offer, Told, Tool
from prompts.untraced import untraced
from scoring.errors import AccessError


class Scripted(BaseChatModel):
    """A model that answers from a script; LangChain's own ones cannot be given tools."""

    script: list
    given: list = Field(default_factory=list)

    @property
    def _llm_type(self):
        return "scripted"

    def bind_tools(self, tools, **_):
        self.given[:] = tools
        return self

    def _generate(self, messages, stop=None, run_manager=None, **_):  # noqa: ARG002 its names are LangChain's
        return ChatResult(generations=[ChatGeneration(message=self.script.pop(0))])


def calls(name, **arguments):
    """A message of a model that calls a tool."""
    call = {"type": "tool_call", "id": "1", "name": name, "args": arguments}
    return AIMessage("", tool_calls=[call])


def ask(form):
    if "Rita" in form.question:
        raise AccessError("There is nobody of that name.")
    return Told(f"Answer to: {form.question}", {"rows": [{"n": 21}]})


@pytest.fixture
def kept():
    return []


@pytest.fixture
def offer(kept):
    def remark(form):
        kept.append(form.text)
        return Told("Kept.")

    return Offer(
        "maya",
        "About.",
        (
            Tool("ask", "Ask", "Asks.", AskForm, ask),
            Tool("remark", "Remark", "Writes.", RemarkForm, remark, writes=True),
        ),
    )


@pytest.fixture
def run(offer):
    def run(*script, writing=False):
        model = Scripted(script=[*script, AIMessage("Done.")])
        tools = EvenkeelToolkit(offer=offer, writing=writing).get_tools()
        with untraced():
            state = create_agent(model, tools).invoke({"messages": [("user", "Tell me.")]})
        assert state["messages"][-1].content == "Done."
        told = [one for one in state["messages"] if isinstance(one, ToolMessage)]
        return told, [one.name for one in model.given]

    return run


def test_an_agent_gets_text_for_the_model_and_data_beside_it(run):
    (message,), _ = run(calls("ask", question="aht of my team"))
    assert message.content == "Answer to: aht of my team"
    assert message.artifact == {"rows": [{"n": 21}]}
    assert message.status == "success"


def test_a_refusal_reaches_the_model_as_a_sentence(run):
    (message,), _ = run(calls("ask", question="aht of Rita"))
    assert (message.status, message.content) == ("error", "There is nobody of that name.")


@pytest.mark.parametrize("arguments", [{}, {"question": "a\x00"}, {"question": "aht", "as": "x"}])
def test_wrong_arguments_reach_the_model_as_a_sentence_to_mend_them_by(run, arguments):
    (message,), _ = run(calls("ask", **arguments))
    assert message.status == "error"
    assert message.content.startswith("That cannot be taken: ")
    assert message.content.endswith("It takes: question.")


def test_a_toolkit_only_reads_unless_it_is_made_to_write(run, kept):
    (message,), given = run(calls("remark", person="ana", text="Well done."))
    assert given == ["ask"]
    assert message.status == "error"
    assert kept == []


def test_a_toolkit_that_is_made_to_write_writes(run, kept):
    _, given = run(calls("remark", person="ana", text="Well done."), writing=True)
    assert given == ["ask", "remark"]
    assert kept == ["Well done."]


def test_what_is_bound_to_a_toolkit_stays(offer):
    toolkit = EvenkeelToolkit(offer=offer)
    with pytest.raises(ValueError, match="frozen"):
        toolkit.writing = True


def test_a_model_is_shown_the_schema_of_the_form_and_what_the_tool_is_for(offer):
    (tool,) = EvenkeelToolkit(offer=offer).get_tools()
    shown = convert_to_openai_tool(tool)["function"]
    assert (shown["name"], shown["description"]) == ("ask", "Asks.")
    schema = AskForm.model_json_schema()
    assert (
        shown["parameters"]["properties"]["question"].items()
        <= schema["properties"]["question"].items()
    )
    assert shown["parameters"]["additionalProperties"] is False
