"""A week's review of everybody in one run: what the analysis found, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scoring.coaching.analysis import Analysis, analyse
from scoring.coaching.balance import good_news, published
from scoring.coaching.constants import DEFAULT, VERSION, Constants
from scoring.coaching.contacts import Contacts, Floats, Mask
from scoring.coaching.findings import METRICS, AgentReview, Review, State, Statement
from scoring.coaching.focus import RUSHING, Grounds, focus_of, grounds_of, strength_of
from scoring.coaching.levels import newcomers
from scoring.coaching.news import Sheet, change_of, metric_review, rush_of, sheet_of
from scoring.coaching.shared import shared_effects
from scoring.coaching.telling import Shelf, shelve, tell, to_check
from scoring.coaching.trade import INDEX
from scoring.coaching.where import focus_claim, strength_claim
from scoring.coaching.windows import last_weeks

NO_STATE = State()


@dataclass(frozen=True)
class _Desk:
    """What every agent's review is written from."""

    found: Analysis
    grounds: Grounds
    sheets: Mapping[str, Sheet]
    shelf: Shelf
    new: Mask
    contacts: Floats
    recent: Floats
    good: Mask
    constants: Constants


def review(
    contacts: Contacts, week: date, before: Mapping[int, State], constants: Constants = DEFAULT
) -> Review:
    """What the contacts up to a week say of every agent who had any in it.

    ``week`` is its Monday; rows of later weeks, or of more than 26 weeks back, take no part.
    ``before`` is each agent's state as the last review left it; who is not in it has none yet.
    """
    found = analyse(contacts, week, constants)
    desk = _desk(contacts, found, constants)
    agents = {
        ident: _agent(desk, number, week, before.get(ident, NO_STATE))
        for number, ident in enumerate(found.strata.agents.tolist())
        if found.windows.active[number, -1]
    }
    shared = shared_effects(found, contacts.issues, constants)
    return Review(week, dict(sorted(agents.items())), shared, VERSION, constants.fingerprint)


def _desk(contacts: Contacts, found: Analysis, constants: Constants) -> _Desk:
    grounds = grounds_of(found, constants)
    by_week = found.strata.by_week(found.strata.n)
    last = last_weeks(found.windows.active, constants.baseline_weeks)
    return _Desk(
        found,
        grounds,
        {metric: sheet_of(found, metric, grounds, constants) for metric in METRICS},
        shelve(contacts, found),
        newcomers(found.strata, found.windows.active, constants.new_weeks),
        by_week[:, -1],
        (by_week * last).sum(-1),
        good_news(found.changes.trade),
        constants,
    )


def _agent(desk: _Desk, agent: int, week: date, before: State) -> AgentReview:
    found, trade = desk.found, desk.found.changes.trade
    withheld = _withheld(desk, agent)
    score = None if withheld else published(found.score, agent, before, trade, desk.constants)
    focus, strength = _statements(desk, agent)
    quality = change_of(found, INDEX, agent, before)
    state = State(
        before.score if score is None else score, bool(desk.good[agent]), _confirmed(desk, agent)
    )
    return AgentReview(
        agent=int(found.strata.agents[agent]),
        week=week,
        contacts=int(desk.contacts[agent]),
        metrics={
            metric: metric_review(found, sheet, metric, agent, before)
            for metric, sheet in desk.sheets.items()
        },
        quality=quality,
        quality_flag="none" if quality is None else "better" if quality.better else "worse",
        rushing=bool(trade.rushing[agent]),
        overservicing=bool(trade.overservicing[agent]),
        score=score,
        score_withheld=withheld,
        score_moved=None not in {score, before.score} and score != before.score,
        focus=focus,
        strength=strength,
        check=to_check(desk.shelf, found, agent, desk.constants),
        new=bool(desk.new[agent]),
        state=state,
        rush=rush_of(found, agent, before),
    )


def _withheld(desk: _Desk, agent: int) -> str | None:
    """Why an agent has no score: small_team, too_few or unreliable; None where there is one."""
    found, constants = desk.found, desk.constants
    if found.strata.agents.size < constants.fewest_agents:
        return "small_team"
    if desk.recent[agent] < constants.score_contacts:
        return "too_few"
    return "unreliable" if found.reliability[agent] < constants.score_reliability else None


def _statements(desk: _Desk, agent: int) -> tuple[Statement | None, Statement | None]:
    """Focus and strength, with their evidence."""
    found, grounds, constants = desk.found, desk.grounds, desk.constants
    focus = focus_of(found, grounds, agent, constants)
    strength = strength_of(found, grounds, agent, focus, constants)
    bad = focus_claim(found, agent, focus) if focus else None
    good = strength_claim(found, agent, strength) if strength else None
    told = [tell(desk.shelf, found, claim, constants) if claim else None for claim in (bad, good)]
    return told[0], told[1]


def _confirmed(desk: _Desk, agent: int) -> frozenset[tuple[str, bool]]:
    """What is news this week, and will be old news in the next review; rushing counts as bad."""
    changes = desk.found.changes
    news = {
        (key, bool(each.better[agent]))
        for key, each in changes.confirmed.items()
        if each.holds[agent]
    }
    return frozenset(news | ({(RUSHING, False)} if changes.trade.rushing[agent] else set()))
