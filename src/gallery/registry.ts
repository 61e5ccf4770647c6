import { InputError } from "../errors.js";
import { suggest } from "../scan/suggest.js";
import { figure2 as c22Figure2 } from "./c22/figure-2.js";
import { figure3 as c22Figure3 } from "./c22/figure-3.js";
import { figure4 as c22Figure4 } from "./c22/figure-4.js";
import { figure5 as c22Figure5 } from "./c22/figure-5.js";
import { figure6 as c22Figure6 } from "./c22/figure-6.js";
import { figure7 as c22Figure7 } from "./c22/figure-7.js";
import type { GalleryFigure } from "./figure.js";
import { figure1 } from "./l24/figure-1.js";
import { figure2 } from "./l24/figure-2.js";
import { figure3 } from "./l24/figure-3.js";
import { figure4 } from "./l24/figure-4.js";
import { figure5 } from "./l24/figure-5.js";
import { figure6 } from "./l24/figure-6.js";
import { figure7 } from "./l24/figure-7.js";
import { figure8 } from "./l24/figure-8.js";
import { table1 } from "./l24/table-1.js";
import { intervals } from "./release/intervals.js";

/** Every figure that can be asked for, in the order of the gallery. */
export const FIGURES: readonly GalleryFigure[] = [
  figure1,
  figure2,
  figure3,
  figure4,
  figure5,
  table1,
  figure6,
  figure7,
  figure8,
  c22Figure2,
  c22Figure3,
  c22Figure4,
  c22Figure5,
  c22Figure6,
  c22Figure7,
  intervals,
];

/** @throws InputError naming the figure that was probably meant */
export function figureNamed(id: string): GalleryFigure {
  const found = FIGURES.find((figure) => figure.id === id);
  if (found) return found;
  const ids = FIGURES.map((figure) => figure.id);
  throw new InputError("unknown-figure", `There is no figure "${id}". ${suggest(id, ids)}`, { id });
}
