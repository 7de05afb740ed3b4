"""One metric of one agent's week, as plain values: the figure, and what is news about it."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from scoring.coaching.analysis import Analysis
from scoring.coaching.change import Trial
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask
from scoring.coaching.findings import Change, MetricReview, Span, State, Weeks
from scoring.coaching.focus import RUSHING, Grounds
from scoring.coaching.natural import natural, step_of_rate
from scoring.coaching.sizes import Size


@dataclass(frozen=True)
class Sheet:
    """A metric's figures in natural units, ``(agents,)``.

    ``raw`` and ``usual`` are NaN where an agent has no outcome. ``other_side`` is the probability
    that a figure is not on that side of the expected one where it seems to be, ``surely`` whether
    that is ruled out, ``above`` whether it seems higher. ``weeks`` ``(agents, weeks)`` are those
    with an outcome behind it.
    """

    estimate: Floats
    low: Floats
    high: Floats
    raw: Floats
    usual: Floats
    n: Floats
    asked: Floats
    noticeable: Floats
    other_side: Floats
    surely: Mask
    above: Mask
    weeks: Mask


def sheet_of(found: Analysis, metric: str, grounds: Grounds, constants: Constants) -> Sheet:
    """The figures of a metric for everybody."""
    fit, levels = found.fits[metric], found.levels[metric]
    level = levels.level
    estimate, low, high = natural(
        fit.expected, fit.own, np.stack([level, levels.low, levels.high])
    )
    contacts = found.strata.by_week(found.strata.n)
    n, total, usual, asked = (
        (levels.weeks * each).sum(-1) for each in (fit.n, fit.total, fit.usual, contacts)
    )
    known = np.where(n > 0, n, np.nan)
    below = grounds.below[metric]
    other_side = np.minimum(below, 1 - below)
    return Sheet(
        *(estimate, low, high, total / known, usual / known, n, asked),
        _noticeable(found, metric, constants),
        other_side,
        (other_side < 1 - constants.expectation) & grounds.may_blame,
        level > found.tested[metric].spread.mu,
        levels.weeks & (fit.n > 0),
    )


def metric_review(
    found: Analysis, sheet: Sheet, metric: str, agent: int, before: State
) -> MetricReview:
    """One metric of one agent; no estimate where nobody has an outcome."""
    measured = bool(found.fits[metric].n.any())
    change = change_of(found, metric, agent, before)
    span = Span(*(float(each[agent]) for each in (sheet.estimate, sheet.low, sheet.high)))
    return MetricReview(
        estimate=span if measured else None,
        raw=_known(sheet.raw[agent]),
        expected=_known(sheet.usual[agent]),
        n=int(sheet.n[agent]),
        asked=int(sheet.asked[agent]),
        flag=_flag(found, metric, agent, change),
        change=change,
        why_quiet=_why_quiet(found, metric, agent, change),
        expectation=_expectation(sheet, agent),
        noticeable=_known(sheet.noticeable[agent]) if measured else None,
        reliability=float(found.levels[metric].reliability[agent]),
        weeks=_weeks(found, sheet.weeks[agent]),
        other_side=float(sheet.other_side[agent]) if sheet.weeks[agent].any() else None,
    )


def change_of(found: Analysis, key: str, agent: int, before: State) -> Change | None:
    """An agent's confirmed change of a metric or of the quality index."""
    confirmed = found.changes.confirmed[key]
    if not confirmed.holds[agent]:
        return None
    trial, better = found.changes.trials[key], bool(confirmed.better[agent])
    shown = _Shown(trial, found.changes.sizes[key], float(trial.p[agent]), confirmed.threshold)
    still = (key, better) in before.confirmed
    return _change(found, shown, agent, better=better, still=still)


def rush_of(found: Analysis, agent: int, before: State) -> Change | None:
    """The change of handle time where quality went down with it; None for who is not rushing."""
    trade = found.changes.trade
    if not trade.rushing[agent]:
        return None
    trial = replace(found.changes.trials["aht"], best=trade.rush_window)
    p = float(trade.rush_p[agent])
    shown = _Shown(trial, found.changes.rush, p, trade.rush_threshold)
    return _change(found, shown, agent, better=True, still=(RUSHING, False) in before.confirmed)


@dataclass(frozen=True)
class _Shown:
    """What shows a change: the trial at its best windows, the size there, p and its limit."""

    trial: Trial
    size: Size
    p: float
    threshold: float


def _change(found: Analysis, shown: _Shown, agent: int, *, better: bool, still: bool) -> Change:
    trial, size, window = shown.trial, shown.size, int(shown.trial.best[agent])
    recent = found.windows.recent[window, agent]
    mondays = found.strata.weeks[recent].tolist()
    start, end = float(size.before[agent]), float(size.after[agent])
    return Change(
        better=better,
        still=still,
        first=date.fromordinal(mondays[0]),
        last=date.fromordinal(mondays[-1]),
        weeks=len(mondays),
        baseline_weeks=int(found.windows.baseline[window, agent].sum()),
        contacts=int(trial.n[window, agent]),
        baseline_contacts=int(trial.baseline_n[window, agent]),
        before=start,
        after=end,
        size=Span(end - start, float(size.low[agent]), float(size.high[agent])),
        p=shown.p,
        threshold=shown.threshold,
    )


def _noticeable(found: Analysis, metric: str, constants: Constants) -> Floats:
    """The smallest change that a few weeks could show, in natural units; NaN where none could."""
    fit, levels = found.fits[metric], found.levels[metric]
    weeks = (levels.weeks & (fit.n > 0)).sum(-1)
    n = levels.n / np.maximum(weeks, 1)
    n, wobble = np.where(n > 0, n, np.nan), found.tested[metric].weekly.wobble
    spans = 1 / constants.noticeable_weeks + 1 / constants.baseline_weeks
    errors = constants.noticeable * np.sqrt(spans)
    least = errors * np.sqrt(1 / (n * fit.expected.unit) + wobble)
    if fit.own.kind == "share":
        rate = natural(fit.expected, fit.own, levels.level)
        step = step_of_rate(rate, errors * np.sqrt(1 / n + wobble * rate * (1 - rate)))
        # Where so few hits are expected, no deviation is measured that far.
        return np.where(least <= constants.largest_deviation, step, np.nan)
    ends = natural(fit.expected, fit.own, levels.level + np.stack([least, -least]))
    half: Floats = (ends[0] - ends[1]) / 2
    return half


def _flag(found: Analysis, metric: str, agent: int, change: Change | None) -> str:
    if change is None:
        return "none"
    trade = found.changes.trade
    if metric != "aht":
        return "better" if change.better else "worse"
    if change.better:
        return "better" if trade.praised[agent] else "faster"
    return "slower" if trade.slower[agent] else "worse"


def _why_quiet(found: Analysis, metric: str, agent: int, change: Change | None) -> str:
    """Why there is no claim: normal, too_few or queue_changed; confirmed where there is one."""
    if change:
        return "confirmed"
    if found.changes.trials[metric].tests[agent]:
        return "normal"
    return "queue_changed" if found.windows.restarted[agent] else "too_few"


def _expectation(sheet: Sheet, agent: int) -> str | None:
    if not sheet.surely[agent]:
        return None
    return "above" if sheet.above[agent] else "below"


def _weeks(found: Analysis, weeks: Mask) -> Weeks | None:
    mondays = found.strata.weeks[weeks].tolist()
    if not mondays:
        return None
    return Weeks(date.fromordinal(mondays[0]), date.fromordinal(mondays[-1]), len(mondays))


def _known(value: np.float64) -> float | None:
    return float(value) if np.isfinite(value) else None
