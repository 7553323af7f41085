import { PUBLISHED_METRICS } from '../lib/metrics';
import { valueAt } from '../lib/tables';
import { PAPER_DATASETS, type PaperDataset, paperRows } from '../paper/paper';
import { metricCell, metricColumn, type ResultTable, type Source } from './table';

export function sourceOfPaper(dataset: PaperDataset, cutoff: number): Source {
  const title = PAPER_DATASETS.find(({ name }) => name === dataset)?.title ?? dataset;
  return {
    name: `paper-${dataset}-${cutoff}`,
    title: `Published test results on Amazon ${title}, lists of ${cutoff}`,
    notes: [
      'nDCG is most likely the graded one.',
      'Figures of arXiv 2309.05273 and its public benchmark, not measured here.',
    ],
  };
}

/** The paper's systems, lists of one length. */
export function tableOfPaper(dataset: PaperDataset, cutoff: number): ResultTable {
  return {
    ...sourceOfPaper(dataset, cutoff),
    rowTitle: 'system',
    columns: PUBLISHED_METRICS.map((name) => metricColumn(name, cutoff)),
    rows: paperRows(dataset).map(({ system, title, test }) => ({
      title,
      facts: { name: system, dataset: `Amazon ${dataset}`, synthetic: false, source: 'arXiv 2309.05273' },
      cells: PUBLISHED_METRICS.map((name) => metricCell(name, valueAt(test, name, cutoff))),
    })),
  };
}
