"""Radiation inside a rotary kiln: emissivity of gas, dust and flame; exchange of gas, bed and wall. SI units."""

from __future__ import annotations

from math import exp, sqrt

from plantsim._jit import kernel

SIGMA = 5.670374419e-8  # W/(m2 K4), CODATA 2018, exact
ATMOSPHERE = 101325.0  # Pa

# Weighted sum of three grey gases, Smith, Shen and Friedman 1982 (J. Heat Transfer 104:602), 600 to 2400 K, 0.001 to
# 10 atm m: absorption [1/(atm m)] and weights b0 + b1 T + b2 T2 + b3 T3; for H2O : CO2 of 1 and of 2
K_1 = (0.4303, 7.055, 178.1)
B_1 = (
    (5.150e-1, -2.303e-4, 0.9779e-7, -1.494e-11),
    (0.7749e-1, 3.399e-4, -2.297e-7, 3.770e-11),
    (1.907e-1, -1.824e-4, 0.5608e-7, -0.5122e-11),
)
K_2 = (0.4201, 6.516, 131.9)
B_2 = (
    (6.508e-1, -5.551e-4, 3.029e-7, -5.353e-11),
    (-0.2504e-1, 6.112e-4, -3.882e-7, 6.528e-11),
    (2.718e-1, -3.118e-4, 1.221e-7, -1.612e-11),
)
MIDDLE = 1.5  # H2O : CO2 between the two sets
T_LOW, T_HIGH = 600.0, 2400.0  # K, range of the weights: held outside


@kernel
def _grey_gas(T, path, k, b):
    """Return one grey gas's share of the emissivity [-]; path: pressure times length [atm m]."""
    weight = b[0] + T * (b[1] + T * (b[2] + T * b[3]))
    return weight * (1.0 - exp(-k * path))


@kernel
def gas_emissivity(T, co2, h2o, length, p, extra):
    """Return the emissivity [-] of a gas at T [K] over ``length`` [m] of mean beam.

    co2, h2o: mole fractions [-]; p [Pa]; extra: absorption of dust and flame [1/m], which adds to that of the gas.
    """
    T = min(T_HIGH, max(T_LOW, T))
    path = (co2 + h2o) * (p / ATMOSPHERE) * length
    if h2o > MIDDLE * co2:
        clear = (
            _grey_gas(T, path, K_2[0], B_2[0])
            + _grey_gas(T, path, K_2[1], B_2[1])
            + _grey_gas(T, path, K_2[2], B_2[2])
        )
    else:
        clear = (
            _grey_gas(T, path, K_1[0], B_1[0])
            + _grey_gas(T, path, K_1[1], B_1[1])
            + _grey_gas(T, path, K_1[2], B_1[2])
        )
    return 1.0 - (1.0 - clear) * exp(-extra * length)


@kernel
def gas_absorptivity(T_gas, T_surface, co2, h2o, length, p, extra):
    """Return the absorptivity [-] of the gas for radiation of a surface at T_surface [K]; arguments as above.

    Hottel's rule: the emissivity at the surface's temperature over a beam shortened by T_surface/T_gas, times
    (T_gas/T_surface)^0.5; dust and flame absorb as they emit.
    """
    ratio = T_surface / T_gas
    clear = gas_emissivity(T_surface, co2, h2o, length * ratio, p, 0.0) / sqrt(ratio)
    return 1.0 - max(0.0, 1.0 - clear) * exp(-extra * length)


@kernel
def exchange(T_gas, T_wall, T_bed, e_gas, a_wall, a_bed, e_wall, e_bed, wall, bed):
    """Return the net radiation (into the wall, into the bed) [W per m of kiln]; the gas gives their sum.

    T [K]; e: emissivities, a_wall, a_bed: of the gas for what wall and bed send [-]; wall, bed: exposed surfaces [m2
    per m]. Three nodes: the bed is flat and sees the wall alone, the wall sees the bed and itself.
    """
    through_wall, through_bed = 1.0 - a_wall, 1.0 - a_bed
    from_gas = e_gas * SIGMA * T_gas**4
    own_wall, own_bed = e_wall * SIGMA * T_wall**4, e_bed * SIGMA * T_bed**4
    to_bed = bed / wall
    # J_bed = own_bed + (1 - e_bed)(through_wall J_wall + from_gas); the wall likewise
    a = 1.0 - (1.0 - e_wall) * through_wall * (1.0 - to_bed)
    b = (1.0 - e_wall) * through_bed * to_bed
    c = (1.0 - e_bed) * through_wall
    right_wall = own_wall + (1.0 - e_wall) * from_gas
    right_bed = own_bed + (1.0 - e_bed) * from_gas
    j_wall = (right_wall + b * right_bed) / (a - b * c)
    j_bed = right_bed + c * j_wall
    on_wall = through_bed * to_bed * j_bed + through_wall * (1.0 - to_bed) * j_wall + from_gas
    on_bed = through_wall * j_wall + from_gas
    return wall * (on_wall - j_wall), bed * (on_bed - j_bed)
