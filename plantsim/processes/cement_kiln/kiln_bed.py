"""Depth of a rotary kiln's bed along its axis, and what follows from it. SI units."""

from __future__ import annotations

from math import acos, cos, pi, sin, tan

from plantsim._jit import kernel

SHALLOW, DEEP = 1e-4, 1.9  # of the radius: what a bed's depth is kept between
PARTS = 3  # steps of the depth within each step along the axis
HALVINGS = 40


@kernel
def bed_depth(volume, turns, radius, slope, repose, dam, length, depth):
    """Fill ``depth`` [m] in equal steps from the feed end to the discharge; return the mean fill [-].

    volume: of the bed [m3/s]; turns [1/s]; radius [m]; slope: of the kiln, repose: of the bed [rad]; dam: depth at the
    discharge [m]; length [m]. Kramers and Croockewit 1952 (Chem. Eng. Sci. 1:259), from the discharge upwards:
    dh/dz = 3/4 tan(repose) volume/(pi turns radius^3) [(2 - h/R) h/R]^-1.5 - tan(slope)/cos(repose).
    """
    last = depth.shape[0] - 1
    dz = length / last
    supply = 0.75 * tan(repose) * volume / (pi * turns * radius**3)
    fall = tan(slope) / cos(repose)
    h = max(dam, SHALLOW * radius)
    depth[last] = h
    whole = 0.0
    for i in range(last - 1, -1, -1):
        for _ in range(
            PARTS
        ):  # implicit steps: a shallow bed deepens within a few diameters of the discharge
            low, high = SHALLOW * radius, DEEP * radius
            for _ in range(HALVINGS):
                new = 0.5 * (low + high)
                y = new / radius
                if new - h < dz / PARTS * (supply * ((2.0 - y) * y) ** (-1.5) - fall):
                    low = new
                else:
                    high = new
            h = 0.5 * (low + high)
        depth[i] = h
        whole += fill_of(h, radius)
    return whole / last


@kernel
def angle_of(depth, radius):
    """Return the central angle [rad] of a bed of this depth [m]."""
    return 2.0 * acos(max(-1.0, min(1.0, 1.0 - depth / radius)))


@kernel
def fill_of(depth, radius):
    """Return the share of the cross-section [-] that a bed of this depth [m] fills."""
    angle = angle_of(depth, radius)
    return (angle - sin(angle)) / (2.0 * pi)
