/** What a metric looks at: accuracy on one side; on the other, everything a short list of hits does not tell. */
export type Family = 'accuracy' | 'novelty' | 'diversity' | 'coverage' | 'popularity';

export interface Metric {
  /** As in receipts. */
  name: string;
  title: string;
  /** What it says, for somebody who has never met it. */
  plain: string;
  /** At cutoff K, with L the list of a user and Rel the user's held-out items. */
  formula: string;
  better: 'higher' | 'lower' | 'neither';
  family: Family;
  /** How values are written: with four decimals, as a percentage, or as a plain count. */
  unit: 'score' | 'percentage' | 'count' | 'bits';
}

export const FAMILY_TITLES: Record<Family, string> = {
  accuracy: 'Accuracy',
  novelty: 'Novelty',
  diversity: 'Diversity',
  coverage: 'Coverage',
  popularity: 'Popularity bias',
};

/** Every metric of a receipt, accuracy first. */
export const METRICS: readonly Metric[] = [
  {
    name: 'recall',
    title: 'Recall',
    plain: 'Of the things a person really went on to choose, the share that the list contains.',
    formula: 'mean over users of |L ∩ Rel| / |Rel|',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'ndcg',
    title: 'nDCG (graded)',
    plain:
      'Are the hits near the top, and those with the most stars highest? 1 is the best order possible. This is the published benchmark’s nDCG: a hit gains more the better it was rated.',
    formula: 'DCG / ideal DCG, with DCG = Σ (2^(rating + 1) − 1) / log₂(rank + 1) over the hits',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'ndcg-binary',
    title: 'nDCG (binary)',
    plain:
      'Are the hits near the top? Every hit counts the same, whatever its stars. This is what most papers print; do not compare it with the graded one.',
    formula: 'DCG / ideal DCG, with DCG = Σ 1 / log₂(rank + 1) over the hits',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'precision',
    title: 'Precision',
    plain: 'The share of the list that the person really went on to choose.',
    formula: 'mean over users of |L ∩ Rel| / K',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'hit-rate',
    title: 'Hit rate',
    plain: 'The share of people whose list has at least one hit.',
    formula: 'share of users with |L ∩ Rel| ≥ 1',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'mrr',
    title: 'MRR',
    plain: 'How soon the first hit comes: 1 when it is on top, ½ when it is second, 0 when there is none.',
    formula: 'mean over users of 1 / rank of the first hit',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'map',
    title: 'MAP',
    plain: 'Precision taken at each hit and averaged: hits high in the list count for those below them too.',
    formula: 'mean over users of Σ over hits of (hits so far / rank) / min(|Rel|, K)',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'map-elliot',
    title: 'MAP (Elliot)',
    plain:
      'What the Elliot framework calls MAP: precision averaged over every depth of the list, hit or not. Not comparable with the usual MAP.',
    formula: 'mean over users of (1/K) Σₙ hits in the first n / n, n = 1 … K',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'f1',
    title: 'F1',
    plain: 'Precision and recall in one number, low as soon as either is low.',
    formula: 'mean over users of 2 · precision · recall / (precision + recall)',
    better: 'higher',
    family: 'accuracy',
    unit: 'score',
  },
  {
    name: 'efd',
    title: 'EFD',
    plain:
      'Novelty of what was right: hits on things that few people know count most. A miss counts nothing, so it rewards accuracy too.',
    formula:
      'mean over users of Σ hit · ν / log₂(rank + 1), over Σ 1 / log₂(rank + 1); ν = −log₂(share of train interactions)',
    better: 'higher',
    family: 'novelty',
    unit: 'score',
  },
  {
    name: 'epc',
    title: 'EPC',
    plain: 'As EFD, with a gentler idea of unknown: the share of people who have not met the item.',
    formula: 'as EFD with ν = 1 − share of train users who have the item',
    better: 'higher',
    family: 'novelty',
    unit: 'score',
  },
  {
    name: 'gini',
    // Not to be broken within the brackets.
    title: 'Gini (1\u00a0−\u00a0G)',
    plain:
      'How evenly the lists share the catalogue out: 1 when every item is shown equally often, near 0 when a few items fill all the lists.',
    formula: '1 − G, with G the Gini coefficient of how often each train item is recommended',
    better: 'higher',
    family: 'diversity',
    unit: 'score',
  },
  {
    name: 'shannon-entropy',
    title: 'Shannon entropy',
    plain:
      'The surprise, in bits, of drawing one recommended item: one bit more means twice as many items in play.',
    formula: '−Σ p log₂ p over items, with p the item’s share of all recommendations',
    better: 'higher',
    family: 'diversity',
    unit: 'bits',
  },
  {
    name: 'item-coverage',
    title: 'Items shown',
    plain: 'How many different items appear in at least one list.',
    formula: 'number of distinct items in all lists',
    better: 'higher',
    family: 'coverage',
    unit: 'count',
  },
  {
    name: 'item-coverage-ratio',
    title: 'Coverage',
    plain:
      'The share of the catalogue that appears in at least one list. The rest is never shown to anybody.',
    formula: 'distinct items in all lists / train items',
    better: 'higher',
    family: 'coverage',
    unit: 'percentage',
  },
  {
    name: 'aplt',
    title: 'APLT',
    plain:
      'The share of a list taken from the long tail: the many items that together have only a fifth of the interactions.',
    formula: 'mean over users of |L ∩ tail| / |L|',
    better: 'higher',
    family: 'popularity',
    unit: 'score',
  },
  {
    name: 'aclt',
    title: 'ACLT',
    plain: 'How many items of a list come from the long tail.',
    formula: 'mean over users of |L ∩ tail|',
    better: 'higher',
    family: 'popularity',
    unit: 'score',
  },
  {
    name: 'arp',
    title: 'ARP',
    plain:
      'How popular the recommended items are, in train interactions. High means the lists follow the crowd.',
    formula: 'mean over users of the mean train interactions of L',
    better: 'lower',
    family: 'popularity',
    unit: 'count',
  },
  {
    name: 'pop-reo',
    title: 'PopREO',
    plain:
      'Do popular and long-tail items get the same chance of being found by those who want them? 0 is equal opportunity.',
    formula: 'deviation / mean of (hits in the group / held-out items of the group), head and tail',
    better: 'lower',
    family: 'popularity',
    unit: 'score',
  },
  {
    name: 'pop-rsp',
    title: 'PopRSP',
    plain: 'Do popular and long-tail items get the same chance of being shown at all? 0 is equal exposure.',
    formula:
      'deviation / mean of (recommendations of the group / items of the group not yet met), head and tail',
    better: 'lower',
    family: 'popularity',
    unit: 'score',
  },
];

/** The six metrics of the published tables, in their order. */
export const PUBLISHED_METRICS: readonly string[] = [
  'recall',
  'ndcg',
  'efd',
  'gini',
  'aplt',
  'item-coverage-ratio',
];

const BY_NAME = new Map(METRICS.map((metric) => [metric.name, metric]));

/** The description of a metric; a name this page does not know yet describes itself. */
export function metric(name: string): Metric {
  return (
    BY_NAME.get(name) ?? {
      name,
      title: name,
      plain: 'This page has no description of this metric.',
      formula: '',
      better: 'neither',
      family: 'accuracy',
      unit: 'score',
    }
  );
}

/** The metrics of a family that a table holds, in the order of {@link METRICS}. */
export function metricsOf(family: Family, present: Iterable<string>): Metric[] {
  const names = new Set(present);
  return METRICS.filter((metric) => metric.family === family && names.has(metric.name));
}
