// Counters that prove each point was written, and later reduced, exactly once.
struct Status {
  written: atomic<u32>,
  doubtful: atomic<u32>,
  checksum: atomic<u32>,
  reduced: atomic<u32>,
  reduced_checksum: atomic<u32>,
}
