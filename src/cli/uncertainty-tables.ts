import type { Impact } from "../fit/impacts.js";
import type { Uncertainty } from "../fit/uncertainty.js";
import { formatTable } from "./table.js";

const signed = (value: number, digits: number): string =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

/** Nuisances by what they do to the first parameter; `kept` is the post-fit over the prior width. */
export function impactTable(impacts: readonly Impact[], parameters: readonly string[]): string {
  const rows = impacts.map(({ nuisance, value, sigma, prior, up, down }) => [
    nuisance,
    value.toFixed(4),
    sigma.toFixed(4),
    prior === null ? "free" : (sigma / prior).toFixed(2),
    ...parameters.flatMap((_, i) => [signed(up[i], 5), signed(down[i], 5)]),
  ]);
  const shifts = parameters.flatMap((name) => [`Δ ${name} at +1σ`, "at −1σ"]);
  return formatTable(["nuisance", "value", "σ after the fit", "kept", ...shifts], rows);
}

/** The lower triangle of the correlation matrix, columns numbered as rows. */
export function correlationTable({ names, correlation }: Uncertainty): string {
  const rows = names.map((name, i) => [
    i + 1,
    name,
    ...names.map((_, j) => (j <= i ? signed(correlation[i * names.length + j], 2) : "")),
  ]);
  return formatTable(["#", "correlation", ...names.map((_, j) => String(j + 1))], rows);
}

/** The same for programs: each nuisance's shifts by parameter, and the whole matrix. */
export function uncertaintyJson(
  { names, sigmas, correlation }: Uncertainty,
  impacts: readonly Impact[] | undefined,
  parameters: readonly string[],
) {
  const n = names.length;
  const byParameter = (shifts: readonly number[]) =>
    Object.fromEntries(parameters.map((name, i) => [name, shifts[i]]));
  return {
    uncertainty: {
      names,
      sigmas: [...sigmas],
      correlation: names.map((_, i) => [...correlation.subarray(i * n, (i + 1) * n)]),
    },
    ...(impacts && {
      impacts: impacts.map((impact) => ({
        ...impact,
        up: byParameter(impact.up),
        down: byParameter(impact.down),
      })),
    }),
  };
}
