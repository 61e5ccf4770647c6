import type { Node, Profile } from "./profile.js";

/** Goes to the bottom of every dip and the top of every barrier that matter for the level. */
export function findExtremes(profile: Profile, level: number): void {
  for (const sign of [1, -1]) {
    const { nodes } = profile;
    const centres = nodes.filter((node, i) => turns(nodes, i, sign) && matters(node, level, sign));
    for (const centre of centres) golden(profile, centre, sign);
  }
}

const matters = (node: Node, level: number, sign: number) =>
  sign > 0 ? node.value < level + 1 : node.value < level + 0.05;

function turns(nodes: readonly Node[], i: number, sign: number): boolean {
  const [before, after] = [nodes[i - 1], nodes[i + 1]];
  if (!before || !after) return false;
  const value = sign * nodes[i].value;
  return value <= sign * before.value && value <= sign * after.value;
}

function golden(profile: Profile, centre: Node, sign: number): void {
  let best = centre;
  for (let i = 0; i < 24; i++) {
    const index = profile.nodes.indexOf(best);
    const [before, after] = [profile.nodes[index - 1], profile.nodes[index + 1]];
    if (!before || !after) return;
    const flat = Math.abs(before.value - best.value) + Math.abs(after.value - best.value) < 2e-5;
    if (flat) return;
    const side = best.at - before.at > after.at - best.at ? before : after;
    const at = best.at + 0.4 * (side.at - best.at);
    if (at === best.at || at === side.at) return;
    const node = profile.insert(at, 0);
    if (sign * node.value < sign * best.value) best = node;
  }
}
