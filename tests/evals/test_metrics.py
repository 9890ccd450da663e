"""Figures against values worked out by hand."""

import math

import pytest

from evals import metrics


def test_recall_counts_the_share_of_the_evidence_in_the_first_k():
    ranking = ["a", "b", "c", "d"]
    assert metrics.recall_at(ranking, {"b", "d"}, 1) == 0.0
    assert metrics.recall_at(ranking, {"b", "d"}, 2) == 0.5
    assert metrics.recall_at(ranking, {"b", "d"}, 4) == 1.0
    assert metrics.recall_at([], {"b"}, 10) == 0.0


def test_ndcg_of_one_document_falls_with_the_logarithm_of_its_rank():
    assert metrics.ndcg_at(["x", "a"], {"x"}, 10) == 1.0
    assert metrics.ndcg_at(["a", "x"], {"x"}, 10) == pytest.approx(1 / math.log2(3))
    assert metrics.ndcg_at(["a"] * 10 + ["x"], {"x"}, 10) == 0.0


def test_ndcg_of_two_documents_is_measured_against_the_best_order():
    best = 1 + 1 / math.log2(3)
    assert metrics.ndcg_at(["x", "a", "y"], {"x", "y"}, 10) == pytest.approx(1.5 / best)


def test_auroc_counts_pairs_and_halves_ties():
    # pairs: (3>1) (3>2) (2>1) (2=2) -> 3.5 of 4
    assert metrics.auroc([3, 2], [1, 2]) == pytest.approx(3.5 / 4)
    assert metrics.auroc([1, 1], [1, 1, 1]) == 0.5
    assert metrics.auroc([0], [1]) == 0.0


def test_balanced_accuracy_is_the_mean_of_both_shares():
    assert metrics.balanced_accuracy([True, True, False, False], [True]) == 0.75


def test_f1_of_each_label_and_their_mean():
    gold = ["s", "s", "c", "n"]
    predicted = ["s", "c", "c", "c"]
    # s: precision 1, recall 1/2 -> 2/3; c: precision 1/3, recall 1 -> 1/2; n: 0
    assert metrics.f1(gold, predicted, "s") == pytest.approx(2 / 3)
    assert metrics.f1(gold, predicted, "c") == pytest.approx(1 / 2)
    assert metrics.f1(gold, predicted, "n") == 0.0
    assert metrics.f1(gold, predicted, "absent") == 0.0
    assert metrics.macro_f1(gold, predicted, ["s", "c", "n"]) == pytest.approx(7 / 18)


def test_wilson_bounds_of_known_proportions():
    half = metrics.share([True] * 5 + [False] * 5)
    assert (half.value, half.n) == (0.5, 10)
    assert half.low == pytest.approx(0.2366, abs=1e-4)
    assert half.high == pytest.approx(0.7634, abs=1e-4)


def test_no_failure_in_ten_leaves_room_for_failures():
    none = metrics.share([False] * 10)
    assert none.low == 0.0
    assert none.high == pytest.approx(0.2775, abs=1e-4)


def test_bootstrap_bounds_hold_the_value_and_repeat():
    values = [0.0, 1.0] * 100
    figure = metrics.mean(values)
    assert figure == metrics.mean(values)
    assert figure.value == 0.5
    # standard error .0354: 95% bounds about .43 to .57
    assert figure.low == pytest.approx(0.43, abs=0.02)
    assert figure.high == pytest.approx(0.57, abs=0.02)


def test_two_samples_are_drawn_apart():
    figure = metrics.resampled_pair([1.0] * 3, [0.0] * 7, metrics.auroc)
    assert (figure.value, figure.low, figure.high, figure.n) == (1.0, 1.0, 1.0, 10)


def test_labels_are_drawn_in_pairs():
    gold = ["a"] * 50 + ["b"] * 50
    figure = metrics.resampled_labels(gold, gold, lambda g, p: metrics.macro_f1(g, p, ["a", "b"]))
    assert (figure.value, figure.low, figure.high) == (1.0, 1.0, 1.0)


def test_percentiles_fall_between_neighbours():
    assert metrics.percentile([1, 2, 3, 4], 50) == 2.5
    assert metrics.percentile([7], 95) == 7.0


def test_the_mean_of_groups_sums_rows_within_and_averages_between():
    groups = [[(1, 2), (2, 2)], [(0, 4)]]
    found = metrics.mean_of_groups(groups, lambda sums: float(sums[0] / sums[1]), n=8)
    assert found.value == pytest.approx((3 / 4 + 0) / 2)
    assert (found.low, found.high, found.n) == (0.25, 0.5, 8)
