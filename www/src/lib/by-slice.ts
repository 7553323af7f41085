/** One run, judged on every slice of what was held out. */

import { formatCount } from './format';
import { OpenedRuns, type RunWithLists } from './opened-runs';
import { sliceMeaning, sliceTitle } from './slices';
import { type ComparedRow, meansOf } from './tables';
import type { MetricTable, SliceSummary } from './types';

export interface JudgedSlice {
  slice: SliceSummary;
  /** Without what does not concern the slice. */
  test: MetricTable;
}

/** Every metric of a run on every slice, everything first. */
export async function judgeBySlice(
  packages: string,
  run: RunWithLists,
  lengths: readonly number[],
): Promise<JudgedSlice[]> {
  const opened = new OpenedRuns(packages);
  try {
    const judged: JudgedSlice[] = [];
    for (const slice of await opened.open([run])) {
      const [row] = await opened.values([{ label: slice.name, runs: [0] }], slice.name, lengths);
      judged.push({ slice, test: meansOf(row?.test ?? {}) });
    }
    return judged;
  } finally {
    opened.end();
  }
}

/** As rows of a table. */
export function rowsBySlice(judged: readonly JudgedSlice[]): ComparedRow[] {
  return judged.map(({ slice, test }) => ({
    name: slice.name,
    title: sliceTitle(slice),
    idea: sliceMeaning(slice),
    note: `${formatCount(slice.users)} people`,
    test,
  }));
}
