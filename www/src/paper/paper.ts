import type { MetricTable } from '../lib/types';
import published from './results.json';

export type PaperDataset = keyof typeof published.results;
type PaperSystem = keyof (typeof published.results)['office'];

export interface PaperRow {
  system: PaperSystem;
  title: string;
  /** One line on what the system does with pictures and words. */
  idea: string;
  test: MetricTable;
}

export const PAPER_DATASETS: readonly { name: PaperDataset; title: string }[] = [
  { name: 'office', title: 'Office' },
  { name: 'toys', title: 'Toys' },
  { name: 'beauty', title: 'Beauty' },
  { name: 'sports', title: 'Sports' },
  { name: 'clothing', title: 'Clothing' },
];

export const PAPER_CUTOFFS = [10, 20] as const;

const SYSTEMS: readonly { name: PaperSystem; title: string; idea: string }[] = [
  {
    name: 'vbpr',
    title: 'VBPR',
    idea: 'One projection of all content, added to what is learned from the interactions alone.',
  },
  {
    name: 'mmgcn',
    title: 'MMGCN',
    idea: 'One graph network for each modality; their user and item vectors are merged before scoring.',
  },
  {
    name: 'grcn',
    title: 'GRCN',
    idea: 'Content decides how far each interaction is to be trusted, and the graph is reweighted accordingly. Read this row with care: the published code gives items the weights of other interactions.',
  },
  {
    name: 'lattice',
    title: 'LATTICE',
    idea: 'Learns which items are alike, modality by modality, and lets alike items share what they know.',
  },
  {
    name: 'bm3',
    title: 'BM3',
    idea: 'No negative examples: content pulls the item vectors into place through the loss only.',
  },
  {
    name: 'freedom',
    title: 'FREEDOM',
    idea: 'As LATTICE with the item graph frozen, and noisy interactions pruned while training.',
  },
];

/** The published file's names, and ours; its coverage is in percent. */
const METRIC_NAMES = [
  { theirs: 'recall', ours: 'recall', unit: 1 },
  { theirs: 'ndcg', ours: 'ndcg', unit: 1 },
  { theirs: 'efd', ours: 'efd', unit: 1 },
  { theirs: 'gini', ours: 'gini', unit: 1 },
  { theirs: 'aplt', ours: 'aplt', unit: 1 },
  { theirs: 'icov', ours: 'item-coverage-ratio', unit: 0.01 },
] as const;

/** The published test results of one dataset. */
export function paperRows(dataset: PaperDataset): PaperRow[] {
  return SYSTEMS.map(({ name, title, idea }) => {
    const results = published.results[dataset][name];
    const test: MetricTable = {};
    for (const { theirs, ours, unit } of METRIC_NAMES) {
      test[ours] = { '10': results['@10'][theirs] * unit, '20': results['@20'][theirs] * unit };
    }
    return { system: name, title, idea, test };
  });
}

/** The published dataset that a dataset's name points at: `office-twin` is modelled on Office. */
export function paperDatasetOf(dataset: string): PaperDataset | null {
  const name = dataset.toLowerCase();
  return PAPER_DATASETS.find((candidate) => name.includes(candidate.name))?.name ?? null;
}

/** The published row of a system, if it is one of the paper's six. */
export function paperRowOf(dataset: string, system: string): { dataset: string; row: PaperRow } | null {
  const found = paperDatasetOf(dataset);
  const row = found && paperRows(found).find((candidate) => candidate.system === system);
  return found && row
    ? { dataset: PAPER_DATASETS.find(({ name }) => name === found)?.title ?? found, row }
    : null;
}
