"""The tools for LangChain: a toolkit that is bound to one viewer, and reads unless it may write.

It needs the extra "model".
"""

from typing import Any

from langchain_core.tools import BaseTool, BaseToolkit, StructuredTool, ToolException
from langchain_core.tools.base import ArgsSchema
from pydantic import ConfigDict, ValidationError

from prompts.tools.offer import Offer, Tool
from prompts.tools.wrong import in_words
from scoring.errors import EvenkeelError


class EvenkeelToolkit(BaseToolkit):
    """What an offer has, as LangChain tools; ``bot.tools.offering.offer_for`` makes the offer.

    Each answers with a text for the model and, as its artifact, the same as data. Whatever whoever
    calls can put right comes back as the text of a message of status "error".
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    offer: Offer
    writing: bool = False

    def get_tools(self) -> list[BaseTool]:
        """The tools, in the order of the offer."""
        return [_langchain_tool(one) for one in self.offer.allowed(writing=self.writing)]


class _FormTool(StructuredTool):
    """A tool whose schema for models is that of its form: LangChain's own allows more."""

    shown: dict[str, Any]

    @property
    def tool_call_schema(self) -> ArgsSchema:
        """What a model is shown."""
        return {**self.shown, "description": self.description}


def _langchain_tool(tool: Tool) -> BaseTool:
    def run(**given: Any) -> tuple[str, dict[str, Any]]:
        try:
            told = tool.answer(given)
        except EvenkeelError as error:
            raise ToolException(str(error)) from error
        return told.text, dict(told.facts)

    def wrong(error: Any) -> str:
        return in_words(tool.form, error) if isinstance(error, ValidationError) else str(error)

    return _FormTool.from_function(
        run,
        shown=tool.schema,
        name=tool.name,
        description=tool.about,
        args_schema=tool.form,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=wrong,
        tags=["writes" if tool.writes else "reads"],
    )
