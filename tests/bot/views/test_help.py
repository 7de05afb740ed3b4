"""What can be asked for."""

from bot.blockkit import check_reply
from bot.views.help import Way, guide
from tests.bot.views.samples import WAYS
from tests.bot.views.seen import words_of


def test_every_way_is_told_with_its_examples():
    reply = guide(WAYS)
    assert check_reply(reply) == []
    for said in (reply.text, words_of(reply.blocks)):
        assert "`/team [name] [period]` shows a team's people. For example `/team Billing`" in said


def test_a_way_without_an_example_has_none():
    assert "For example" not in words_of(guide([Way("/coach", "shows the note.")]).blocks)


def test_what_else_is_to_say_stands_at_the_end():
    assert words_of(guide(WAYS, ["Ask Ops."]).blocks).endswith("Ask Ops.")
