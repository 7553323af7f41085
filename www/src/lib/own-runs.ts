/** Which of the reader's own runs can be held against each other, and what the rows are that they make. */

import type { ChosenRun } from './choosing.svelte';
import type { Asked } from './comparer.svelte';
import type { FinishedRun } from './finished-run';
import { inOrder, LENGTHS } from './lengths';
import { isTrained } from './receipt';
import { cutoffsOf } from './tables';

/** Runs of the same design, told apart by their seeds. */
export interface OwnRow {
  label: string;
  runs: readonly FinishedRun[];
}

const DRAWN = ['random', 'cold-items'];

/** Why a run cannot be held against another; null where it can. */
export function obstacle(run: FinishedRun, first: FinishedRun): string | null {
  const [own, other] = [run.receipt, first.receipt];
  if (own.dataset.digest !== other.dataset.digest) return 'learned from other data';
  const [mine, theirs] = [own.spec.protocol, other.spec.protocol];
  if (mine.split !== theirs.split) return 'other interactions were held out';
  if (DRAWN.includes(mine.split) && own.spec.seed !== other.spec.seed)
    return 'its seed drew another split, so other interactions were held out';
  if (mine.candidates !== theirs.candidates) return 'its lists choose among other items';
  if (mine['mask-validation'] !== theirs['mask-validation'])
    return 'its lists treat validation items in another way';
  return null;
}

/** Everything that makes a design what it is, by name. */
function settingsOf({ receipt }: FinishedRun): Map<string, string> {
  const { seed: _seed, dataset: _dataset, ...spec } = receipt.spec;
  const settings = new Map([['backend', receipt.backend.kind.toUpperCase()]]);
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      settings.set(
        path,
        value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' + '),
      );
    } else if (value !== null && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) visit(inner, path ? `${path}.${name}` : name);
    } else if (value !== undefined) {
      settings.set(path, String(value));
    }
  };
  visit(spec, '');
  return settings;
}

/** Settings that say what they are without their names. */
const PLAIN = ['modalities', 'backend', 'variant'];

/** More settings than this make no name. */
const MOST_WORDS = 3;

/**
 * The rows that runs make, in the order of their first runs. A run that repeats an earlier one takes its place: it says nothing
 * new. Rows of the same system are told apart by what differs between them.
 */
export function rowsOf(runs: readonly FinishedRun[]): OwnRow[] {
  const designs = new Map<string, { settings: Map<string, string>; bySeed: Map<number, FinishedRun> }>();
  for (const run of runs) {
    const settings = settingsOf(run);
    const key = JSON.stringify([...settings].sort());
    const design = designs.get(key) ?? { settings, bySeed: new Map<number, FinishedRun>() };
    design.bySeed.set(run.receipt.spec.seed, run);
    designs.set(key, design);
  }
  const rows = [...designs.values()].flatMap(({ settings, bySeed }) => {
    const [first] = bySeed.values();
    return first ? [{ settings, first, runs: [...bySeed.values()] }] : [];
  });
  return rows.map(({ settings, first, runs }) => {
    const alike = rows.filter((row) => row.first.systemTitle === first.systemTitle);
    const paths = new Set(alike.flatMap((row) => [...row.settings.keys()]));
    const differing = [...paths].filter(
      (path) => new Set(alike.map((row) => row.settings.get(path))).size > 1,
    );
    const words = differing.flatMap((path) => {
      const value = settings.get(path);
      const name = path.split('.').at(-1) ?? path;
      if (value === undefined) return [];
      return [PLAIN.includes(name) ? value : `${name} ${value}`];
    });
    const apart = differing.length > MOST_WORDS ? [`run ${first.number}`] : words;
    return { label: [first.systemTitle, ...apart].join(', '), runs };
  });
}

/**
 * Runs as the Worker takes them, and rows by the places of their runs. Which row comes first makes no difference to the runs, so
 * that they need not be handed over again.
 */
export function placed(
  compared: readonly ChosenRun[],
  rows: readonly OwnRow[],
): Pick<Asked, 'runs' | 'rows'> {
  const inOrder = [...compared].sort((one, other) => one.run.number - other.run.number);
  const places = new Map(inOrder.map(({ run }, place) => [run, place]));
  return {
    runs: inOrder.map(({ run, kept }) => ({ number: run.number, spec: run.receipt.spec, kept })),
    rows: rows.map(({ label, runs }) => ({ label, runs: runs.map((run) => places.get(run) ?? 0) })),
  };
}

/** Whether another seed would have come to other lists. */
export function hangsOnSeed({ receipt }: FinishedRun): boolean {
  return isTrained(receipt) || receipt.spec.system === 'random';
}

/** The lengths at which all rows can be looked at: what receipts have, and the usual ones, as far as all lists reach. */
export function lengthsOf(rows: readonly OwnRow[]): number[] {
  const all = rows.flatMap(({ runs }) => runs.map(({ receipt }) => cutoffsOf(receipt.metrics.test)));
  const longest = Math.min(...all.map((cutoffs) => Math.max(0, ...cutoffs)));
  return inOrder([...LENGTHS, ...all.flat()]).filter((length) => length <= longest);
}
