"""One exchange with a model's server, over LangChain: messages out, an answer or a reason back."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import SecretStr

from prompts.model import ModelError
from prompts.untraced import untraced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.messages import AIMessage
    from langchain_core.runnables import Runnable
    from langchain_openai import ChatOpenAI

Method: TypeAlias = Literal["json_schema", "function_calling", "json_mode"]
# What to try in which order, from the strictest way to ask for a form to the loosest.
METHODS: tuple[Method, ...] = ("json_schema", "function_calling", "json_mode")
OPENAI = "https://api.openai.com/v1"
Messages: TypeAlias = Sequence[tuple[Literal["system", "user"], str]]

# A server that says one of these does not take this way of asking; another way may do.
_NOT_THIS_WAY = frozenset((400, 422, 501))
_TOO_MANY = 429
_BROKEN = 500
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 8.0
# How the client breaks on answers that are no chat completion: it checks none of them.
_NO_COMPLETION = (TypeError, AttributeError, ValueError, LookupError)


@dataclass(frozen=True)
class Address:
    """Which model is spoken to, where, and how; explicit, so that nothing comes from elsewhere.

    ``answer_tokens`` is the ceiling of one answer, ``limit_name`` what the server calls it.
    """

    model: str
    url: str = OPENAI
    key: str = field(default="", repr=False)
    timeout_seconds: float = 20
    retries: int = 1
    answer_tokens: int = 1000
    limit_name: Literal["max_completion_tokens", "max_tokens"] = "max_completion_tokens"
    responses_api: bool = False
    temperature: float | None = None


@dataclass(frozen=True)
class Answer:
    """What a model wrote: a form as JSON or a text, None where nothing; ``tokens`` if counted."""

    text: str | None
    tokens: int | None


class NotThisWayError(Exception):
    """The server does not take this way of asking for a form."""


class TryAgainError(Exception):
    """The server may answer if it is asked once more; ``seconds`` is when it says it will."""

    def __init__(self, seconds: float | None, why: ModelError) -> None:
        super().__init__(str(why))
        self.seconds, self.why = seconds, why


@dataclass
class Server:
    """A model's server: asks once more where that helps, and at most so many times."""

    address: Address
    pause: Callable[[float], None] = time.sleep

    @cached_property
    def client(self) -> "ChatOpenAI":
        """LangChain's client. What is not said here it would take from the environment."""
        from langchain_openai import ChatOpenAI

        one = self.address
        # LangChain renames max_tokens, which older and smaller servers want, whatever is asked.
        renamed = one.limit_name == "max_completion_tokens" or one.responses_api
        return ChatOpenAI(
            model=one.model,
            base_url=one.url,
            # A server that wants no key still gets a header; an empty one is no header at all.
            api_key=SecretStr(one.key or "none"),
            timeout=one.timeout_seconds,
            max_retries=0,
            temperature=one.temperature,
            use_responses_api=one.responses_api,
            max_completion_tokens=one.answer_tokens if renamed else None,
            extra_body=None if renamed else {"max_tokens": one.answer_tokens},
            cache=False,
        )

    def ask(self, messages: Messages, method: Method, schema: dict[str, Any]) -> Answer:
        """What the model answers when it is asked for a form of that schema in that way.

        Raises:
            NotThisWayError: another way may do.
            ModelError: it cannot be reached, refused, or was cut off.
        """
        for turn in range(self.address.retries + 1):
            try:
                return self._once(messages, method, schema)
            except TryAgainError as error:
                if turn == self.address.retries:
                    raise error.why from error
                wait = (
                    error.seconds if error.seconds is not None else _FIRST_PAUSE_SECONDS * 2**turn
                )
                self.pause(min(wait, _LONGEST_PAUSE_SECONDS))
        raise AssertionError

    def _once(self, messages: Messages, method: Method, schema: dict[str, Any]) -> Answer:
        with untraced(), _told(self.address):
            found = _bound(self.client, method, schema).invoke(list(messages))
        return _answer(found, self.address)


def _bound(
    client: "ChatOpenAI", method: Method, schema: dict[str, Any]
) -> "Runnable[Any, AIMessage]":
    if method == "json_mode":
        return client.bind(response_format={"type": "json_object"})
    if method == "json_schema":
        form = {"name": "form", "strict": True, "schema": schema}
        return client.bind(response_format={"type": "json_schema", "json_schema": form})
    # A tool that is handed over as it goes out must say itself that it is strict.
    tool = {"name": "form", "description": "The form.", "parameters": schema, "strict": True}
    return client.bind_tools(
        [{"type": "function", "function": tool}], tool_choice="form", parallel_tool_calls=False
    )


def _answer(found: "AIMessage", address: Address) -> Answer:
    """What a message holds.

    Raises:
        ModelError: the model refused, or was cut off.
    """
    told = found.response_metadata
    if found.additional_kwargs.get("refusal") or told.get("finish_reason") == "content_filter":
        raise _refused()
    if told.get("finish_reason") == "length" or told.get("status") == "incomplete":
        raise _cut_off(address)
    tokens = found.usage_metadata["total_tokens"] if found.usage_metadata else None
    calls = [json.dumps(call["args"]) for call in found.tool_calls]
    calls += [call["args"] or "" for call in found.invalid_tool_calls]
    return Answer(calls[0] if calls else found.text or None, tokens or None)


@contextmanager
def _told(address: Address) -> "Iterator[None]":
    """Tells whatever goes wrong with a call in our words.

    Raises:
        NotThisWayError: see there.
        TryAgainError: see there.
        ModelError: all the rest.
    """
    import openai

    try:
        yield
    except openai.LengthFinishReasonError as error:
        raise _cut_off(address) from error
    except openai.ContentFilterFinishReasonError as error:
        raise _refused() from error
    except openai.APIStatusError as error:
        raise _by_status(error, address) from error
    except openai.APIConnectionError as error:
        raise TryAgainError(None, _unreachable("does not answer", address)) from error
    except (openai.OpenAIError, *_NO_COMPLETION) as error:
        raise _unreachable("answers with something that is no chat completion", address) from error


def _by_status(error: Any, address: Address) -> Exception:
    status = int(error.status_code)
    if status in _NOT_THIS_WAY:
        return NotThisWayError()
    if status == _TOO_MANY or status >= _BROKEN:
        why = _unreachable(f"is busy or broken (HTTP {status})", address)
        return TryAgainError(_seconds(error.response.headers.get("retry-after")), why)
    reasons = {
        401: "does not take EVENKEEL_MODEL_KEY",
        403: "does not take EVENKEEL_MODEL_KEY",
        404: f"knows no model “{address.model}”, or EVENKEEL_MODEL_URL is not its address",
    }
    return _unreachable(reasons.get(status, f"answers with HTTP {status}"), address)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdecimal() else None


def _unreachable(what: str, address: Address) -> ModelError:
    return ModelError("unreachable", f"The model's server at {address.url} {what}.")


def _refused() -> ModelError:
    return ModelError("refused", "The model refuses to read that.")


def _cut_off(address: Address) -> ModelError:
    return ModelError(
        "no_form",
        f"The model's answer was cut off at {address.answer_tokens} tokens. Raise"
        " EVENKEEL_MODEL_ANSWER_TOKENS.",
    )
