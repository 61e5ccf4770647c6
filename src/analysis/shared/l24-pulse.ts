import type { Pulse } from "../../physics/timing.js";

/** The proton pulse of L24's CsI and LAr time PDFs, μs (SPEC §2). */
export const PULSE: Pulse = { mean: 0.44, width: 0.15 };
