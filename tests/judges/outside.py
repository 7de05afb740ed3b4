"""Sets of other people's records, which lie outside the checkout."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


def outside(name: str) -> Path:
    """The folder of a set by its name; skips the test where it is absent."""
    shared = Path(os.environ.get("EVENKEEL_SHARED_DATA", CHECKOUT.parent / "shared"))
    folder = shared / "data" / name
    if not folder.is_dir():
        pytest.skip(f"Outside data: no set {name}; EVENKEEL_SHARED_DATA may name where it lies")
    return folder
