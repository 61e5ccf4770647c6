import type { Node, Profile } from "./profile.js";

/** A local minimum of a profile, and how far χ² rises on the way to a lower one. */
export interface Minimum {
  readonly value: number;
  readonly chi2: number;
  readonly isEdge: boolean;
  readonly prominence: number;
  /**
   * How far from here the profile rises by less than makes two minima two: of a flat valley, whose ends can be
   * equally low mirror images, a fit may name any point that is as low.
   */
  readonly reach: number;
}

/** Dips less deep than this are no minima to a fit. */
const DIP = 0.01;

/** Rise beyond the end of a range: JSON knows no Infinity. */
const LARGE = 1e6;

/** Every local minimum of the profile within the level, the lowest first. */
export function profileMinima(profile: Profile, lowest: number, level: number): Minimum[] {
  const { nodes } = profile;
  const [lower, upper] = profile.range;
  const minima = nodes
    .map((node, i) => ({ node, i }))
    .filter(({ node, i }) => {
      if (node.value > lowest + level) return false;
      return (
        node.value < (nodes[i - 1]?.value ?? 1e12) && node.value <= (nodes[i + 1]?.value ?? 1e12)
      );
    });
  const found = minima.map(({ node, i }): Minimum => {
    const isEdge = node.at === lower || node.at === upper;
    return {
      value: node.at,
      chi2: node.value,
      isEdge,
      prominence: Math.min(barrier(nodes, i, -1), barrier(nodes, i, 1), LARGE),
      reach: Math.max(bottom(nodes, i, -1), bottom(nodes, i, 1)),
    };
  });
  return found.filter(({ prominence }) => prominence > 1e-4).sort((a, b) => a.chi2 - b.chi2);
}

/** How far the profile rises from a node before it falls below it, or at most before the range ends. */
function barrier(nodes: readonly Node[], from: number, step: number): number {
  let highest = nodes[from].value;
  for (let i = from + step; i >= 0 && i < nodes.length; i += step) {
    highest = Math.max(highest, nodes[i].value);
    if (nodes[i].value < nodes[from].value) return highest - nodes[from].value;
  }
  return LARGE;
}

/** How far the profile stays within a dip of a node's, to the first node that is above it. */
function bottom(nodes: readonly Node[], from: number, step: number): number {
  for (let i = from + step; i >= 0 && i < nodes.length; i += step) {
    if (nodes[i].value > nodes[from].value + DIP) return Math.abs(nodes[i].at - nodes[from].at);
  }
  return Math.abs(nodes[step < 0 ? 0 : nodes.length - 1].at - nodes[from].at);
}
