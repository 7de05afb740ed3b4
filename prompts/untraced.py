"""Keeps LangChain from sending a copy of what is asked to anybody, whatever is set around it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

# They name a tracer that is gone: LangChain refuses to run while one of them is set.
_GONE = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


@contextmanager
def untraced() -> Iterator[None]:
    """Within it nothing is traced, even if LANGSMITH_TRACING or a relative of it is set."""
    from langsmith.run_helpers import tracing_context

    for name in _GONE:
        os.environ.pop(name, None)
    with tracing_context(enabled=False):
        yield
