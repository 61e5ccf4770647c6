import type { Pulse } from "../../physics/timing.js";

/** The proton pulse, μs: this shape fitted to the release's NIN times; the onset floats about it. */
export const PULSE: Pulse = { mean: 0.5, width: 0.149 };

/** How far the onset may move either way, μs. */
export const ONSET_RANGE = 0.2;

/** Steps of the tabulated onset: cubic splines between them err by less than 1e-6 of a bin's peak. */
export const ONSET_STEPS = 48;

/** Searches in the onset start every so many steps: 50 ns, a third of the pulse's width. */
export const ONSET_STRIDE = 6;
