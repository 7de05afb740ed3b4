"""What `evenkeel check` looks at of the language model: whether its server answers; no tokens."""

import json
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot.services import Services
from scoring.errors import SettingsError

SECONDS = 5
# A list of models is some kilobytes.
_MOST = 1_000_000
_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def model(services: Services) -> str:
    """Whether the model's server is there and takes the key."""
    settings = services.settings
    if settings.model is None:
        return "none set; questions are read and notes worded by rules"
    where = f"{settings.model} at {settings.model_url}"
    try:
        listed = _models(f"{settings.model_url.rstrip('/')}/models", _headers(services))
    except HTTPError as error:
        if error.code in _REFUSED:
            raise SettingsError(
                f"{where}: the server refuses the key. Set EVENKEEL_MODEL_KEY to one of its keys."
            ) from error
        return f"{where} answers, and lists no models"
    except (OSError, HTTPException, ValueError) as error:
        raise SettingsError(
            f"{where} does not answer ({type(error).__name__}). Until it does, questions are read"
            " and notes worded by rules. See that it runs, and that EVENKEEL_MODEL_URL is right."
        ) from error
    if listed and settings.model not in listed:
        raise SettingsError(
            f"{where}: the server knows no such model. Set EVENKEEL_MODEL to one that it lists."
        )
    return f"{where} answers"


def _headers(services: Services) -> dict[str, str]:
    key = services.settings.model_key
    return {} if key is None else {"Authorization": f"Bearer {key.get_secret_value()}"}


def _models(address: str, headers: dict[str, str]) -> list[str]:
    """What a server calls its models; nothing, where it tells of none."""
    if not address.startswith(("http://", "https://")):
        raise ValueError("no address")
    asked = Request(address, headers=headers)  # noqa: S310 its scheme was looked at
    with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 the same
        told: Any = json.loads(answer.read(_MOST))
    rows = told.get("data") if isinstance(told, dict) else None
    return [str(one.get("id")) for one in rows or () if isinstance(one, dict)]
