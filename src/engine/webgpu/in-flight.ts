/**
 * Runs jobs with as many in flight as there are slots, and finishes them in the order they were
 * started. After a failure it starts no more, waits for those in flight, and rejects.
 *
 * @param next the next job for a slot, or undefined when there is none left
 */
export async function inFlight<Slot, Landed>(
  slots: readonly Slot[],
  next: (slot: Slot) => Promise<Landed> | undefined,
  finish: (landed: Landed) => void | Promise<void>,
): Promise<void> {
  const flying: { slot: Slot; landing: Promise<Landed> }[] = [];
  const start = (slot: Slot) => {
    const landing = next(slot);
    if (!landing) return;
    landing.catch(() => {}); // reported where it is awaited
    flying.push({ slot, landing });
  };
  try {
    for (const slot of slots) start(slot);
    for (let first = flying.shift(); first; first = flying.shift()) {
      const landed = await first.landing;
      start(first.slot);
      await finish(landed);
    }
  } finally {
    await Promise.allSettled(flying.map(({ landing }) => landing));
  }
}
