/** About ten milliseconds of a laptop. */
function unit(): void {
  let seed = 1;
  const words: string[] = [];
  for (let index = 0; index < 15_000; index++) {
    seed = (seed * 48_271) % 2_147_483_647;
    words.push(seed.toString(36));
  }
  words.sort();
}

/**
 * Begins to count what this process computes. The function returned tells it in units of a fixed piece of work that was done just
 * before: a bound on that says nothing of the machine, nor of what else runs on it.
 */
export function countEffort(): () => number {
  unit();
  const reference = microseconds(process.cpuUsage(), unit);
  const before = process.cpuUsage();
  return () => microseconds(before) / reference;
}

/** Of this process; what others take does not count. */
function microseconds(before: NodeJS.CpuUsage, work: () => void = () => {}): number {
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, user + system);
}
