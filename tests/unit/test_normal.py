"""Normal distribution of draws against scipy's, from the middle to the far tails."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from plantsim.engine.normal import quantile, share_below

SHARES = np.concatenate(
    [
        np.linspace(1e-6, 1 - 1e-6, 20001),
        10.0 ** -np.arange(1.0, 300.0),
        1 - 10.0 ** -np.arange(1.0, 16.0),
        [0.075, 0.925],
    ]
)


def test_the_inverse_is_that_of_scipy():
    assert np.max(np.abs(quantile(SHARES) - ndtri(SHARES)) / np.maximum(1.0, np.abs(ndtri(SHARES)))) < 2e-15
    assert quantile(0.5) == 0.0
    assert float(quantile(0.975)) == pytest.approx(1.959963984540054, rel=1e-15)


def test_what_lies_below_is_that_of_scipy():
    values = np.linspace(-37.0, 37.0, 4001).reshape(-1, 1)
    assert share_below(values).shape == values.shape
    assert np.allclose(
        share_below(values), ndtr(values), rtol=1e-12, atol=0.0
    )  # squares of 37 amplify rounding
    assert list(share_below(np.array([-np.inf, 0.0, np.inf]))) == [0.0, 0.5, 1.0]


def test_the_inverse_leads_back():
    assert np.allclose(share_below(quantile(SHARES)), SHARES, rtol=1e-12, atol=1e-16)
