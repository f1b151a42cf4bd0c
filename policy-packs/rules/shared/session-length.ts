/** How long a session may last. */

/**
 * Seconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds; undefined for years
 * and months, which have no fixed length, and for any other text.
 */
export function secondsOf(duration: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** Whether the duration is known to be at most so many hours. */
export function isWithinHours(duration: string, hours: number): boolean {
  const seconds = secondsOf(duration);
  return seconds !== undefined && seconds <= hours * 3600;
}
