"""What a KPI is, in Slack."""

import pytest

from bot.blockkit import check_reply
from bot.views.kpi import catalogue, definition
from tests.bot.views.samples import KPIS
from tests.bot.views.seen import words_of


@pytest.mark.parametrize("key", KPIS)
def test_every_kpi_can_be_told(key):
    reply = definition(KPIS[key], KPIS)
    assert check_reply(reply) == []
    for said in (reply.text, words_of(reply.blocks)):
        assert KPIS[key].name in said


def test_a_definition_tells_formula_target_guards_and_traps():
    said = words_of(definition(KPIS["aht"], KPIS).blocks)
    for told in (
        "*Formula*\nsum of handle seconds / records where it is known",
        "*Target*\n4 min 00 s to 7 min 00 s",
        "*Guarded by*\nFirst contact resolution, Customer satisfaction, Reopen rate",
        "*Compared*\nfrom n = 20 on",
        "*Beware*\nA band, not a race",
        "Also called: aht, handle time",
    ):
        assert told in said


def test_a_kpi_without_a_target_says_nothing_of_one():
    assert "*Target*" not in words_of(definition(KPIS["volume"], KPIS).blocks)


def test_the_catalogue_names_every_kpi_and_its_key():
    reply = catalogue(KPIS)
    assert check_reply(reply) == []
    for said in (reply.text, words_of(reply.blocks)):
        assert all(f"{one.name} `{one.key}`" in said for one in KPIS.values())
