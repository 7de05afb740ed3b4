"""Homes and windows by slackblocks: every block has its place there."""

import pytest
from slackblocks import _surfaces

from tests.bot.views.windows import WINDOWS


@pytest.mark.parametrize("name", WINDOWS)
def test_every_block_has_its_place_by_slackblocks_too(name):
    view = WINDOWS[name]()
    _surfaces.validate_surface_blocks(view["blocks"], view["type"])


def test_slackblocks_sees_what_has_no_place():
    with pytest.raises(Exception, match="table"):
        _surfaces.validate_surface_blocks([{"type": "table"}], "modal")
