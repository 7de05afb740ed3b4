"""Nothing is traced within, whatever is set around it."""

import os

import pytest
from langsmith.utils import get_env_var, tracing_is_enabled

from prompts.untraced import untraced


@pytest.fixture(autouse=True)
def _fresh():
    get_env_var.cache_clear()
    yield
    get_env_var.cache_clear()


@pytest.mark.parametrize("name", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_tracing_that_is_set_is_off_within_and_on_again_after(name, monkeypatch):
    monkeypatch.setenv(name, "true")
    assert tracing_is_enabled()
    with untraced():
        assert not tracing_is_enabled()
    assert tracing_is_enabled()


def test_a_tracer_that_is_gone_is_not_asked_for(monkeypatch):
    monkeypatch.setenv("LANGCHAIN_TRACING", "true")
    with untraced():
        assert "LANGCHAIN_TRACING" not in os.environ
