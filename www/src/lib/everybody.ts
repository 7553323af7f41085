/** All users of a dataset, as far as they are searched and sorted by. */
export interface Everybody {
  /** The source's own identifiers. */
  ids: readonly string[];
  /** How many items the system may learn from, by user. */
  taken: Uint32Array;
  /** User `u` went on to take the items `held[start[u]]` to `held[start[u + 1] - 1]`. */
  start: Uint32Array;
  held: Uint32Array;
}

/** Everybody's ranked list: that of user `u` is `item[start[u]]` to `item[start[u + 1] - 1]`. */
export interface JudgedLists {
  start: Uint32Array;
  item: Uint32Array;
}

export const GROUPS = ['all', 'light', 'heavy', 'hits'] as const;

export type Group = (typeof GROUPS)[number];

/**
 * The most interactions that somebody has who is called light: of those of whom anything was held out, as nearly half as can be,
 * where people with equally many stay together. Slices of what was held out part people alike (docs/metrics.md).
 */
export function mostOfLight({ taken, start }: Everybody): number {
  const judged = taken.filter((_, user) => (start[user] ?? 0) < (start[user + 1] ?? 0));
  const sorted = (judged.length > 0 ? judged : taken.slice()).sort();
  let best = { most: 0, missed: Infinity };
  sorted.forEach((most, place) => {
    const missed = Math.abs(2 * (place + 1) - sorted.length);
    if (sorted[place + 1] !== most && missed < best.missed) best = { most, missed };
  });
  return best.most;
}

/** How many of the first `length` items of each user's list are hits. */
export function hitsOf({ start, held }: Everybody, lists: JudgedLists, length: number): Uint32Array {
  return Uint32Array.from({ length: start.length - 1 }, (_, user) => {
    const taken = new Set(held.subarray(start[user], start[user + 1]));
    const [from = 0, to = 0] = lists.start.subarray(user, user + 2);
    return lists.item.subarray(from, Math.min(to, from + length)).filter((item) => taken.has(item)).length;
  });
}

/** The most items that a list has. */
export function longestOf({ start }: JudgedLists): number {
  return start.subarray(1).reduce((longest, end, user) => Math.max(longest, end - (start[user] ?? 0)), 0);
}

/** The users of a group, in the order of the data. */
export function membersOf(group: Group, everybody: Everybody, hits: Uint32Array | null): Uint32Array {
  const { taken } = everybody;
  const most = mostOfLight(everybody);
  const belongs = (user: number): boolean => {
    switch (group) {
      case 'all':
        return true;
      case 'light':
        return (taken[user] ?? 0) <= most;
      case 'heavy':
        return (taken[user] ?? 0) > most;
      case 'hits':
        return (hits?.[user] ?? 0) > 0;
    }
  };
  return Uint32Array.from(taken.keys()).filter(belongs);
}

/** The member after a user, who need not be one; null where there is none. */
export function memberAfter(members: Uint32Array, user: number): number | null {
  return members.find((member) => member > user) ?? null;
}

export function memberBefore(members: Uint32Array, user: number): number | null {
  return members.findLast((member) => member < user) ?? null;
}

/**
 * Members that typed text may mean: the one with that number, counted from 1 as shown, then those whose identifier begins with it,
 * then those whose identifier or number has it somewhere. Nothing typed means all.
 */
export function search(typed: string, members: Uint32Array, { ids }: Everybody): Uint32Array {
  const text = typed.trim().toLowerCase();
  if (text === '') return members;
  const ranks = [0, 1, 2].map(() => [] as number[]);
  for (const user of members) {
    const number = String(user + 1);
    const id = (ids[user] ?? '').toLowerCase();
    if (number === text) ranks[0]?.push(user);
    else if (id.startsWith(text) || number.startsWith(text)) ranks[1]?.push(user);
    else if (id.includes(text)) ranks[2]?.push(user);
  }
  return Uint32Array.from(ranks.flat());
}

/** The user that typed text names without doubt: by number or by the whole identifier; null where it names none. */
export function named(typed: string, ids: readonly string[] | null, users: number): number | null {
  const text = typed.trim();
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number >= 1 && number <= users) return number - 1;
  }
  const user = ids?.findIndex((id) => id.toLowerCase() === text.toLowerCase()) ?? -1;
  return user < 0 ? null : user;
}
