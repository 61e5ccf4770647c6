/**
 * Philox-4×32-10 (Salmon et al., Proc. SC11 (2011) 16): random numbers as a function of a key and a
 * counter, so that the numbers of every pseudo-experiment are its own, whoever draws it and when.
 */
const MULTIPLIERS = [0xd2511f53, 0xcd9e8d57] as const;
const WEYL = [0x9e3779b9, 0xbb67ae85] as const;
const ROUNDS = 10;

/** High and low 32 bits of a product of two 32-bit numbers. */
function multiply(a: number, b: number): [number, number] {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  const high = aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000);
  return [high >>> 0, Math.imul(a, b) >>> 0];
}

/** Four 32-bit words of counter and two of key to four random words. */
export function philox(counter: readonly number[], key: readonly number[]): readonly number[] {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < ROUNDS; round++) {
    const [high0, low0] = multiply(MULTIPLIERS[0], c0);
    const [high1, low1] = multiply(MULTIPLIERS[1], c2);
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ k0) >>> 0, low1, (high0 ^ c3 ^ k1) >>> 0, low0];
    k0 = (k0 + WEYL[0]) >>> 0;
    k1 = (k1 + WEYL[1]) >>> 0;
  }
  return [c0, c1, c2, c3];
}

/** The random numbers of one pseudo-experiment. */
export class Random {
  readonly #key: readonly number[];
  readonly #index: readonly number[];
  #block = 0;
  #words: readonly number[] = [];
  #used = 0;
  #spare: number | undefined;

  /** @param seed and index of the pseudo-experiment: whole numbers from 0 to 2⁵³ − 1 */
  constructor(seed: number, index: number) {
    const halves = (n: number) => [n % 0x100000000, Math.floor(n / 0x100000000)];
    this.#key = halves(seed);
    this.#index = halves(index);
  }

  /** Uniform in (0, 1), 53 bits: never 0 nor 1. */
  uniform(): number {
    const high = this.#word() >>> 6;
    const low = this.#word() >>> 6;
    return (high * 0x4000000 + low + 0.5) / 0x10000000000000;
  }

  /** Normal with mean 0 and width 1 (Marsaglia's polar method). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const r = x * x + y * y;
      if (r >= 1 || r === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(r)) / r);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  /** Poisson counts of any mean: a large one is the sum of several small ones. */
  poisson(mean: number): number {
    let count = 0;
    let left = mean;
    for (; left > LARGEST_MEAN; left -= LARGEST_MEAN) count += this.#smallPoisson(LARGEST_MEAN);
    return count + this.#smallPoisson(left);
  }

  /** Inversion: the first n whose cumulative probability exceeds a uniform number. */
  #smallPoisson(mean: number): number {
    const target = this.uniform();
    let probability = Math.exp(-mean);
    let sum = probability;
    let n = 0;
    while (sum < target && probability > 0) {
      probability *= mean / ++n;
      sum += probability;
    }
    return n;
  }

  #word(): number {
    if (this.#used === this.#words.length) {
      const counter = [this.#block & 0xffffffff, 0, ...this.#index].map((word) => word >>> 0);
      this.#words = philox(counter, this.#key);
      this.#block++;
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }
}

/** e^{−mean} and every term of the sum up to here are well within a double. */
const LARGEST_MEAN = 32;
