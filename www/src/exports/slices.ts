/** One run on every slice, on its way out of the page. */

import type { JudgedSlice } from '../lib/by-slice';
import type { FinishedRun } from '../lib/finished-run';
import { sliceTitle } from '../lib/slices';
import { valueAt } from '../lib/tables';
import { factsOf, sourceOfRun } from './runs';
import { metricCell, metricColumn, type ResultTable } from './table';

export function tableOfSlices(
  run: FinishedRun,
  judged: readonly JudgedSlice[],
  names: readonly string[],
  cutoffs: readonly number[],
): ResultTable {
  const source = sourceOfRun(run);
  const columns = names.flatMap((name) => cutoffs.map((cutoff) => ({ name, cutoff })));
  return {
    name: `${source.name}-slices`,
    title: `${source.title}, by people and items`,
    notes: [...source.notes, 'Test lists, judged as if nothing but the slice had been held out.'],
    rowTitle: 'slice',
    columns: columns.map(({ name, cutoff }) => metricColumn(name, cutoff)),
    rows: judged.map(({ slice, test }) => ({
      title: sliceTitle(slice),
      facts: { slice: slice.name, users: slice.users, interactions: slice.interactions, ...factsOf(run) },
      cells: columns.map(({ name, cutoff }) => metricCell(name, valueAt(test, name, cutoff))),
      // Slices are not equally hard: none of them is the best.
      apart: true,
    })),
  };
}
