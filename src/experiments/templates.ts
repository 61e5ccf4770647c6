import type { Charge } from "../likelihood/description.js";
import { FLUX, type FluxComponent } from "../physics/flux.js";
import { type Nucleus, nucleus } from "../physics/nuclei.js";
import { foldRecoils, type RecoilResponse, type SignalOptions } from "./recoils.js";

/** Signal counts per unit of (squared charge)^{x/2}: T_{n,ℓ,b}. */
export interface SignalTemplates {
  readonly charges: readonly Charge[];
  readonly bins: number;
  /** [exponents × positions × charges × bins], row-major; bins are energy × time, time fastest. */
  readonly values: Float64Array;
}

/** A detector as seen by the signal. */
export interface Target {
  /** Its nuclei, with the number of each times the fluence (L24 eq. 3), cm⁻². */
  readonly nuclei: readonly { readonly name: string; readonly exposure: number }[];
  readonly response: RecoilResponse;
  /** Fraction of a component's events in each time bin. */
  readonly times: (timing: FluxComponent["timing"]) => Float64Array;
}

/** The charges of a detector: its nuclei, each seen by ν_e and by ν_μ (with ν̄_μ). */
export function chargesOf(nuclei: readonly string[]): Charge[] {
  return nuclei.flatMap((name) => [
    { nucleus: name, flavour: "e" as const },
    { nucleus: name, flavour: "mu" as const },
  ]);
}

/**
 * Templates of a detector: each flux component's energy spectrum times its time distribution.
 * @param positions time distributions to tabulate beside each other, for a pulse that may move
 */
export function signalTemplates(
  target: Target,
  options: SignalOptions,
  positions: readonly Target["times"][] = [target.times],
): SignalTemplates {
  const charges = chargesOf(target.nuclei.map(({ name }) => name));
  const fractions = positions.map((times) => ({
    prompt: times("prompt"),
    delayed: times("delayed"),
  }));
  const timeBins = fractions[0].prompt.length;
  const energyBins = target.response.bins;
  const bins = energyBins * timeBins;
  const values = new Float64Array(
    options.exponents.length * positions.length * charges.length * bins,
  );
  charges.forEach((charge, row) => {
    const exposure = target.nuclei.find(({ name }) => name === charge.nucleus)?.exposure ?? 0;
    const on: Nucleus = nucleus(charge.nucleus);
    for (const flux of FLUX.filter(({ flavour }) => flavour === charge.flavour)) {
      const energies = foldRecoils(on, flux, target.response, options);
      for (let k = 0; k < options.exponents.length; k++) {
        fractions.forEach((at, position) => {
          const times = at[flux.timing];
          const table = k * positions.length + position;
          for (let bin = 0; bin < bins; bin++) {
            const energy = energies[k * energyBins + Math.floor(bin / timeBins)];
            values[(table * charges.length + row) * bins + bin] +=
              exposure * energy * times[bin % timeBins];
          }
        });
      }
    }
  });
  return { charges, bins, values };
}
