from dataclasses import replace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.constants import DEFAULT
from scoring.coaching.focus import Choice
from scoring.coaching.telling import behind, residuals, shelve, tell, to_check
from scoring.coaching.where import Claim, focus_claim, where
from tests.scoring.coaching.crews import contacts, crew, monday, part

WEEKS = 4
ALWAYS = np.ones(WEEKS, dtype=bool)


def analysed(found):
    return found, analyse(found, monday(WEEKS - 1), DEFAULT)


def claim(analysis, about, side=-1, why="level", agent=100):
    number = analysis.strata.agents.tolist().index(agent)
    return Claim(number, Choice(about, why), side, ALWAYS)


def told(found, about, side=-1):
    contacts, analysis = analysed(found)
    return tell(shelve(contacts, analysis), analysis, claim(analysis, about, side), DEFAULT)


def team(lapses=(), each=30):
    """Six agents who resolve nine of ten, but agent 100 none of the listed pairs."""
    pairs = [("billing", "chat"), ("billing", "phone"), ("login", "chat")]
    return contacts(
        [
            part(
                agent=100 + agent,
                week=week,
                issue=issue,
                channel=channel,
                resolved=float(
                    not (agent == 0 and (issue, channel) in lapses) and number % 10 > 0
                ),
                transcript=number % 3 == 0,
            )
            for agent in range(6)
            for week in range(WEEKS)
            for issue, channel in pairs
            for number in range(each)
        ]
    )


def test_the_contacts_behind_are_the_agents_own_of_those_weeks():
    found, analysis = analysed(crew(agents=3, weeks=WEEKS, each=9))
    weeks = np.array([False, True, False, True])
    these = behind(shelve(found, analysis), analysis, 1, weeks)
    assert set(found.agent[these.rows]) == {analysis.strata.agents[1]}
    assert set((found.week[these.rows] - found.week.min()) // 7) == {1, 3}
    assert these.rows.size == 18


def test_a_residual_is_from_what_an_average_agent_gets():
    found, analysis = analysed(team(lapses=[("login", "chat")]))
    these = behind(shelve(found, analysis), analysis, 0, ALWAYS)
    login = found.issue[these.rows] == found.issues.index("login")
    left = residuals(shelve(found, analysis), analysis, "fcr", these)
    # Everybody else resolves nine of ten of these, and agent 100 none.
    assert left[login] == pytest.approx(np.full(login.sum(), -0.8), abs=0.15)


def test_a_statement_names_where_it_shows():
    statement = told(team(lapses=[("login", "chat")]), "fcr")
    assert (statement.issue_type, statement.channel) == ("login", "chat")
    assert statement.behind == 3 * 30 * WEEKS


def test_a_statement_that_shows_everywhere_names_no_place():
    statement = told(team(), "fcr")
    assert (statement.issue_type, statement.channel) == (None, None)


def test_evidence_tells_the_statement_and_has_a_contrast():
    found = team(lapses=[("login", "chat")])
    statement = told(found, "fcr")
    cited = np.isin(found.id, statement.contacts)
    assert not found.resolved[cited].any()
    good = found.id == statement.contrast
    assert found.resolved[good].all()
    first = found.id == statement.contacts[0]
    assert found.issue[good] == found.issue[first]


def test_at_most_two_contacts_of_a_kind_are_cited():
    found = team(lapses=[("login", "chat")])
    statement = told(found, "fcr")
    cited = np.isin(found.id, statement.contacts)
    kinds = found.issue[cited] * 2 + found.channel[cited]
    assert len(statement.contacts) == 3
    assert np.bincount(kinds).max() == 2
    well = (found.agent == 100) & (found.issue == found.issues.index("billing"))
    only_login = replace(found, resolved=np.where(well, 1.0, found.resolved))
    assert len(told(only_login, "fcr").contacts) == 2


def test_contacts_with_a_transcript_are_preferred_and_then_the_latest():
    found = team(lapses=[("login", "chat")])
    first, second = (found.id == each for each in told(found, "fcr").contacts[:2])
    assert found.has_transcript[first | second].all()
    assert found.at[first] > found.at[second]
    alike = (found.agent == 100) & (found.resolved == 0) & found.has_transcript
    alike &= (found.issue == found.issue[first]) & (found.channel == found.channel[first])
    assert found.at[first] == found.at[alike].max()


def test_a_strength_cites_what_went_well_and_has_no_contrast():
    found = team(lapses=[("login", "chat")])
    statement = told(found, "fcr", side=1)
    assert found.resolved[np.isin(found.id, statement.contacts)].all()
    assert statement.contrast is None


def odd_times(*seconds, slow=1.0):
    """Agents with times about 300 s; agent 100 also has these in the last week.

    ``slow`` is how much longer all of agent 101 takes.
    """
    chance = np.random.default_rng(4)
    usual = {1: 300 * slow}
    parts = [
        part(
            agent=100 + agent,
            week=week,
            handle_seconds=usual.get(agent, 300) * np.exp(chance.normal(0, 0.3)),
        )
        for agent in range(5)
        for week in range(WEEKS)
        for _ in range(30)
    ]
    return contacts(parts + [part(agent=100, week=WEEKS - 1, handle_seconds=s) for s in seconds])


def test_times_too_odd_to_be_true_are_to_be_checked_and_are_no_evidence():
    found = odd_times(30_000, 1, 700)
    _, analysis = analysed(found)
    number = analysis.strata.agents.tolist().index(100)
    last = found.id.max()
    shelf = shelve(found, analysis)
    # In deviations of 0.3 on the log scale: 15, 19 and 2.8.
    assert to_check(shelf, analysis, number, DEFAULT)[:2] == (last - 1, last - 2)
    statement = tell(shelf, analysis, claim(analysis, "aht"), DEFAULT)
    assert not {last - 1, last - 2} & set(statement.contacts)
    assert last in statement.contacts


def test_the_times_of_who_always_takes_long_are_not_odd():
    # 2.7 deviations from the others: an ordinary time of theirs is often beyond three.
    found = odd_times(slow=2.25)
    _, analysis = analysed(found)
    number = analysis.strata.agents.tolist().index(101)
    assert len(to_check(shelve(found, analysis), analysis, number, DEFAULT)) <= 1


def test_an_ordinary_time_is_no_evidence():
    found = odd_times()
    cited = np.isin(found.id, told(found, "aht").contacts)
    assert (found.handle_seconds[cited] > 300 * np.exp(0.25)).all()


def rushed():
    """Agent 100 resolves what takes long, and not what is over in a minute."""
    chance = np.random.default_rng(4)
    return contacts(
        [
            part(
                agent=100 + agent,
                week=week,
                issue=issue,
                handle_seconds=300 * np.exp(chance.normal(0, 0.3) - 0.8 * hasty),
                resolved=float(chance.random() < 0.9 - 0.9 * hasty),
            )
            for agent in range(6)
            for week in range(WEEKS)
            for issue in ("billing", "login")
            for number in range(30)
            for hasty in [agent == 0 and issue == "login" and number % 2 == 0]
        ]
    )


def test_rushing_cites_contacts_that_were_both_quick_and_poor():
    found = rushed()
    statement = told(found, "rushing")
    cited = np.isin(found.id, statement.contacts)
    assert not found.resolved[cited].any()
    assert (found.handle_seconds[cited] < 300).all()
    assert statement.issue_type == "login"
    assert found.resolved[found.id == statement.contrast].all()


def test_a_level_stands_out_against_others_and_a_change_against_oneself():
    _, analysis = analysed(
        team(lapses=[("billing", "chat"), ("billing", "phone"), ("login", "chat")])
    )
    # Always below, everywhere: the others would do better, but nothing has changed.
    level, change = (claim(analysis, "fcr", why=why) for why in ("level", "changed"))
    assert where(analysis, level, DEFAULT) is not None
    assert where(analysis, change, DEFAULT) is None


def test_a_claim_of_rushing_is_over_the_window_that_showed_it():
    _, analysis = analysed(rushed())
    number = analysis.strata.agents.tolist().index(100)
    found = focus_claim(analysis, number, Choice("rushing", "rushing"))
    window = analysis.changes.trade.rush_window[number]
    assert found.weeks.tolist() == analysis.windows.recent[window, number].tolist()
