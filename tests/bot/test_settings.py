"""The settings: from the environment, from flags, and what is wrong with them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from bot.settings import FLAGS, PREFIX, SLACKS, Settings, read_settings
from scoring.errors import EvenkeelError, SettingsError, WordsError
from scoring.sentiment.engines import ENGINES

SAID = {
    "database": "postgresql://host/name",
    "timezone": "Europe/London",
    "week_starts": "sunday",
    "repeat_days": "14",
    "working_hours": "hours.toml",
    "kpis": "our_kpis.toml",
    "practices": "our_practices.toml",
    "sentiment_engine": "textblob",
    "redact_numbers": "ORD-####, AC#*",
    "customer_key": "hidden",
    "key_file": "some.key",
    "slack_bot_token": "xoxb-hidden",
    "slack_app_token": "xapp-hidden",
    "slack_signing_secret": "hidden",
    "slack_api_url": "http://127.0.0.1:9999/api",
    "listen": "0.0.0.0:8000",
    "jobs": "some.db-jobs",
    "posts_per_second": "0.5",
    "model": "our-model",
    "model_url": "http://127.0.0.1:8080/v1/",
    "model_key": "hidden",
    "model_timeout": "7.5",
    "model_retries": "0",
    "model_methods": "function_calling, json_mode",
    "model_responses_api": "true",
    "model_limit_name": "max_tokens",
    "model_temperature": "0",
    "model_answer_tokens": "500",
    "model_question_tokens": "9000",
    "model_day_tokens": "200000",
    "model_notes": "true",
    "mcp_token": "hidden",
    "now": "2026-11-20T12:00:00Z",
}
READ = {
    **SAID,
    "repeat_days": 14,
    "working_hours": Path("hours.toml"),
    "kpis": Path("our_kpis.toml"),
    "practices": Path("our_practices.toml"),
    "key_file": Path("some.key"),
    "slack_api_url": "http://127.0.0.1:9999/api/",
    "posts_per_second": 0.5,
    "model_url": "http://127.0.0.1:8080/v1",
    "model_timeout": 7.5,
    "model_retries": 0,
    "model_methods": "function_calling,json_mode",
    "model_responses_api": True,
    "model_temperature": 0.0,
    "model_answer_tokens": 500,
    "model_question_tokens": 9000,
    "model_day_tokens": 200_000,
    "model_notes": True,
    "now": datetime(2026, 11, 20, 12, tzinfo=UTC),
}


def test_with_nothing_set_the_records_are_in_the_working_directory_and_days_in_utc():
    settings = read_settings({})
    assert (settings.database, settings.timezone) == ("evenkeel.db", "UTC")
    assert (settings.first_weekday, settings.repeat_days, settings.now) == (0, 7, None)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_a_variable(name):
    value = getattr(read_settings({PREFIX + name.upper(): SAID[name]}), name)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    assert value == READ[name]


def test_the_engines_of_sentiment_are_those_there_are():
    offered = Settings.model_fields["sentiment_engine"].annotation
    assert set(get_args(offered)) == set(ENGINES)


def test_shapes_of_numbers_are_divided_by_commas():
    assert Settings(redact_numbers=" ORD-####,,AC#* ").number_shapes == ("ORD-####", "AC#*")
    assert Settings().number_shapes == ()
    with pytest.raises(SettingsError, match="“order” is no shape of a number"):
        read_settings({"EVENKEEL_REDACT_NUMBERS": "ORD-#, order"})


def test_a_flag_goes_before_the_environment():
    settings = read_settings({"EVENKEEL_TIMEZONE": "Asia/Tokyo"}, {"timezone": "Europe/London"})
    assert settings.zone.key == "Europe/London"


def test_words_of_a_call_that_are_no_settings_are_left_alone():
    assert read_settings({}, {"kpis": "x", "json": True, "agent": ["ana"]}) == Settings()


def test_an_empty_variable_is_not_set():
    assert read_settings({"EVENKEEL_KPIS": ""}).kpis is None


def test_a_clock_without_an_offset_is_in_utc():
    assert read_settings({}, {"now": "2026-11-20T12:00"}).now == READ["now"]


def test_a_clock_with_an_offset_is_taken_as_it_stands():
    now = read_settings({}, {"now": "2026-11-20T12:00+02:00"}).now
    assert now.utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "Mars/One"),
        ("timezone", "../etc/passwd"),
        ("week_starts", "friday"),
        ("repeat_days", "0"),
        ("repeat_days", "31"),
        ("now", "whenever"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_value(name, value):
    with pytest.raises(SettingsError, match=f"EVENKEEL_{name.upper()} “{value}”"):
        read_settings({PREFIX + name.upper(): value})


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(SettingsError, match=r"TIMEZONE.*REPEAT_DAYS"):
        read_settings({"EVENKEEL_TIMEZONE": "Mars/One", "EVENKEEL_REPEAT_DAYS": "99"})


def test_a_flag_that_cannot_be_used_is_a_fault_of_the_call():
    with pytest.raises(WordsError, match="--week-starts or EVENKEEL_WEEK_STARTS “friday”"):
        read_settings({}, {"week_starts": "friday"})


def test_a_setting_with_no_flag_is_told_with_none():
    with pytest.raises(EvenkeelError, match="they are: EVENKEEL_REPEAT_DAYS"):
        read_settings({"EVENKEEL_REPEAT_DAYS": "x"})


@pytest.mark.parametrize(
    ("database", "key"),
    [
        ("evenkeel.db", "evenkeel.key"),
        ("folder/records.sqlite", "folder/records.key"),
        ("sqlite:////var/lib/evenkeel.db", "/var/lib/evenkeel.key"),
        ("sqlite:///evenkeel.db", "evenkeel.key"),
        ("postgresql://host/name", "evenkeel.key"),
    ],
)
def test_a_key_lies_beside_a_sqlite_file(database, key):
    assert Settings(database=database).key_path == Path(key)


def test_a_key_lies_where_it_is_set():
    assert Settings(key_file=Path("elsewhere")).key_path == Path("elsewhere")


def test_no_secret_is_shown():
    settings = read_settings({PREFIX + name.upper(): value for name, value in SAID.items()})
    assert "hidden" not in f"{settings!r} {settings}"


@pytest.mark.parametrize("name", SLACKS)
def test_slack_s_own_name_of_a_setting_serves_too(name):
    assert getattr(read_settings({name.upper(): "a"}), name).get_secret_value() == "a"
    both = read_settings({name.upper(): "a", PREFIX + name.upper(): "b"})
    assert getattr(both, name).get_secret_value() == "b"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("listen", "3000"),
        ("listen", ":3000"),
        ("listen", "localhost:99999"),
        ("listen", "localhost:x"),
        ("slack_api_url", "slack.com/api"),
    ],
)
def test_an_address_that_is_none_is_refused(name, said):
    with pytest.raises(SettingsError, match="write it as"):
        read_settings({PREFIX + name.upper(): said})


def test_every_setting_says_in_a_line_what_it_decides():
    for name, field in Settings.model_fields.items():
        assert field.description.endswith("."), name
        assert "\n" not in field.description, name


def test_flags_are_settings():
    assert set(FLAGS) <= set(Settings.model_fields)
