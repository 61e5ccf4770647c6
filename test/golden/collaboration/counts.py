"""Counts per squared weak charge of a nucleus with Helm's form factor (SPEC 2): energy bins x components of the flux.

Everything is integrated by double-exponential quadrature, with the nuclei, flux and cross section of `independent.py`.
"""

import math

from independent import (
    AVOGADRO,
    HBARC,
    SIN2_THETA_W,
    Nucleus,
    neutrinos_per_area,
    spectrum_in_bins,
    weak_charge_squared,
)

SKIN = 0.9  # fm
COMPONENTS = ("prompt", "delayed_mu", "delayed_e")
FLAVOUR = {"prompt": "mu", "delayed_mu": "mu", "delayed_e": "e"}


class HelmNucleus(Nucleus):
    """Radius R_A scaled by a factor; R_0^2 = R_A^2 - 5 s^2."""

    def __init__(self, name, radius_scale=1.0):
        super().__init__(name)
        self.name = name
        self.box = math.sqrt((self.radius * radius_scale) ** 2 - 5 * SKIN**2)

    def form_factor(self, recoil):
        q = math.sqrt(2 * self.mass * recoil) / HBARC
        x = q * self.box
        if x < 1e-2:
            j = 1 - x * x / 10 + x**4 / 280 - x**6 / 15120
        else:
            j = 3 * (math.sin(x) - x * math.cos(x)) / x**3
        return j * math.exp(-((q * SKIN) ** 2) / 2)


def targets(exposure):
    """Neutrinos of one flavour through a detector times its formula units, fm^-2."""
    protons = exposure.get("protonsOnTargetTimesMass") or exposure["protonsOnTarget"] * exposure["mass"]
    area = neutrinos_per_area(protons, exposure["neutrinosPerProton"], exposure["distance"])
    return area * 1e3 * AVOGADRO / exposure["molarMass"]


def counts_per_charge(nucleus, response, exposure):
    """Events per component and bin for Q^2 = 1, where `response` is the chance of a recoil to fall into each bin."""
    spectra = spectrum_in_bins(nucleus, response, 2.0)
    scale = targets(exposure)
    return {c: [scale * v for v in spectra[c]] for c in COMPONENTS}


def squared_charges(nucleus, point):
    """Q^2 of both flavours at a point: couplings, sin2_theta_w and the scales of the cross section, by name."""
    sin2 = point.get("sin2_theta_w", SIN2_THETA_W)
    scale = point.get("sigma_scale", 1.0)
    return {
        f: scale * point.get(f"sigma_scale_{f}", 1.0) * weak_charge_squared(nucleus, f, point, sin2)
        for f in ("e", "mu")
    }
