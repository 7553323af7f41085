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

/** At most so many interactions are few, and at least so many are many: the quarters at both ends. */
export interface Quarters {
  few: number;
  many: number;
}

export function quartersOf(taken: Uint32Array): Quarters {
  const sorted = taken.slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { few: at(0.25), many: at(0.75) };
}

/** How many of the first `length` items of each user's list are hits. */
export function hitsOf({ start, held }: Everybody, lists: JudgedLists, length: number): Uint32Array {
  return Uint32Array.from({ length: start.length - 1 }, (_, user) => {
    const taken = new Set(held.subarray(start[user], start[user + 1]));
    const [from = 0, to = 0] = lists.start.subarray(user, user + 2);
    return lists.item.subarray(from, Math.min(to, from + length)).filter((item) => taken.has(item)).length;
  });
}

/** The users of a group, in the order of the data. */
export function membersOf(group: Group, { taken }: Everybody, hits: Uint32Array | null): Uint32Array {
  const { few, many } = quartersOf(taken);
  const belongs = (user: number): boolean => {
    switch (group) {
      case 'all':
        return true;
      case 'light':
        return (taken[user] ?? 0) <= few;
      case 'heavy':
        return (taken[user] ?? 0) >= many;
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
