"""The model that the settings name."""

import pytest

from bot import modelling
from bot.modelling import model_of
from bot.services import Services
from bot.settings import read_settings
from scoring.errors import SettingsError
from tests.terminal import in_process

SET = {
    "EVENKEEL_MODEL": "our-model",
    "EVENKEEL_MODEL_URL": "http://127.0.0.1:9/v1/",
    "EVENKEEL_MODEL_KEY": "hidden",
    "EVENKEEL_MODEL_TIMEOUT": "3",
    "EVENKEEL_MODEL_RETRIES": "2",
    "EVENKEEL_MODEL_METHODS": "json_mode,function_calling",
    "EVENKEEL_MODEL_ANSWER_TOKENS": "321",
    "EVENKEEL_MODEL_LIMIT_NAME": "max_tokens",
    "EVENKEEL_MODEL_RESPONSES_API": "true",
    "EVENKEEL_MODEL_TEMPERATURE": "0",
    "EVENKEEL_MODEL_QUESTION_TOKENS": "4321",
    "EVENKEEL_MODEL_DAY_TOKENS": "54321",
}


def test_every_setting_of_the_model_reaches_it():
    model = model_of(read_settings(SET), "our-model")
    address = model.server.address
    assert (address.model, address.url) == ("our-model", "http://127.0.0.1:9/v1")
    assert (address.key, address.timeout_seconds, address.retries) == ("hidden", 3, 2)
    assert (address.answer_tokens, address.limit_name) == (321, "max_tokens")
    assert (address.responses_api, address.temperature) == (True, 0)
    assert model.methods == ("json_mode", "function_calling")
    assert (model.ledger.per_question, model.ledger.per_day) == (4321, 54321)


def test_there_is_no_model_where_none_is_set():
    services = Services(read_settings({}))
    assert (services.model, services.asking) == (None, None)


def test_the_same_model_serves_all_questions_of_a_run():
    services = Services(read_settings(SET))
    assert services.asking.model is services.model
    assert services.asking is services.asking


def test_a_model_that_is_not_installed_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(modelling, "find_spec", {}.get)
    with pytest.raises(SettingsError, match=r"evenkeel\[model\]"):
        _ = Services(read_settings(SET)).model


def test_langchain_is_not_loaded_before_the_first_question(tmp_path):
    code = (
        "import sys\nfrom bot.services import Services\nfrom bot.settings import read_settings\n"
        "assert Services(read_settings({})).asking is None\nassert 'prompts' not in sys.modules\n"
        "assert Services(read_settings({'EVENKEEL_MODEL': 'a-model'})).asking\n"
        "assert not [name for name in sys.modules if name.startswith(('langchain', 'openai'))]"
    )
    said = in_process(code, cwd=tmp_path)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("METHODS", "json_schema,guessing", "names others than"),
        ("URL", "api.example.com", "is no address"),
        ("TIMEOUT", "0", "TIMEOUT"),
        ("RETRIES", "9", "RETRIES"),
        ("RESPONSES_API", "maybe", "RESPONSES_API"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name, value, told):
    with pytest.raises(SettingsError, match=told):
        read_settings({f"EVENKEEL_MODEL_{name}": value})
