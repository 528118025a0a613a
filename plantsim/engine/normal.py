"""The normal distribution over arrays: what lies below a value, and the value below which a share lies.

The inverse is Wichura's AS 241 (PPND16), Applied Statistics 37 (1988) 477, doi 10.2307/2347330, good to about 1e-16.
scipy's is the oracle of its test: importing it takes longer than all draws of a plant.
"""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

# Coefficients of the three ranges, highest power first, numerator and denominator
CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080),
    (5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
     5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0),
)  # fmt: skip
MIDDLE = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
     3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0),
)  # fmt: skip
FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip
CENTRE_HALF, CENTRE_SQUARE = 0.425, 0.180625  # half width of the centre's range around 1/2, and its square
MIDDLE_START, FAR_START = 1.6, 5.0  # of sqrt(-ln p), where the two outer ranges begin


def share_below(value: np.ndarray | float) -> np.ndarray:
    """Return the share of the standard normal distribution below each value."""
    values = np.asarray(value, dtype=np.float64)
    return np.array([0.5 * erfc(-v / sqrt(2.0)) for v in values.ravel().tolist()]).reshape(values.shape)


def quantile(share: np.ndarray | float) -> np.ndarray:
    """Return the values below which the shares of the standard normal distribution lie; 0 < share < 1."""
    p = np.asarray(share, dtype=np.float64)
    q = p - 0.5
    r = CENTRE_SQUARE - q * q
    near = np.abs(q) <= CENTRE_HALF
    found = _ratio(CENTRE, np.where(near, r, 0.0)) * q
    if np.all(near):
        return found
    tail = np.sqrt(-np.log(np.where(near, 0.5, np.minimum(p, 1.0 - p))))
    outer = _ratio(MIDDLE, np.minimum(tail, FAR_START) - MIDDLE_START)
    if np.any(tail > FAR_START):
        outer = np.where(tail > FAR_START, _ratio(FAR, np.maximum(tail, FAR_START) - FAR_START), outer)
    return np.where(near, found, np.copysign(outer, q))


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], r: np.ndarray) -> np.ndarray:
    return np.polyval(coefficients[0], r) / np.polyval(coefficients[1], r)
