import { describe, expect, it } from 'vitest';

import { toCsv } from '../src/exports/csv';
import { COLOURS, element, type Palette, toSvg, wrap } from '../src/exports/figure';
import { drawCurve } from '../src/exports/figures/curve';
import { drawIntervals } from '../src/exports/figures/intervals';
import { drawScatter } from '../src/exports/figures/scatter';
import { drawStrips } from '../src/exports/figures/strips';
import { toJson } from '../src/exports/json';
import { escapeLatex, toLatex } from '../src/exports/latex';
import { sourceOfPaper, tableOfPaper } from '../src/exports/published';
import { tableOfAnswer, tableOfSuite } from '../src/exports/suites';
import { cell, metricCell, metricColumn, type ResultTable } from '../src/exports/table';
import { commonPartner, linesOf } from '../src/lib/comparisons';
import { EXPERIMENTS, load } from '../src/measured/measured';

const RESULTS: ResultTable = {
  name: 'results',
  title: 'Systems & their 100 % "best"',
  notes: ['Data: office_twin, which is synthetic, digest 0123.'],
  rowTitle: 'system',
  columns: [metricColumn('recall', 10), metricColumn('recall', 20), metricColumn('arp', 10)],
  rows: [
    {
      title: 'early, then "late"',
      facts: { seeds: 5, synthetic: true },
      cells: [
        metricCell('recall', 0.1 + 0.2, 1 / 3e4),
        metricCell('recall', 0.25),
        metricCell('arp', 12.5, 0.5),
      ],
    },
    {
      title: 'LATTICE',
      facts: { seeds: 1, synthetic: true },
      cells: [metricCell('recall', 0.2), metricCell('recall', null), metricCell('arp', 3)],
    },
    {
      title: 'paper: other data',
      facts: { seeds: null, synthetic: false },
      cells: [metricCell('recall', 0.9), metricCell('recall', 0.9), metricCell('arp', 1)],
      apart: true,
    },
  ],
};

/** As RFC 4180 reads it. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  const fields = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/y;
  for (let match = fields.exec(text); match; match = fields.exec(text)) {
    const [, field = '', end] = match;
    lines.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') lines.push([]);
  }
  lines.pop();
  return lines;
}

describe('CSV', () => {
  const [head = [], ...lines] = parseCsv(toCsv(RESULTS));

  it('has facts before numbers, and deviations only where there are any', () => {
    expect(head).toEqual([
      'system',
      'seeds',
      'synthetic',
      'recall@10',
      'recall@10 deviation',
      'recall@20',
      'arp@10',
      'arp@10 deviation',
    ]);
    expect(lines.every((line) => line.length === head.length)).toBe(true);
  });

  it('quotes what needs quotes, and keeps every digit', () => {
    expect(lines[0]?.[0]).toBe('early, then "late"');
    expect(Number(lines[0]?.[3])).toBe(0.1 + 0.2);
    expect(Number(lines[0]?.[4])).toBe(1 / 3e4);
    expect(lines[1]?.[5]).toBe('');
    expect(lines[2]?.[1]).toBe('');
  });
});

describe('JSON', () => {
  it('keeps every digit, and tells undefined from zero', () => {
    const { title, rows } = JSON.parse(toJson(RESULTS));
    expect(title).toBe(RESULTS.title);
    expect(rows[0]).toMatchObject({ system: 'early, then "late"', synthetic: true });
    expect(rows[0].values['recall@10']).toBe(0.1 + 0.2);
    expect(rows[0].deviations['recall@10']).toBe(1 / 3e4);
    expect(rows[1].values['recall@20']).toBeNull();
  });
});

describe('LaTeX', () => {
  const latex = toLatex(RESULTS);

  it('escapes what LaTeX would not print', () => {
    expect(escapeLatex('a_b & 5 % of $x #1 {y} ~ ^ \\')).toBe(
      'a\\_b \\& 5 \\% of \\$x \\#1 \\{y\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{}',
    );
    expect(escapeLatex('−1\u00a0±\u00a02 – it’s')).toBe("$-$1~$\\pm$~2 -- it's");
    expect(latex).toContain('Systems \\& their 100 \\%');
    expect(latex).toContain('office\\_twin, which is synthetic');
  });

  it('has heads over columns of the same metric, with the better side', () => {
    expect(latex).toContain('\\multicolumn{2}{c}{Recall $\\uparrow$}');
    expect(latex).toContain('\\multicolumn{1}{c}{ARP $\\downarrow$}');
    expect(latex).toContain('\\cmidrule(lr){2-3} \\cmidrule(lr){4-4}');
  });

  it('prints the best of each column in bold, with deviations, and leaves out who does not compete', () => {
    expect(latex).toContain('\\textbf{0.3000} {\\scriptsize$\\pm$\\,0.0000}');
    expect(latex).toContain('\\textbf{3}');
    expect(latex).toContain('paper: other data & 0.9000 & 0.9000 & 1 \\\\');
    expect(latex).toContain('LATTICE & 0.2000 & -- &');
  });

  it('closes everything that it opens', () => {
    const count = (pattern: RegExp) => latex.match(pattern)?.length ?? 0;
    expect(count(/\\begin/g)).toBe(count(/\\end/g));
    expect(count(/(?<!\\)\{/g)).toBe(count(/(?<!\\)\}/g));
  });
});

const experiment = EXPERIMENTS.find(({ name }) => name === 'fusion');
if (!experiment) throw new Error('There is no fusion suite.');
const { table: suite, comparisons } = await load(experiment);
if (!comparisons) throw new Error('The fusion suite compares nothing.');
const answer = comparisons.questions[0];
if (!answer) throw new Error('The fusion suite asks nothing.');

describe('tables of the page', () => {
  it('hold the published figures', () => {
    const table = tableOfPaper('office', 20);
    const lattice = table.rows.find(({ title }) => title === 'LATTICE');
    expect(lattice?.cells[0]?.value).toBeGreaterThan(0.1);
    expect(table.notes.join(' ')).toMatch(/not measured here/);
    expect(toLatex(table)).toContain('Recall@20 $\\uparrow$');
  });

  it('hold a suite’s means and deviations as committed, and say that data are synthetic', () => {
    const table = tableOfSuite(experiment, suite, suite.rows, ['recall'], 20);
    const row = suite.rows[0];
    expect(table.rows[0]?.cells[0]).toMatchObject({
      value: row?.test.recall?.[20]?.mean,
      deviation: row?.test.recall?.[20]?.deviation,
    });
    expect(table.rows[0]?.facts.synthetic).toBe(true);
    expect(table.notes[0]).toMatch(/synthetic, digest [0-9a-f]{16}\./);
  });

  it('hold what findings rest on', () => {
    const table = tableOfAnswer(experiment, comparisons, answer, 'recall');
    const at = (name: string) => table.columns.findIndex((column) => column.name === name);
    const { differences } = answer.pairs[0] ?? {};
    const [row] = table.rows;
    expect(row?.facts.finding).toBe(differences?.recall?.finding);
    expect(row?.cells[at('p-difference-corrected')]?.value).toBe(differences?.recall?.corrected.difference);
    expect(row?.cells[at('interval-low')]?.value).toBe(differences?.recall?.interval[0]);
  });

  it('write undefined numbers as nothing', () => {
    expect(cell(undefined, String)).toEqual({ value: null, text: '', deviation: null, deviationText: '' });
  });
});

describe('charts in files', () => {
  const palette = Object.fromEntries(COLOURS.map((name) => [name, 'rgb(1, 2, 3)'])) as Palette;
  const source = sourceOfPaper('office', 10);
  const points = [
    { name: 'a', title: 'A & B', x: 0.1, y: 0.4 },
    { name: 'b', title: 'C', x: 0.2, y: 0.3 },
  ];
  const drawn = {
    scatter: drawScatter('recall', 'gini', points, palette),
    intervals: drawIntervals(linesOf(answer, 'recall'), commonPartner(answer), comparisons.margin, palette),
    strips: drawStrips(suite.rows, ['recall', 'gini'], 20, palette),
    curve: drawCurve([0, 1, 2], [{ title: 'loss', values: [0.7, null, 0.5] }], [], 2, String, palette),
  };

  it.each(Object.entries(drawn))(
    '%s stands alone: no class, no variable, title and source inside',
    (_, drawing) => {
      const svg = toSvg({ source, draw: () => drawing }, palette);
      expect(svg).not.toMatch(/class=|var\(|NaN|undefined|Infinity/);
      expect(svg).toContain('<title>Published test results on Amazon Office');
      expect(svg).toContain('not measured here');
      const opened = svg.match(/<[a-z]+/g)?.length;
      expect(svg.match(/<\/[a-z]+>|\/>/g)?.length).toBe(opened);
    },
  );

  it('escape what is text', () => {
    expect(drawn.scatter.body).toContain('A &amp; B');
    expect(element('a', { href: '"<' })).toBe('<a href="&quot;&lt;"/>');
  });

  it('break long lines between words', () => {
    expect(wrap('one two three', 40, 10)).toEqual(['one two', 'three']);
    expect(wrap('', 40, 10)).toEqual(['']);
  });
});
