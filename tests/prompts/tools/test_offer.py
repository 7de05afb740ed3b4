"""What is offered: those tools that write only where that is wanted."""

import pytest

from prompts.tools.forms import AskForm, OneToOneForm
from prompts.tools.offer import Offer, Opening, Told, Tool
from scoring.errors import WordsError


def tool(name="ask", **more):
    return Tool(name, "Ask", "Asks.", AskForm, lambda form: Told(form.question), **more)


def test_a_tool_answers_to_arguments_that_it_has_checked():
    assert tool().answer({"question": "aht"}).text == "aht"
    with pytest.raises(WordsError):
        tool().answer({"question": "aht", "as": "otto"})


def test_tools_that_write_are_left_out_unless_they_are_wanted():
    offer = Offer("maya", "About.", (tool("ask"), tool("remark", writes=True)))
    assert [one.name for one in offer.allowed(writing=False)] == ["ask"]
    assert [one.name for one in offer.allowed(writing=True)] == ["ask", "remark"]


def test_an_opening_is_written_for_arguments_that_it_has_checked():
    opening = Opening("one_to_one", "1:1", "Prepares.", OneToOneForm, lambda form: form.person)
    assert opening.text({"person": "ana"}) == "ana"
    with pytest.raises(WordsError, match="“person” is missing"):
        opening.text({})
