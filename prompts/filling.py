"""Has a model fill in a form: the strictest way first, checked always, put right once at most."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from prompts.model import Form, ModelError, Task
from prompts.server import METHODS, Messages, Method, NotThisWayError, Server
from prompts.spending import Account, Ledger, guessed
from prompts.strict import strict_schema

log = logging.getLogger(__name__)

_MOST_FAULTS = 6
_JSON_ONLY = (
    "Answer with one JSON object and nothing else: no words before it or after it, no code fence."
    " It must be valid under this JSON schema:\n"
)
_AGAIN = "Your form was not valid:\n{faults}\nFill in the whole form again."


@dataclass
class Filler:
    """The model behind the door: any server that speaks OpenAI's protocol.

    It remembers the way of asking that worked last, so that later questions begin with it.
    """

    server: Server
    ledger: Ledger
    methods: tuple[Method, ...] = METHODS
    _works: Method | None = field(default=None, init=False)

    def fill(self, task: Task, form: type[Form]) -> Form:
        """The form, filled in and valid.

        Raises:
            ModelError: there is none: unreachable, refused, the budget spent, or no valid form.
        """
        begun, account = time.monotonic(), self.ledger.open()
        outcome = "filled"
        try:
            return self._tried(_Attempt(self.server, account, task, strict_schema(form)), form)
        except ModelError as error:
            outcome = error.why
            raise
        finally:
            took = (time.monotonic() - begun) * 1000
            log.info(
                "model purpose=%s prompt=%s.%d outcome=%s tokens=%d ms=%.0f",
                *(task.purpose, task.prompt.id, task.prompt.version),
                *(outcome, account.spent, took),
            )

    def _tried(self, attempt: "_Attempt", form: type[Form]) -> Form:
        for method in self._in_turn():
            try:
                found = attempt.form(method, form)
            except NotThisWayError:
                continue
            if found is not None:
                self._works = method
                return found
        raise ModelError("no_form", "The model did not fill in the form.")

    def _in_turn(self) -> Iterator[Method]:
        works = self._works
        if works is not None:
            yield works
        yield from (one for one in self.methods if one != works)


@dataclass
class _Attempt:
    """One task on its way to a form: what it may still cost, and whether it was put right."""

    server: Server
    account: Account
    task: Task
    schema: dict[str, Any]
    repaired: bool = False

    def form(self, method: Method, form: type[Form]) -> Form | None:
        """The form, None where the model wrote something else.

        Raises:
            NotThisWayError: the server does not take that way.
            ModelError: there is no form to be had.
        """
        messages = self._messages(method)
        text = _json(self._answer(messages, method))
        while text is not None:
            try:
                return form.model_validate_json(text)
            except ValidationError as error:
                if self.repaired:
                    raise ModelError("no_form", "The model filled in the form wrongly.") from error
                self.repaired = True
                again = _AGAIN.format(faults=_faults(error))
                text = _json(self._answer([*messages, ("user", again)], method))
        return None

    def _messages(self, method: Method) -> Messages:
        told = self.task.prompt.text
        if method == "json_mode":
            told = f"{told}\n\n{_JSON_ONLY}{json.dumps(self.schema)}"
        return [("system", told), ("user", self.task.said)]

    def _answer(self, messages: Messages, method: Method) -> str | None:
        sent = sum(guessed(text) for _, text in messages) + guessed(json.dumps(self.schema))
        self.account.reserve(sent + self.server.address.answer_tokens)
        used: int | None = 0
        try:
            answer = self.server.ask(messages, method, self.schema)
            used = sent + guessed(answer.text or "") if answer.tokens is None else answer.tokens
        except ModelError as error:
            # What was cut off or refused was written, and has a price that nobody told.
            used = None if error.why != "unreachable" else 0
            raise
        finally:
            self.account.settle(used)
        return answer.text


def _json(text: str | None) -> str | None:
    """The JSON object of an answer, perhaps within other words; None where there is none."""
    first, last = (text or "").find("{"), (text or "").rfind("}")
    return None if text is None or first < 0 or last < first else text[first : last + 1]


def _faults(error: ValidationError) -> str:
    """What is wrong with a form, without repeating what stood in it."""
    return "\n".join(
        f"- {'.'.join(map(str, one['loc'])) or 'the form'}: {one['msg']}"
        for one in error.errors(include_input=False, include_url=False)[:_MOST_FAULTS]
    )
