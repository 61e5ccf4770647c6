/**
 * Calls `tell` after a time that this program has lived through itself: while the machine sleeps, or
 * the program is stopped or busy, the device may be as well. @returns what calls it off
 */
export function afterAwake(ms: number, tell: () => void): () => void {
  const tick = Math.min(1000, ms / 10);
  let left = Math.ceil(ms / tick);
  const timer = setInterval(() => {
    if (--left > 0) return;
    clearInterval(timer);
    tell();
  }, tick);
  return () => clearInterval(timer);
}
