/** How many lists show each item among their first `cutoff`. */
export function exposureIn(
  start: Uint32Array,
  listed: Uint32Array,
  items: number,
  cutoff: number,
): Uint32Array {
  const exposure = new Uint32Array(items);
  for (let user = 0; user + 1 < start.length; user += 1) {
    const from = start[user]!;
    for (const item of listed.subarray(from, Math.min(from + cutoff, start[user + 1]!))) exposure[item]! += 1;
  }
  return exposure;
}
