/** Everything that a finding rests on, as columns of a table. */

import { formatChange, formatDifference, formatP } from '../lib/comparisons';
import type { SuiteDifference } from '../lib/types';
import { type Cell, cell, type Column } from './table';

/** The numbers of a difference, each under its head. */
const NUMBERS: readonly {
  name: string;
  group: string;
  title: string;
  cell: (difference: SuiteDifference) => Cell;
}[] = [
  {
    name: 'difference',
    group: 'Difference',
    title: '',
    cell: ({ difference }) => cell(difference, formatDifference),
  },
  {
    name: 'relative',
    group: 'In per cent',
    title: '',
    cell: ({ relative }) => cell(relative, (share) => formatChange(share)),
  },
  ...([0, 1] as const).map((end) => ({
    name: `interval-${['low', 'high'][end]}`,
    group: '95 % interval',
    title: ['from', 'to'][end] ?? '',
    cell: ({ interval }: SuiteDifference) => cell(interval[end], formatDifference),
  })),
  ...(
    [
      ['difference', 'p, difference'],
      ['signed-rank', 'p, ranks'],
      ['equivalence', 'p, sameness'],
    ] as const
  ).flatMap(([kind, group]) => [
    {
      name: `p-${kind}`,
      group,
      title: 'plain',
      cell: ({ p }: SuiteDifference) => cell(p[kind], formatP),
    },
    {
      name: `p-${kind}-corrected`,
      group,
      title: 'corrected',
      cell: ({ corrected }: SuiteDifference) => cell(corrected[kind], formatP),
    },
  ]),
  {
    name: 'seeds-mean',
    group: 'Seeds',
    title: 'mean',
    cell: ({ seeds }) => cell(seeds?.mean, formatDifference),
  },
  {
    name: 'seeds-deviation',
    group: 'Seeds',
    title: 'deviation',
    cell: ({ seeds }) => cell(seeds?.deviation, (deviation) => deviation.toFixed(4)),
  },
];

export const differenceColumns: readonly Column[] = NUMBERS.map(({ name, group, title }) => ({
  name,
  group,
  title,
  better: 'neither',
}));

/** One for each of the columns. */
export function differenceCells(difference: SuiteDifference): Cell[] {
  return NUMBERS.map(({ cell }) => cell(difference));
}
