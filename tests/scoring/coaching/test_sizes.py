from dataclasses import replace

import numpy as np
import pytest

from scoring.coaching.analysis import analyse
from scoring.coaching.change import compare_quality
from scoring.coaching.constants import DEFAULT
from scoring.coaching.findings import QUALITY
from scoring.coaching.sizes import quality_size, size_of
from scoring.coaching.spread import Spread
from tests.scoring.coaching.crews import crew, monday
from tests.scoring.coaching.trials import trial


@pytest.fixture(scope="module")
def expected():
    """What is expected of two agents who are as everybody."""
    found = analyse(crew(agents=2, weeks=2, each=30), monday(1), DEFAULT)
    return {metric: replace(fit.expected, agent=np.zeros(2)) for metric, fit in found.fits.items()}


def test_a_change_of_handle_time_is_drawn_towards_nothing(expected):
    spread, own = Spread(0.0, 0.03, 0.17), DEFAULT.metrics["aht"]
    size = size_of(trial([0.4, 0.0], 0.1), expected["aht"], spread, own)
    # Belief 0.03 / (0.03 + 0.01); the interval is 1.96 * 0.1 * sqrt(0.75) to either side.
    assert size.after[0] / size.before[0] == pytest.approx(np.exp(0.3))
    half = 1.96 * 0.1 * np.sqrt(0.75)
    ends = [(each[0] + size.before[0]) / size.before[0] for each in (size.low, size.high)]
    assert ends == pytest.approx([np.exp(0.3 - half), np.exp(0.3 + half)], rel=1e-4)
    assert size.after[1] == size.before[1]


def test_a_change_starts_from_the_level_of_the_baseline(expected):
    own, spread = DEFAULT.metrics["csat"], Spread(0.0, 0.04, 0.2)
    before = replace(trial([0.3, 0.3], 0.1), before=np.array([[0.0, 0.2]]))
    size = size_of(before, expected["csat"], spread, own)
    # The variance of the baseline is half of 0.1^2: belief 0.04 / 0.045.
    assert size.before[1] - size.before[0] == pytest.approx(0.2 * 0.04 / 0.045)
    assert size.after - size.before == pytest.approx([0.3 * 0.8] * 2)


@pytest.mark.parametrize(("change", "worth"), [(0.04, False), (0.06, True), (-0.06, True)])
def test_a_change_of_handle_time_is_worth_a_sentence_from_five_percent_on(expected, change, worth):
    size = size_of(
        trial([change] * 2, 1e-6), expected["aht"], Spread(0, 0.02, 0.1), DEFAULT.metrics["aht"]
    )
    assert size.worth.tolist() == [worth] * 2


def test_what_was_not_tested_has_no_size(expected):
    size = size_of(
        trial([9.0, 9.0], np.inf, tested=False),
        expected["fcr"],
        Spread(0, 0.1, 0.3),
        DEFAULT.metrics["fcr"],
    )
    assert size.after == pytest.approx(size.before)
    assert not size.worth.any()
    assert np.isfinite([size.before, size.low, size.high]).all()


def test_a_change_of_quality_is_in_typical_spreads():
    trials = dict.fromkeys(QUALITY, trial(0.2, 0.1)) | {"escalation": trial(-0.2, 0.1)}
    spreads = dict.fromkeys(QUALITY, Spread(0.0, 0.04, 0.2))
    index = compare_quality(trials, spreads, DEFAULT)
    size = quality_size(index, trials, spreads, DEFAULT)
    # All are one spread better. Weights .40 .25 .20 .15: squares add up to 0.285.
    prior = 0.7 * 0.285 + 0.3
    error = 0.25 * prior  # each part's error is half a spread
    belief = prior / (prior + error)
    assert index.change[0, 0] == pytest.approx(1)
    assert size.after[0] - size.before[0] == pytest.approx(belief)
    assert size.high[0] - size.low[0] == pytest.approx(
        2 * 1.96 * np.sqrt(error * belief), rel=1e-4
    )
    assert size.worth.tolist() == [True]


def test_no_index_has_no_size():
    unknown = dict.fromkeys(QUALITY, trial(0.2, 0.1, tested=False))
    spreads = dict.fromkeys(QUALITY, Spread(0.0, 0.04, 0.2))
    index = compare_quality(unknown, spreads, DEFAULT)
    size = quality_size(index, unknown, spreads, DEFAULT)
    assert (size.before[0], size.after[0], size.worth[0]) == (0, 0, False)
