const DIGIT = 2 ** 16;

/**
 * Indices of numbers in ascending order, equal ones by index: a radix sort, as comparisons of a few
 * hundred thousand numbers would take most of the time of what needs their order.
 * @param values no NaN; −0 counts as below 0
 */
export function ascending(values: Float64Array): Uint32Array {
  const count = values.length;
  const keys = new Uint16Array(values.slice().buffer);
  let order = new Uint32Array(count);
  let next = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  // Bits of doubles ascend with them once negative ones are inverted and positive ones get a sign bit.
  for (let i = 0; i < count; i++) {
    const isNegative = keys[4 * i + 3] >= DIGIT / 2;
    for (let d = 0; d < 3; d++) if (isNegative) keys[4 * i + d] ^= DIGIT - 1;
    keys[4 * i + 3] ^= isNegative ? DIGIT - 1 : DIGIT / 2;
  }
  const starts = new Uint32Array(DIGIT);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let i = 0; i < count; i++) starts[keys[4 * i + digit]]++;
    for (let value = 0, sum = 0; value < DIGIT; value++) {
      const own = starts[value];
      starts[value] = sum;
      sum += own;
    }
    for (let i = 0; i < count; i++) next[starts[keys[4 * order[i] + digit]]++] = order[i];
    [order, next] = [next, order];
  }
  return order;
}
