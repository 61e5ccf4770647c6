/** How many values of the family parameter are kept interpolated: a grid axis of that length. */
const REMEMBERED = 128;

/** Remembers the latest results of a function of one number. */
export function remember<T>(make: (value: number) => T): (value: number) => T {
  const known = new Map<number, T>();
  let lastValue = Number.NaN;
  let last: T | undefined;
  return (value) => {
    if (last !== undefined && value === lastValue) return last;
    let result = known.get(value);
    if (result === undefined) {
      result = make(value);
      if (known.size >= REMEMBERED) known.delete(known.keys().next().value as number);
      known.set(value, result);
    }
    lastValue = value;
    last = result;
    return result;
  };
}
