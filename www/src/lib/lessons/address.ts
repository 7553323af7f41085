import { HIDEABLE } from './places';

/** What a link can fix. */
export const FIXABLE = ['data', 'seed'] as const;

export type Fixable = (typeof FIXABLE)[number];

/** What an address says of a lesson and of the page around it. */
export interface LessonAddress {
  lesson: string | null;
  /** Counted from 1; null where it does not say. */
  step: number | null;
  data: string | null;
  seed: number | null;
  /** Readers may change the data and the seed that it names. */
  free: boolean;
  hidden: readonly string[];
  embedded: boolean;
}

export const LARGEST_SEED = 4_294_967_295;

function whole(text: string | null, smallest: number, largest: number): number | null {
  return text !== null && /^\d{1,10}$/.test(text) && Number(text) >= smallest && Number(text) <= largest
    ? Number(text)
    : null;
}

/** No name of data is longer. */
const LONGEST_NAME = 64;

/** Reads an address's query. What cannot be meant is left out; whether there are data of a name, the page's catalogue says. */
export function readAddress(search: string): LessonAddress {
  const query = new URLSearchParams(search);
  const hidden = (query.get('hide') ?? '').split(',');
  return {
    lesson: query.get('lesson'),
    step: whole(query.get('step'), 1, 1000),
    data: query.get('data')?.slice(0, LONGEST_NAME) || null,
    seed: whole(query.get('seed'), 0, LARGEST_SEED),
    free: query.has('free'),
    hidden: HIDEABLE.filter((place) => hidden.includes(place)),
    embedded: query.has('embed'),
  };
}

/** The page's address with this query in the place of its own; a hash that carries a design may stay. */
export function writeAddress(
  page: string,
  { lesson, step, data, seed, free, hidden, embedded }: LessonAddress,
  keepHash = false,
): string {
  const address = new URL(page);
  const kept = ['backend'].flatMap((key) => {
    const value = address.searchParams.get(key);
    return value !== null && keepHash ? [`${key}=${encodeURIComponent(value)}`] : [];
  });
  const said = [
    lesson !== null && `lesson=${encodeURIComponent(lesson)}`,
    lesson !== null && step !== null && `step=${step}`,
    data !== null && `data=${encodeURIComponent(data)}`,
    seed !== null && `seed=${seed}`,
    free && 'free',
    hidden.length > 0 && `hide=${hidden.join(',')}`,
    embedded && 'embed',
  ];
  address.search = [...kept, ...said.filter((part) => part !== false)].join('&');
  if (!keepHash) address.hash = '';
  return address.href;
}
