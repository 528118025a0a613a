"""Points of draws: even in every column, no two columns or streams bound to each other, and as good as Sobol points."""

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import qmc

from plantsim.engine.points import multipliers, points


def test_draws_are_the_same_for_the_same_seed_and_another_plant_does_not_change_them():
    assert np.array_equal(points(3, 64, 7, "a"), points(3, 64, 7, "a"))
    assert not np.array_equal(points(3, 64, 7, "a"), points(3, 64, 8, "a"))
    assert not np.array_equal(points(3, 64, 7, "a"), points(3, 64, 7, "b"))


@pytest.mark.parametrize(
    ("dimensions", "draws"), [(1, 1), (3, 2), (5, 7), (80, 128), (40, 256), (7, 1000), (0, 16)]
)
def test_every_column_has_one_point_in_each_cell(dimensions, draws):
    u = points(dimensions, draws, 7, "plant")
    assert u.shape == (draws, dimensions)
    assert np.all((u > 0.0) & (u < 1.0))
    assert np.array_equal(
        np.sort((u * draws).astype(int), axis=0), np.tile(np.arange(draws)[:, None], dimensions)
    )


def test_multipliers_differ_and_none_mirrors_another():
    z = multipliers(60, 256)
    assert len({min(k, 256 - k) for k in z}) == len(z) == 16
    assert multipliers(60, 8) == (1, 3)


@pytest.mark.parametrize("draws", [256, 1000])
def test_columns_and_streams_do_not_depend_on_each_other(draws):
    whole = np.hstack(
        [points(50, draws, 7, "a"), points(50, draws, 7, "b"), points(1, draws, 7, "price coal")]
    )
    seen = np.abs(np.corrcoef(whole, rowvar=False)[np.triu_indices(101, 1)])
    assert np.max(seen) < 5.0 / np.sqrt(draws)  # 5050 pairs of independent columns: 4.1 is to be expected
    assert np.sqrt(np.mean(seen**2)) < 1.1 / np.sqrt(draws)


def test_figures_scatter_as_with_sobol_points_and_far_less_than_by_chance():
    weights = 0.8 ** np.arange(30)

    def scatter(take):
        found = []
        for seed in range(120):
            z = ndtri(np.clip(take(seed), 1e-12, 1 - 1e-12))
            value = z @ weights + 0.2 * z[:, 0] * z[:, 1] + 0.1 * z[:, 2] ** 2
            found.append([value.mean(), *np.percentile(value, (10, 50, 90)), np.mean(value < 1.0)])
        return np.std(found, axis=0)

    own = scatter(lambda seed: points(30, 256, seed, "a"))
    sobol = scatter(
        lambda seed: qmc.Sobol(30, scramble=True, rng=np.random.default_rng(seed)).random_base2(8)
    )
    chance = scatter(lambda seed: np.random.default_rng(seed).random((256, 30)))
    assert np.all(own[1:] < 1.3 * sobol[1:])  # percentiles and a probability
    assert own[0] < 0.1 * chance[0]
    assert np.all(own < 0.75 * chance)
