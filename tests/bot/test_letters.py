"""The weekly messages as they are sent: the note, its figure by week, ways on."""

from datetime import timedelta

import pytest

from bot.blockkit import check_reply
from bot.letters import letter
from bot.planning import review
from bot.references import read
from scoring.database import connect, noting, prepare
from scoring.digests import Digest
from scoring.people import find_agent, find_team
from scoring.preferences import Preferences, keep_preferences
from tests.bot.talking import elements, option
from tests.bot.views.seen import actions_of, kinds, words_of
from tests.bot.weekly import WEEK, number, sending, weekly
from tests.factories import NOW, taken


@pytest.fixture(scope="module")
def sender(tmp_path_factory):
    """A company whose week is reviewed; nothing of it is changed but what one test wants."""
    engine = connect(str(tmp_path_factory.mktemp("letters") / "evenkeel.db"))
    prepare(engine)
    with sending(weekly(engine)) as (sender, _):
        review(sender, WEEK)
        yield sender
    engine.dispose()


def written(sender, name="ana", *, team=False):
    kind = "own"
    if team:
        with noting(sender.services.engine) as connection:
            kind = f"team:{find_team(connection, 'Crew')}"
    digest = Digest(WEEK, number(sender.services.engine, name), kind)
    return letter(sender.services, digest, sender.now)


def chart_of(told):
    (chart,) = [one for one in told.reply.blocks if one["type"] == "data_visualization"]
    return chart


def lines_of(told):
    return {one["name"]: one["data"] for one in chart_of(told)["chart"]["series"]}


def test_a_message_is_within_every_limit_and_about_nine_blocks(sender):
    for told in (written(sender), written(sender, "ben"), written(sender, "lea", team=True)):
        assert check_reply(told.reply) == []
        assert len(told.reply.blocks) <= 11


def test_the_figure_that_the_note_speaks_of_is_drawn_over_eight_weeks(sender):
    told = written(sender)
    assert chart_of(told)["title"] == "First contact resolution by week"
    mine = lines_of(told)["You"]
    assert len(mine) == 8
    # Ana's own records of that week: 13 of 30 contacts were settled at once.
    assert (mine[-1]["label"], mine[-1]["value"]) == ("9 Nov", pytest.approx(43.3333))
    assert "9 Nov 43.3 % (n 30)" in words_of(told.reply.blocks)


def test_it_is_drawn_beside_the_team_s_median_and_nobody_s_else(sender):
    assert list(lines_of(written(sender))) == ["You", "Team median"]
    assert list(lines_of(written(sender, "lea", team=True))) == ["Your team"]


def test_who_wants_no_comparison_sees_their_own_line_alone(sender):
    ben = number(sender.services.engine, "ben")
    with noting(sender.services.engine) as connection:
        keep_preferences(connection, ben, Preferences(comparison=False), NOW)
    assert list(lines_of(written(sender, "ben"))) == ["You"]


def test_a_small_team_has_no_median(database):
    with sending(weekly(database)) as (sender, _):
        small = [{"agent": one, "team": "Two"} for one in ("ana", "ben")]
        taken(database, small, "roster")
        review(sender, WEEK)
        assert list(lines_of(written(sender))) == ["You"]


def test_the_plain_form_has_the_numbers_of_the_chart(sender):
    told = written(sender).reply
    assert "data_visualization" not in kinds(told.classic)
    assert "First contact resolution by week" in words_of(told.classic)


def test_ways_lead_on_to_this_week_and_this_person(sender):
    ana = number(sender.services.engine, "ana")
    found = {
        one["action_id"]: read(one["value"]) for one in actions_of(written(sender).reply.blocks)
    }
    assert {one.agent for one in found.values()} == {ana}
    assert found["contacts:focus"].kind == "finding"
    assert found["card"].period.first == WEEK
    assert "settings" in found


def test_a_manager_s_leads_on_to_the_team(sender):
    told = written(sender, "lea", team=True)
    found = {one["action_id"]: read(one["value"]) for one in actions_of(told.reply.blocks)}
    assert {(one.agent, one.team is None) for one in found.values()} == {(None, False)}
    assert "contacts:focus" not in found


def test_a_manager_s_leads_on_to_the_contacts_behind_each_one_s_focus(sender):
    menu = elements(written(sender, "lea", team=True).reply.blocks)["contacts:person"]
    found = read(option(menu, "Ana"))
    assert (found.kind, found.about) == ("finding", "focus")
    assert found.agent == number(sender.services.engine, "ana")


def test_it_is_known_whose_figures_stand_in_a_message(sender):
    assert written(sender).seen == {number(sender.services.engine, "ana")}
    assert len(written(sender, "lea", team=True).seen) == 7


def test_there_is_none_of_a_week_that_was_not_reviewed(sender):
    engine = sender.services.engine
    with noting(engine) as connection:
        before = Digest(WEEK - timedelta(weeks=1), find_agent(connection, "ana"))
        team = Digest(before.week, before.agent, f"team:{find_team(connection, 'Crew')}")
    assert letter(sender.services, before, sender.now) is None
    assert letter(sender.services, team, sender.now) is None
