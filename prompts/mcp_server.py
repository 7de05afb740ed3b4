"""What is offered, over the Model Context Protocol: tools, resources and prompts of one viewer.

It needs the extra "mcp".
"""

import logging
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias, TypeVar

import anyio
import anyio.to_thread
import mcp_types as types
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from prompts.tools.offer import Offer, Opening, Tool
from scoring.errors import EvenkeelError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
# What another room holds of a server, without knowing how it works.
McpServer: TypeAlias = Server[Any]
BROKEN = "Something broke on Evenkeel's side. Tell whoever runs it."
NAME = "evenkeel"
JSON = "application/json"
# Each reads through a connection of its own; more at a time make none of them quicker.
AT_A_TIME = 4


def server_of(offer: Offer, *, writing: bool = False) -> McpServer:
    """A server of an offer; its tools only read unless they may write."""
    desk = _Desk(offer, {one.name: one for one in offer.allowed(writing=writing)})
    server: McpServer = Server(
        NAME,
        version=_version(),
        title="Evenkeel",
        instructions=offer.about,
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
        on_list_resources=desk.list_resources,
        on_read_resource=desk.read_resource,
        on_list_prompts=desk.list_prompts,
        on_get_prompt=desk.get_prompt,
    )
    # The one that is there by itself would tell tracers, if any, what is called.
    server.middleware[:] = [_kept_to_ourselves]
    return server


async def _kept_to_ourselves(ctx: ServerRequestContext[Any], call_next: CallNext) -> HandlerResult:
    """What a request is answered with; of what breaks in it, that something did.

    Raises:
        MCPError: what to tell the client.
    """
    # The boundary to programs: the older form of the protocol sends them what an error says.
    try:
        return await call_next(ctx)
    except (MCPError, ValidationError):
        raise
    except Exception as error:
        log.exception("failed", extra={"why": type(error).__name__})
        raise MCPError(types.INTERNAL_ERROR, BROKEN) from error


def serve_here(server: McpServer) -> None:
    """Answers on standard input and output until the input ends."""
    anyio.run(_served_here, server)


async def _served_here(server: McpServer) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError:
        # It runs from a checkout that was not installed.
        return "0"


class _Desk:
    """Where requests of the protocol are answered; the work is done in threads."""

    def __init__(self, offer: Offer, tools: dict[str, Tool]) -> None:
        self.offer, self.tools = offer, tools
        self.pages = {one.address: one for one in offer.pages}
        self.openings = {one.name: one for one in offer.openings}
        self.turns = anyio.CapacityLimiter(AT_A_TIME)

    async def list_tools(self, _: Any, __: Any) -> types.ListToolsResult:
        """All tools."""
        return types.ListToolsResult(tools=[_tool(one) for one in self.tools.values()])

    async def call_tool(self, _: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        """What a tool answers; what whoever asks can put right is an answer too.

        Raises:
            MCPError: there is no such tool.
        """
        tool = self.tools.get(asked.name)
        if tool is None:
            known = ", ".join(self.tools)
            raise MCPError(types.INVALID_PARAMS, f"There is no such tool. There are: {known}.")
        try:
            told = await self._worked(lambda: tool.answer(asked.arguments or {}))
        except EvenkeelError as error:
            return types.CallToolResult(content=[_text(str(error))], is_error=True)
        return types.CallToolResult(
            content=[_text(told.text)], structured_content=dict(told.facts)
        )

    async def list_resources(self, _: Any, __: Any) -> types.ListResourcesResult:
        """All pages."""
        found = [
            types.Resource(uri=one.address, name=one.name, description=one.about, mime_type=JSON)
            for one in self.offer.pages
        ]
        return types.ListResourcesResult(resources=found)

    async def read_resource(
        self, _: Any, asked: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """What stands on a page.

        Raises:
            MCPError: there is none at that address, or it cannot be read now.
        """
        page = self.pages.get(str(asked.uri))
        if page is None:
            raise MCPError(types.INVALID_PARAMS, "There is nothing at that address.")
        text = await self._told(page.read)
        found = types.TextResourceContents(uri=page.address, text=text, mime_type=JSON)
        return types.ReadResourceResult(contents=[found])

    async def list_prompts(self, _: Any, __: Any) -> types.ListPromptsResult:
        """All openings."""
        return types.ListPromptsResult(prompts=[_prompt(one) for one in self.offer.openings])

    async def get_prompt(
        self, _: Any, asked: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """What a conversation begins with.

        Raises:
            MCPError: there is no such opening, or it cannot be written for that.
        """
        opening = self.openings.get(asked.name)
        if opening is None:
            known = ", ".join(self.openings)
            raise MCPError(types.INVALID_PARAMS, f"There is no such prompt. There are: {known}.")
        said = await self._told(lambda: opening.text(asked.arguments or {}))
        message = types.PromptMessage(role="user", content=_text(said))
        return types.GetPromptResult(description=opening.about, messages=[message])

    async def _told(self, work: Callable[[], str]) -> str:
        try:
            return await self._worked(work)
        except EvenkeelError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from error

    async def _worked(self, work: Callable[[], Answer]) -> Answer:
        return await anyio.to_thread.run_sync(work, limiter=self.turns)


def _tool(one: Tool) -> types.Tool:
    hints = types.ToolAnnotations(
        title=one.title,
        read_only_hint=not one.writes,
        destructive_hint=False,
        idempotent_hint=True,
        open_world_hint=False,
    )
    return types.Tool(
        name=one.name,
        title=one.title,
        description=one.about,
        input_schema=one.schema,
        annotations=hints,
    )


def _prompt(one: Opening) -> types.Prompt:
    fields = one.form.model_fields.items()
    takes = [
        types.PromptArgument(name=name, description=of.description, required=of.is_required())
        for name, of in fields
    ]
    return types.Prompt(name=one.name, title=one.title, description=one.about, arguments=takes)


def _text(said: str) -> types.TextContent:
    return types.TextContent(text=said)
