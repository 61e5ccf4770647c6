import type { Label } from "../figures/types.js";

/** A symbol as it is typed, `ε^d_ee` or `χ²`; or math, which is left alone. */
const SYMBOL = /\$[^$]*\$|[α-ωϵΔ]*[α-ωϵ²³](?:\^([a-z\dα-ω]+))?(?:_([a-z\dα-ω]+))?/giu;

/**
 * A title as people type it, for the typeface of figures, which has lower-case Greek letters and
 * superscripts in math only: `ε^d_ee at 2σ` becomes `$ε^{d}_{ee}$ at 2$σ$`.
 */
export function figureText(text: string): Label {
  if (!text.includes("$") && text.includes("\\")) return text;
  return text.replace(SYMBOL, (symbol, upper?: string, lower?: string) => {
    if (symbol.startsWith("$")) return symbol;
    const [letters] = symbol.split(/[\^_]/);
    const exponents = letters.replace("²", "^2").replace("³", "^3");
    return `$${exponents}${upper ? `^{${upper}}` : ""}${lower ? `_{${lower}}` : ""}$`;
  });
}
