/** A word as a POSIX shell reads it back, whatever it holds. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Words as one command line that a person can copy. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
