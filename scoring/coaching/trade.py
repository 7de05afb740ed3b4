"""Step 4: speed against quality: rushing, over-servicing, and praise for speed that held.

Source: Piaggio et al. 2012, JAMA 308:2594, for showing that something held; Berger 1982,
Technometrics 24:295, for asking both halves of a claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.coaching.change import Confirmed, Trial, at_window
from scoring.coaching.constants import Constants
from scoring.coaching.contacts import Floats, Mask, Whole
from scoring.coaching.findings import QUALITY
from scoring.coaching.multiple import Verdict, discoveries
from scoring.coaching.normal import cdf, upper_tail

INDEX = "quality"


@dataclass(frozen=True)
class Trade:
    """How speed and quality went together ``(agents,)``.

    ``slipped`` is a quality metric confirmed down, ``bad`` that or the index; ``held`` is quality
    shown to have held at the window kept for handle time. ``rush_window`` is the one in which
    rushing shows most, ``rush_p`` its p-value (NaN where it was not tested) and ``rush_threshold``
    the largest that may be.
    """

    rushing: Mask
    rush_window: Whole
    rush_p: Floats
    rush_threshold: float
    overservicing: Mask
    praised: Mask
    faster: Mask
    slower: Mask
    worse: Mask
    slipped: Mask
    bad: Mask
    risen: Mask
    held: Mask


def weigh_trade(
    trials: Mapping[str, Trial], confirmed: Mapping[str, Confirmed], constants: Constants
) -> Trade:
    """What speed and quality did together, from their trials and confirmed changes."""
    handle, index = trials["aht"], trials[INDEX]
    slipped = np.any([confirmed[metric].down for metric in QUALITY], axis=0)
    bad = slipped | confirmed[INDEX].down
    risen = np.any([confirmed[metric].up for metric in (*QUALITY, INDEX)], axis=0)
    rush, window, p = _rushing(handle, index, constants)
    known = at_window(handle.tested & index.tested, handle.best)
    change = at_window(index.change, handle.best)
    error = np.where(known, at_window(index.error, handle.best), 1.0)
    sure = upper_tail((change + constants.loss_margin) / error) < constants.praise_alpha
    held = known & ~bad & (change >= 0) & sure
    quick, slow = confirmed["aht"].up, confirmed["aht"].down
    rose = known & (upper_tail(change / error) < constants.fair_trade_alpha)
    praised = quick & ~rush.holds & held
    # Quality that is shown to have risen is a gain, however small.
    asked = slow & ~slipped & known & ~rose
    no_gain = np.where(asked, cdf((change - constants.gain_margin) / error), np.nan)
    return Trade(
        rushing=rush.holds,
        rush_window=window,
        rush_p=p,
        rush_threshold=rush.threshold,
        overservicing=discoveries(no_gain, constants.false_discoveries).holds,
        praised=praised,
        faster=quick & ~praised,
        slower=slow & rose,
        worse=slow & ~rose,
        slipped=slipped,
        bad=bad,
        risen=risen,
        held=held,
    )


def _rushing(handle: Trial, index: Trial, constants: Constants) -> tuple[Verdict, Whole, Floats]:
    """Who got faster while quality went down, each half shown on its own; window, and p.

    Who is surely faster, or surely worse, passes the joint test with half of it: what keeps their
    luck in the other half from being taken for rushing are the levels of the halves alone.
    """
    tested = handle.tested & index.tested
    quick, lost = -handle.z, -index.z
    both = np.where(tested, (quick + lost) / np.sqrt(2), -np.inf)
    window = both.argmax(0)
    tests = tested.sum(0)
    p = np.where(tests > 0, np.minimum(tests * upper_tail(both.max(0)), 1.0), np.nan)
    shown = (upper_tail(at_window(quick, window)) < constants.fast_half) & (
        upper_tail(at_window(lost, window)) < constants.lost_half
    )
    found = discoveries(p, constants.false_discoveries)
    return Verdict(found.holds & shown, found.threshold), window, p
