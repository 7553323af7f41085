import { describe, expect, it } from 'vitest';

import { firstView, groupRows, rowViews } from '../src/measured/rows';

const rows = (labels: string[]) => labels.map((label) => ({ label }));
const grouped = (labels: string[]) =>
  groupRows(rows(labels)).map(({ base, variations }) => [
    base.label,
    ...variations.map(({ label }) => label),
  ]);

describe('rows and their variations', () => {
  it('are told by the entry that the label begins with', () => {
    expect(grouped(['BPR-MF', 'VBPR', 'VBPR, placebo', 'VBPR, 30 %, mean'])).toEqual([
      ['BPR-MF'],
      ['VBPR', 'VBPR, placebo', 'VBPR, 30 %, mean'],
    ]);
  });

  it('keep an entry with a comma in its name apart', () => {
    expect(grouped(['joint', 'joint, placebo', 'joint, fine-tuned', 'joint, fine-tuned, placebo'])).toEqual([
      ['joint', 'joint, placebo'],
      ['joint, fine-tuned', 'joint, fine-tuned, placebo'],
    ]);
  });

  it('need no row without a variation', () => {
    expect(grouped(['VBPR, MiniLM', 'VBPR, MiniLM, noise', 'VBPR, TF-IDF'])).toEqual([
      ['VBPR, MiniLM', 'VBPR, MiniLM, noise'],
      ['VBPR, TF-IDF'],
    ]);
  });

  it('do not mistake a longer name for a variation', () => {
    expect(grouped(['ItemKNN', 'ItemKNN on content'])).toEqual([['ItemKNN'], ['ItemKNN on content']]);
  });
});

describe('the ways to look at a table', () => {
  const many = ['a', 'b', 'c'].flatMap((entry) =>
    ['', ', placebo', ', noise', ', 30 %, mean', ', 30 %, zeros'].map((variation) => entry + variation),
  );

  it('go from the few to the many, and to each entry alone', () => {
    expect(rowViews(rows(many)).map(({ title }) => title)).toEqual([
      'Without variations (3)',
      'Without placebos (9)',
      'All 15 rows',
      'a (5)',
      'b (5)',
      'c (5)',
    ]);
  });

  it('are one where nothing can be folded, and no more where all variations are placebos', () => {
    expect(rowViews(rows(['a', 'b']))).toHaveLength(1);
    expect(rowViews(rows(['a', 'a, placebo'])).map(({ name }) => name)).toEqual(['one', 'all', 'row: a']);
  });

  it('begin folded where the table is long, and whole where it is short', () => {
    expect(firstView(rowViews(rows(many)))).toBe('one');
    expect(firstView(rowViews(rows(['VBPR', 'VBPR, as published'])))).toBe('all');
  });
});
