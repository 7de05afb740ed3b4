"""The language model that the settings name, ready to fill in forms."""

from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, get_args

from bot.settings import Settings
from scoring.errors import SettingsError

if TYPE_CHECKING:
    from prompts.filling import Filler


def model_of(settings: Settings, name: str) -> "Filler":
    """The model of that name, at the settings' server and within their ceilings.

    Raises:
        SettingsError: what it needs is not installed.
    """
    if find_spec("langchain_openai") is None:
        raise SettingsError(
            "EVENKEEL_MODEL is set, and what a model needs is not installed. Install"
            " evenkeel[model], or leave EVENKEEL_MODEL empty."
        )
    from prompts.filling import Filler
    from prompts.server import Address, Method, Server
    from prompts.spending import Ledger

    key = settings.model_key
    address = Address(
        name,
        settings.model_url,
        "" if key is None else key.get_secret_value(),
        settings.model_timeout,
        settings.model_retries,
        settings.model_answer_tokens,
        settings.model_limit_name,
        settings.model_responses_api,
        settings.model_temperature,
    )
    ledger = Ledger(
        settings.model_question_tokens,
        settings.model_day_tokens,
        lambda: datetime.now(UTC).date(),
    )
    wanted = settings.model_methods.split(",")
    methods: tuple[Method, ...] = tuple(one for one in get_args(Method) if one in wanted)
    return Filler(Server(address), ledger, tuple(sorted(methods, key=wanted.index)))
