"""Who looked at a person's figures, in words for that person."""

import pytest

from bot.blockkit import check_reply
from bot.views.looks import looks
from scoring.looks import Look
from tests.factories import NOW


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("scorecard", "20 Nov 2026: *Maya*, in `/scorecard`"),
        ("digest", "20 Nov 2026: *Maya*, in the weekly message"),
        ("tool ask", "20 Nov 2026: *Maya*, by the tool `ask`"),
    ],
)
def test_it_is_told_in_what_somebody_looked(what, said):
    reply = looks([Look("Maya", NOW.date(), what, 1, NOW)], 90)
    assert check_reply(reply) == []
    assert said in reply.text
