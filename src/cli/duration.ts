/** Seconds as a person reads them: `42 s`, `7 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes === 0) return `${whole} s`;
  if (hours === 0) return `${minutes} min ${whole % 60} s`;
  if (days === 0) return `${hours} h ${minutes % 60} min`;
  return `${days} d ${hours % 24} h`;
}

/** A rate with three digits: `12 300`. */
export function formatRate(perSecond: number): string {
  const rounded = Math.round(Number(perSecond.toPrecision(3)));
  return String(rounded).replace(/\B(?=(\d{3})+$)/g, " ");
}
