import type { Data } from "./description.js";

/** The data alone of what holds them and more: counts and auxiliary measurements travel together. */
export function dataOf({ observations, auxiliary }: Data): Data {
  return auxiliary ? { observations, auxiliary } : { observations };
}
