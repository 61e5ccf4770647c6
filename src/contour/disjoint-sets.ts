/** Union-find over 0 … size − 1; a joined set's root is its smallest member's. */
export class DisjointSets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = new Int32Array(size);
    for (let index = 0; index < size; index++) this.#parent[index] = index;
  }

  root(member: number): number {
    const parent = this.#parent;
    let at = member;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  join(a: number, b: number): void {
    const [p, q] = [this.root(a), this.root(b)];
    this.#parent[Math.max(p, q)] = Math.min(p, q);
  }
}
