/** Write a line of results to stdout; everything else belongs on stderr. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Write machine-readable results to stdout. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** Tell the person at the terminal something that is no result: stderr. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
