import { sentenceCase } from './format';
import type { InteractionTable, ItemTable, Tables } from './types';

/** How a table begins. */
export interface TableHead {
  file: string;
  /** Cells of its first rows. */
  rows: string[][];
}

/** What a column of interactions may say, in the order in which columns are guessed. */
export const INTERACTION_ROLES = ['user', 'item', 'rating', 'timestamp'] as const;
/** What a column of items may say. */
export const ITEM_ROLES = ['item', 'title', 'description', 'kind'] as const;

type Role = (typeof INTERACTION_ROLES)[number] | (typeof ITEM_ROLES)[number];

/** What columns are called elsewhere, the likeliest first: lower case, letters and digits only. */
const CALLED: Record<Role, readonly string[]> = {
  user: [
    'user',
    'userid',
    'uid',
    'username',
    'reviewerid',
    'customerid',
    'customer',
    'visitorid',
    'memberid',
    'who',
  ],
  item: [
    ...[
      'item',
      'itemid',
      'iid',
      'parentasin',
      'asin',
      'movieid',
      'filmid',
      'productid',
      'product',
      'bookid',
      'isbn',
    ],
    ...[
      'trackid',
      'songid',
      'artistid',
      'articleid',
      'newsid',
      'gameid',
      'recipeid',
      'businessid',
      'sku',
      'id',
      'what',
    ],
  ],
  rating: ['rating', 'ratings', 'stars', 'overall', 'score', 'bookrating', 'preference'],
  timestamp: [
    'timestamp',
    'time',
    'unixreviewtime',
    'datetime',
    'date',
    'createdat',
    'ts',
    'when',
    'reviewtime',
  ],
  title: ['title', 'booktitle', 'movietitle', 'name', 'itemname', 'productname', 'headline'],
  description: [
    ...[
      'description',
      'overview',
      'summary',
      'plot',
      'abstract',
      'text',
      'about',
      'genres',
      'genre',
      'categories',
    ],
    ...['category', 'tags', 'features'],
  ],
  // The same column may also be what is described.
  kind: ['kind', 'type', 'category', 'categories', 'genre', 'genres', 'maincategory', 'department', 'class'],
};

/** What a role is called on the page. */
export function roleTitle(role: string): string {
  return role === 'timestamp' ? 'Time' : sentenceCase(role);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}

/** Whether the first row names the columns: no name is a number. */
export function looksNamed([first]: string[][]): boolean {
  return first !== undefined && !first.some(isNumber);
}

/** What the columns are called: by the first row, or by their number from 1 where that says nothing. */
export function columnNames([first = []]: string[][], named: boolean): string[] {
  return first.map((cell, place) => (named && cell.trim() !== '' ? cell.trim() : String(place + 1)));
}

/** The column that most likely says this, of those that are not taken. */
function guess(names: readonly string[], role: Role, taken: readonly string[]): string | null {
  const free = names.filter((name) => !taken.includes(name));
  for (const called of CALLED[role]) {
    const found = free.find((name) => plain(name) === called);
    if (found) return found;
  }
  return null;
}

/** The columns of a table of interactions. Without names they are in the order in which most people write them. */
export function guessInteractions({ file, rows }: TableHead, named = looksNamed(rows)): InteractionTable {
  const names = columnNames(rows, named);
  const taken: string[] = [];
  const of = (role: Role): string | null => {
    const found = guess(names, role, taken);
    if (found) taken.push(found);
    return found;
  };
  const [user, item, rating, timestamp] = [of('user'), of('item'), of('rating'), of('timestamp')];
  if (user && item) return { file, named, user, item, rating, timestamp };
  const free = names.filter((name) => !taken.includes(name));
  const next = (): string => free.shift() ?? names[0] ?? '';
  const guessed = { user: user ?? next(), item: item ?? next() };
  const numeric = (name: string | undefined): string | null =>
    !named && name && rows.every((row) => isNumber(row[names.indexOf(name)] ?? '')) ? name : null;
  return {
    file,
    named,
    ...guessed,
    rating: rating ?? numeric(free[0]),
    timestamp: timestamp ?? numeric(free[1]),
  };
}

/** The columns of a table of items; the item's is called as in the interactions, if there is one. */
export function guessItems(
  { file, rows }: TableHead,
  interactions: InteractionTable,
  named = looksNamed(rows),
): ItemTable {
  const names = columnNames(rows, named);
  const same = named ? names.find((name) => plain(name) === plain(interactions.item)) : undefined;
  const item = same ?? guess(names, 'item', []) ?? names[0] ?? '';
  const title = guess(names, 'title', [item]) ?? (named ? null : (names[1] ?? null));
  const description = guess(names, 'description', title ? [item, title] : [item]);
  const kind = guess(names, 'kind', title ? [item, title] : [item]);
  return { file, named, item, title, description, kind };
}

/** What the columns of interactions are in layouts that say so themselves; null where lines have no cells. */
export function knownColumns(file: string): { named: boolean; roles: Record<string, string> } | null {
  if (file.endsWith('.inter')) {
    const roles = { user: 'userID', item: 'itemID', part: 'x_label', rating: 'rating', time: 'timestamp' };
    return { named: true, roles };
  }
  if (file === 'ratings.tsv') {
    return { named: true, roles: { user: 'user', item: 'item', rating: 'rating', time: 'timestamp' } };
  }
  if (/^(train\.(txt|tsv)|u\.data)$/.test(file)) {
    return { named: false, roles: { user: '1', item: '2', rating: '3', time: '4' } };
  }
  return null;
}

/** How much a table looks like one of interactions: it says who, and what, and when. */
function likeness({ file, rows }: TableHead): number {
  const names = columnNames(rows, looksNamed(rows));
  const says = (role: Role): number => (guess(names, role, []) ? 1 : 0);
  const called = /rating|interaction|review|event|click|order|purchase|view|log|train/i.test(file) ? 1 : 0;
  return 2 * says('user') + says('item') + says('rating') + says('timestamp') + called - 2 * says('title');
}

/** Which table is which, and what their columns mean: a first proposal, to be looked at. */
export function guessTables(heads: readonly TableHead[]): Tables | null {
  const [first, ...others] = [...heads].sort((one, other) => likeness(other) - likeness(one));
  if (!first) return null;
  const interactions = guessInteractions(first);
  const proposals = others.map((head) => guessItems(head, interactions));
  const items = proposals.find(({ title, description }) => title || description) ?? null;
  return { interactions, items };
}

/** What is still to be chosen before the tables can be read, in a sentence; null when nothing is. */
export function missingIn({ interactions, items }: Tables): string | null {
  if (!interactions.user || !interactions.item) return 'Choose the columns of users and items.';
  if (interactions.user === interactions.item) return 'Users and items cannot be in the same column.';
  if (items && !items.title && !items.description) {
    return 'Choose a column of titles or descriptions, or no table of items.';
  }
  return null;
}
