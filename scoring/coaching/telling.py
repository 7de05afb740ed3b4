"""The contacts that tell a statement best.

A contact tells something by its surprise: how far its outcome is, in the direction of the
statement, from what an average agent gets on that kind of contact in that week.
"""

from dataclasses import dataclass, replace

import numpy as np

from scoring.coaching.analysis import Analysis
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Contacts, Floats, Mask, Whole
from scoring.coaching.findings import Statement
from scoring.coaching.focus import RUSHING
from scoring.coaching.outcomes import expit, values_of
from scoring.coaching.where import Claim, where

ORDINARY = 1.0  # deviations of handle time within which a contact tells nothing


@dataclass(frozen=True)
class Shelf:
    """The contacts agent by agent.

    ``order`` are places in ``Strata.rows``; ``starts`` ``(agents + 1,)`` is where each agent's
    begin.
    """

    contacts: Contacts
    order: Whole
    starts: Whole


@dataclass(frozen=True)
class Behind:
    """The contacts behind a statement: rows of ``Contacts`` and their strata, ``(contacts,)``."""

    rows: Whole
    strata: Whole


def shelve(contacts: Contacts, found: Analysis) -> Shelf:
    """The contacts, put in order of agent once."""
    strata = found.strata
    order = np.argsort(strata.of_row, kind="stable")
    ends = np.searchsorted(strata.agent, np.arange(strata.agents.size + 1))
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(strata.n)])
    return Shelf(contacts, order, before[ends])


def behind(shelf: Shelf, found: Analysis, agent: int, weeks: Mask) -> Behind:
    """An agent's contacts of some weeks ``(weeks,)``."""
    places = shelf.order[shelf.starts[agent] : shelf.starts[agent + 1]]
    strata = found.strata.of_row[places]
    kept = weeks[found.strata.week[strata]]
    return Behind(found.strata.rows[places[kept]], strata[kept])


def tell(shelf: Shelf, found: Analysis, claim: Claim, constants: Constants) -> Statement:
    """A statement with the contacts that tell it best and, of a focus, one that went well."""
    these = behind(shelf, found, claim.agent, claim.weeks)
    surprise = _surprises(shelf, found, claim, these, constants)
    chosen = _unlike(found, these, _ranked(shelf.contacts, these, surprise), constants)
    contrast = _contrast(shelf, found, claim, (these, chosen), constants)
    issue_type, channel = _named(shelf.contacts, found, where(found, claim, constants))
    ids = shelf.contacts.id[these.rows]
    return Statement(
        about=claim.choice.about,
        why=claim.choice.why,
        issue_type=issue_type,
        channel=channel,
        contacts=tuple(ids[chosen].tolist()),
        contrast=None if contrast is None else int(ids[contrast]),
        behind=int(np.isfinite(surprise).sum()),
    )


def to_check(shelf: Shelf, found: Analysis, agent: int, constants: Constants) -> tuple[int, ...]:
    """Ids of last week's contacts whose handle time is too odd to be true, the oddest first.

    These are the clipped ones: odd for this agent, whose contacts may all take long.
    """
    weeks = found.strata.weeks == found.strata.weeks[-1]
    these = behind(shelf, found, agent, weeks)
    expected = found.fits["aht"].expected
    own = expected.agent[agent] / expected.outcomes.deviation
    far = np.abs(residuals(shelf, found, "aht", these) - own)
    odd = np.flatnonzero(far > constants.clip)
    odd = odd[np.argsort(-far[odd], kind="stable")]
    return tuple(shelf.contacts.id[these.rows[odd]].tolist())


def residuals(shelf: Shelf, found: Analysis, metric: str, these: Behind) -> Floats:
    """Outcomes less what an average agent gets, in deviations of one; NaN where not known."""
    fit = found.fits[metric]
    eta = fit.expected.average(found.strata, these.strata)
    expected = expit(eta) if fit.own.kind == "share" else eta
    values = values_of(shelf.contacts, metric, these.rows)
    return (values - expected) / fit.expected.outcomes.deviation


def _surprises(
    shelf: Shelf, found: Analysis, claim: Claim, these: Behind, constants: Constants
) -> Floats:
    """How much each contact tells; nothing at 0 or below, NaN where its outcome is not known."""
    about = claim.choice.about
    if about == RUSHING and claim.side < 0:
        quick = _plausible(-residuals(shelf, found, "aht", these), 0.0, constants)
        return quick * np.maximum(_quality(shelf, found, these, claim.side, constants), 0.0)
    if about == RUSHING:
        return _quality(shelf, found, these, claim.side, constants)
    surprise = claim.side * constants.metrics[about].sign * residuals(shelf, found, about, these)
    return _plausible(surprise, ORDINARY, constants) if about == "aht" else surprise


def _quality(
    shelf: Shelf, found: Analysis, these: Behind, side: int, constants: Constants
) -> Floats:
    """The most telling of each contact's quality outcomes."""
    signs = {metric: constants.metrics[metric].sign for metric in found.weights}
    parts = [
        side * sign * residuals(shelf, found, metric, these) for metric, sign in signs.items()
    ]
    unknown = np.full(these.rows.size, np.nan)
    return np.asarray(np.fmax.reduce([unknown, *parts]), dtype=np.float64)


def _plausible(surprise: Floats, least: float, constants: Constants) -> Floats:
    """Surprises of handle time, 0 where ordinary, or too far out to be believed."""
    telling = (surprise >= least) & (surprise <= constants.clip)
    return np.where(np.isnan(surprise) | telling, surprise, 0.0)


def _ranked(contacts: Contacts, these: Behind, surprise: Floats) -> Whole:
    """Places of the telling contacts, the most telling first.

    Of those alike to a tenth, the ones with a transcript go first, then the most recent.
    """
    telling = np.flatnonzero(surprise > 0)
    rows = these.rows[telling]
    tenths = np.round(surprise[telling], 1)
    order = (contacts.id[rows], -contacts.at[rows], ~contacts.has_transcript[rows], -tenths)
    return telling[np.lexsort(order)]


def _unlike(found: Analysis, these: Behind, ranked: Whole, constants: Constants) -> list[int]:
    """The first few of the ranked places, not too many of one issue type and channel."""
    pairs = found.strata.cells.pair[found.strata.cell[these.strata]]
    chosen: list[int] = []
    for place in ranked.tolist():
        alike = sum(pairs[other] == pairs[place] for other in chosen)
        if alike < constants.evidence_alike:
            chosen.append(place)
        if len(chosen) == constants.evidence:
            break
    return chosen


def _contrast(
    shelf: Shelf,
    found: Analysis,
    claim: Claim,
    cited: tuple[Behind, list[int]],
    constants: Constants,
) -> int | None:
    """The place of the best contact of the issue type first cited, for what does not go well."""
    these, chosen = cited
    if claim.side > 0 or not chosen:
        return None
    issues = found.strata.cells.issue[found.strata.cell[these.strata]]
    good = _surprises(shelf, found, replace(claim, side=1), these, constants)
    same = np.where(issues == issues[chosen[0]], good, 0.0)
    ranked = _ranked(shelf.contacts, these, same)
    return int(ranked[0]) if ranked.size else None


def _named(contacts: Contacts, found: Analysis, pair: int | None) -> tuple[str | None, str | None]:
    """The issue type and the channel of a pair."""
    if pair is None:
        return None, None
    cells = found.strata.cells
    issue = cells.labels[cells.pair_issue[pair]]
    return contacts.issues[issue], contacts.channels[cells.pair_channel[pair]]
