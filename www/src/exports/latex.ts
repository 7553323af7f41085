import { markColumn } from '../lib/tables';
import type { Cell, Column, ResultTable } from './table';

const CHARACTERS: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '−': '$-$',
  '±': '$\\pm$',
  '×': '$\\times$',
  '–': '--',
  '’': "'",
  '“': '``',
  '”': "''",
  '…': '\\dots{}',
  '\u00a0': '~',
};

/** Text that LaTeX prints as it is. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\~^<>−±×–’“”…\u00a0]|[&%$#_{}]/g, (letter) => CHARACTERS[letter] ?? `\\${letter}`);
}

const ARROWS = { higher: ' $\\uparrow$', lower: ' $\\downarrow$', neither: '' };

function number({ value, text, deviationText }: Cell, best: boolean): string {
  if (value === null) return '--';
  const written = best ? `\\textbf{${escapeLatex(text)}}` : escapeLatex(text);
  return deviationText ? `${written} {\\scriptsize$\\pm$\\,${escapeLatex(deviationText)}}` : written;
}

/** Columns side by side under the same head. */
function groupsOf(columns: readonly Column[]): { title: string; arrow: string; size: number }[] {
  const groups: { title: string; arrow: string; size: number }[] = [];
  for (const { group, better } of columns) {
    const last = groups.at(-1);
    if (last?.title === group) last.size += 1;
    else groups.push({ title: group, arrow: ARROWS[better], size: 1 });
  }
  return groups;
}

function headOf({ rowTitle, columns }: ResultTable): string[] {
  const first = escapeLatex(rowTitle.charAt(0).toUpperCase() + rowTitle.slice(1));
  const groups = groupsOf(columns);
  if (groups.length === columns.length) {
    const heads = columns.map(
      ({ group, title, better }) => `${escapeLatex(`${group}${title}`)}${ARROWS[better]}`,
    );
    return [`${[first, ...heads].join(' & ')} \\\\`];
  }
  const spans = groups.map(
    ({ title, arrow, size }) => `\\multicolumn{${size}}{c}{${escapeLatex(title)}${arrow}}`,
  );
  let from = 2;
  const rules = groups.map(({ size }) => `\\cmidrule(lr){${from}-${(from += size) - 1}}`);
  const heads = columns.map(({ title }) => escapeLatex(title));
  return [
    `${['', ...spans].join(' & ').trim()} \\\\`,
    rules.join(' '),
    `${[first, ...heads].join(' & ')} \\\\`,
  ];
}

/** A table for a paper: rules of booktabs, the best of each column in bold, numbers as the page writes them. */
export function toLatex(table: ResultTable): string {
  const { title, notes, columns, rows } = table;
  const marks = columns.map(({ better }, at) =>
    markColumn(
      rows.map(({ cells, apart }) => (apart ? null : cells[at]?.value)),
      better,
    ),
  );
  const lines = rows.map(({ title, cells }, row) =>
    [escapeLatex(title), ...cells.map((cell, at) => number(cell, marks[at]?.[row] === 'best'))].join(' & '),
  );
  const caption = [`${title.replace(/\.$/, '')}.`, ...notes].map(escapeLatex).join(' ');
  return [
    '% Made with Fusebox. Needs \\usepackage{booktabs}.',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${caption}}`,
    `  \\begin{tabular}{l${'r'.repeat(columns.length)}}`,
    '    \\toprule',
    ...headOf(table).map((line) => `    ${line}`),
    '    \\midrule',
    ...lines.map((line) => `    ${line} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}
