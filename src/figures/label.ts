import { InputError } from "../errors.js";
import type { Label } from "./types.js";

interface Part {
  readonly math: boolean;
  readonly content: string;
}

function parts(label: Label): Part[] {
  if (!label.includes("$")) return [{ math: label.includes("\\"), content: label }];
  const pieces = label.split("$");
  if (pieces.length % 2 === 0) {
    throw new InputError(
      "unbalanced-math",
      `The label "${label}" opens math with $ and does not close it. Write math as $…$.`,
      { label },
    );
  }
  return pieces
    .map((content, index) => ({ math: index % 2 === 1, content }))
    .filter((part) => part.content !== "");
}

/** The label as one TeX formula: its text in \text{…}, its math as it stands. */
export function toTex(label: Label): string {
  return parts(label)
    .map(({ math, content }) =>
      math ? `{${content}}` : `\\text{${content.replace(/[{}\\]/g, "\\$&")}}`,
    )
    .join("");
}

// biome-ignore format: a table reads better dense
const words: Record<string, string> = {
  alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ϵ", varepsilon: "ε", zeta: "ζ",
  eta: "η", theta: "θ", iota: "ι", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π",
  rho: "ρ", sigma: "σ", tau: "τ", phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω",
  Gamma: "Γ", Delta: "Δ", Theta: "Θ", Lambda: "Λ", Xi: "Ξ", Pi: "Π", Sigma: "Σ", Phi: "Φ",
  Psi: "Ψ", Omega: "Ω", times: "×", cdot: "·", pm: "±", le: "≤", leq: "≤", ge: "≥", geq: "≥",
  sim: "∼", approx: "≈", infty: "∞", langle: "⟨", rangle: "⟩", ell: "ℓ", to: "→", prime: "′",
  circ: "°", quad: " ", qquad: " ", sin: "sin", cos: "cos", tan: "tan", log: "log", ln: "ln",
  min: "min", max: "max", exp: "exp",
};

/**
 * What a reader would say or search for: Greek letters and signs as Unicode, fonts and braces gone,
 * e.g. `$\varepsilon^{uV}_{\mu\mu}$` → `ε^uV_μμ`.
 */
export function plainText(label: Label): string {
  return parts(label)
    .map(({ math, content }) => (math ? plainMath(content) : content))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function plainMath(tex: string): string {
  return tex
    .replace(/\\(?:text|mathrm|mathbf|operatorname|rm|bar|hat|tilde)\b\s*/g, "")
    .replace(/\\([A-Za-z]+)\s*/g, (_, word: string) => words[word] ?? "")
    .replace(/\\[ ,;:]|~/g, " ")
    .replace(/\\(.)/g, "$1")
    .replace(/[{}]/g, "")
    .replace(/-/g, "−");
}
