import { parseLevel } from "../../src/contour/levels.js";
import { InputError } from "../../src/errors.js";
import type { Catalogue } from "../../src/scan/scan.js";

/** An analysis with the data sets of L24 and one option, as the analysis room would offer it. */
export const catalogue: Catalogue = {
  engines: ["auto", "cpu", "webgpu"],
  parseLevel,
  analyses: [
    {
      name: "liao-2024",
      datasets: ["csi", "lar", "ge"],
      completeOptions: ({ form_factor = "klein-nystrand", ...others }) => {
        const [unknown] = Object.keys(others);
        if (unknown === undefined) return { form_factor };
        throw new InputError("unknown-option", `There is no option "${unknown}". Remove it.`);
      },
    },
    { name: "coherent-2022", datasets: ["csi"], completeOptions: (given) => given },
  ],
};
