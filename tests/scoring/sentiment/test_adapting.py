import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.sentiment.adapting import LABELS, fit_biases, label_of_answer, whole

RARELY = 0.15


def simulated(n, seed, shift=(0.0, 0.0)):
    """Answers, and evidence that is right but for a shift of negative and of positive."""
    rng = np.random.default_rng(seed)
    truths = rng.integers(0, 3, n)
    means = np.array([[1.5, 0.0, -0.8], [0.0, 0.8, 0.0], [-0.8, 0.0, 1.5]])
    evidence = means[truths] + rng.normal(0, 1.2, (n, 3))
    evidence[:, 0] += shift[0]
    evidence[:, 2] += shift[1]
    return evidence.tolist(), [LABELS[truth] for truth in truths]


def agreement(evidence, answers, biases=(0.0, 0.0)):
    """Macro-F1 by its definition."""
    found = [LABELS[int(np.argmax([a + biases[0], b, c + biases[1]]))] for a, b, c in evidence]
    scores = []
    for label in LABELS:
        both = sum(one == other == label for one, other in zip(found, answers, strict=True))
        scores.append(2 * both / (found.count(label) + answers.count(label)))
    return sum(scores) / 3


@pytest.mark.parametrize("shift", [(1.2, -1.0), (-1.0, 0.5), (0.0, 1.5)])
@pytest.mark.parametrize("n", [300, 1000])
def test_biases_that_help_are_kept_and_help_on_answers_nobody_has_seen(n, shift):
    adapted = fit_biases(*simulated(n, 1, shift))
    unseen = simulated(5000, 2, shift)
    assert adapted.after > adapted.before
    assert agreement(*unseen, adapted.biases) > agreement(*unseen) + 0.03


def test_biases_undo_the_shift_that_made_them_needed():
    negative, positive = fit_biases(*simulated(5000, 3, (1.0, -0.7))).biases
    assert negative == pytest.approx(-1.0, abs=0.25)
    assert positive == pytest.approx(0.7, abs=0.25)


@pytest.mark.parametrize("n", [100, 300])
def test_biases_where_there_is_nothing_to_put_right_are_seldom_kept(n):
    adapted = [fit_biases(*simulated(n, seed)) for seed in range(40)]
    assert sum(each.biases is not None for each in adapted) <= RARELY * len(adapted)


def test_evidence_that_has_nothing_to_do_with_answers_is_seldom_adapted_to():
    evidence, _answers = simulated(300, 5)
    kept = [fit_biases(evidence, simulated(300, seed)[1]).biases for seed in range(6, 36)]
    assert sum(map(bool, kept)) <= RARELY * len(kept)


def test_what_does_not_help_leaves_the_figures_and_the_reason():
    adapted = fit_biases(*simulated(300, 0))
    assert adapted.biases is None
    assert "do not help" in adapted.reason
    assert adapted.before == pytest.approx(agreement(*simulated(300, 0)))


def test_fewer_than_a_hundred_answers_are_too_few():
    adapted = fit_biases(*simulated(99, 1, (2.0, 0.0)))
    assert adapted.biases is None
    assert adapted.reason == "only 99 answers, and it takes 100"
    assert (adapted.n, adapted.before, adapted.after) == (99, None, None)


def test_no_answers_are_too_few():
    assert fit_biases([], []).n == 0


def test_answers_of_one_kind_tell_nothing():
    evidence, _answers = simulated(200, 1)
    adapted = fit_biases(evidence, ["positive"] * 191 + ["negative"] * 9)
    assert adapted.biases is None
    assert "fewer than two kinds" in adapted.reason


def test_answers_of_yes_and_no_are_enough():
    evidence, answers = simulated(900, 4, (1.5, 0.0))
    sided = [
        (row, answer) for row, answer in zip(evidence, answers, strict=True) if answer != "neutral"
    ]
    adapted = fit_biases(*map(list, zip(*sided, strict=True)))
    assert adapted.biases[0] < adapted.biases[1]


def test_the_same_answers_give_the_same_biases():
    sample = simulated(200, 8, (1.0, 0.0))
    assert fit_biases(*sample) == fit_biases(*sample)


@settings(max_examples=20, deadline=None)
@given(st.floats(-50, 50))
def test_evidence_counts_only_against_other_evidence(height):
    evidence, answers = simulated(120, 9, (1.5, 0.0))
    raised = [[each + height for each in row] for row in evidence]
    one, other = fit_biases(evidence, answers), fit_biases(raised, answers)
    assert one.biases == pytest.approx(other.biases, abs=0.11)


@pytest.mark.parametrize(
    ("score", "highest", "label"),
    [
        (5, 5, "positive"), (4, 5, "positive"), (3, 5, "neutral"), (2, 5, "negative"),
        (8, 10, "positive"), (7, 10, "neutral"), (5, 10, "negative"), (2, 2, "positive"),
        (1, 2, "negative"), (3, 3, "positive"), (2, 3, "neutral"), (1, 3, "negative"),
    ],
)  # fmt: skip
def test_answers_are_labelled_on_their_scale(score, highest, label):
    assert label_of_answer(score, highest) == label


def test_the_evidence_of_a_conversation_leans_to_its_late_turns():
    assert whole([[3, 0, 0], [0, 3, 0], [0, 0, 3]]) == pytest.approx((0.5, 1.0, 1.5))
