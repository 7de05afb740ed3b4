"""The engines by name: what a setting may say, and what stands beside every score."""

from collections.abc import Callable, Mapping

from scoring.errors import UnknownNameError
from scoring.sentiment.engine import Biases, Engine
from scoring.sentiment.service import ServiceEngine
from scoring.sentiment.textblob import TextBlobEngine

DEFAULT = "service"
ENGINES: Mapping[str, Callable[[Biases | None], Engine]] = {
    "service": ServiceEngine,
    "textblob": lambda _biases: TextBlobEngine(),
}


def engine(name: str = DEFAULT, biases: Biases | None = None) -> Engine:
    """The engine of that name; biases fitted to a workspace move those that take them.

    Raises:
        UnknownNameError: there is no such engine.
    """
    make = ENGINES.get(name)
    if make is None:
        known = " or ".join(sorted(ENGINES))
        raise UnknownNameError(f"There is no engine of sentiment called {name!r}; say {known}.")
    return make(biases)
