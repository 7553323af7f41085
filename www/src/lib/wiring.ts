import { Draft, type Flow, type FlowModality, type FlowNode } from './flow';
import { rolesOf } from './roles';
import { projects } from './schema';
import type { Design, Extraction, Operator } from './types';

/** What operators look like in the diagram. */
const SIGNS: Record<Operator, string> = {
  none: '',
  concat: '∥',
  sum: '+',
  mean: 'x̄',
  max: '⌃',
  product: '×',
  weighted: 'w',
  attention: 'α',
  gated: 'σ',
  'graph-merge': '⊕',
};

/** Numbers that the network for raw pictures and sounds makes of each; that for words makes as many as there are factors. */
const CONVOLVED = 32;

export function extractionOf(design: Design, modality: string): Extraction {
  return design['extraction-of']?.[modality] ?? design.extraction;
}

/** How many numbers stand for an item before it is represented. */
export function extractedWidth(design: Design, { name, dim }: FlowModality, factors: number): number {
  if (extractionOf(design, name) !== 'end-to-end') return dim;
  return name === 'textual' ? factors : CONVOLVED;
}

/**
 * How data, modalities and interactions run together into a score and a loss (src/models/composed). Of all modalities, those with
 * the names `used` are; a design without content reads none of them.
 */
export function flowOf(
  design: Design,
  all: readonly FlowModality[],
  factors: number,
  used: readonly string[] = all.map(({ name }) => name),
): Flow {
  const draft = new Draft();
  const roles = all.map(({ name }) => (used.includes(name) ? rolesOf(design, name) : []));
  const lanes = all.filter((_, nth) => (roles[nth]?.length ?? 0) > 0).length;
  const middle = Math.max(0, lanes - 1) / 2;
  const has = (nth: number, role: string): boolean => roles[nth]?.some((one) => one === role) ?? false;
  const any = (role: string): boolean => all.some((_, nth) => has(nth, role));

  const data = draft.node('data', 'data', lanes / 2);
  const own = draft.node('own', 'which', lanes, { width: factors });
  draft.link(data, own, 'raw');

  // A modality that is there for nothing has no lane.
  const read = all.flatMap((modality, nth) => (roles[nth]?.length ? [{ ...modality, nth }] : []));
  const extracted = read.map((modality, lane) => {
    const { nth, name, dim } = modality;
    const raw = extractionOf(design, name) === 'end-to-end';
    const which = draft.node(`which-${nth}`, 'which', lane, { modality: nth, width: raw ? null : dim });
    const extract = draft.node(`extract-${nth}`, 'extract', lane, {
      modality: nth,
      width: extractedWidth(design, modality, factors),
    });
    draft.link(data, which, 'raw', nth);
    draft.link(which, extract, raw ? 'raw' : 'vectors');
    return extract;
  });

  const joint = design.representation === 'joint' && lanes > 1;
  let represented: (FlowNode | null)[] = [];
  if (joint) {
    const node = draft.node('joint', 'represent', middle, { width: factors });
    for (const extract of extracted) draft.link(extract, node);
    represented = read.map(() => node);
  } else {
    represented = read.map(({ nth }, lane) => {
      const extract = extracted[lane];
      if (!extract || !projects(design, roles[nth])) return null;
      const node = draft.node(`represent-${nth}`, 'represent', lane, { modality: nth, width: factors });
      draft.link(extract, node);
      return node;
    });
  }

  // What is scored, before any graph; a joint representation once.
  let scored = represented.filter(
    (node, lane): node is FlowNode =>
      node !== null && has(read[lane]?.nth ?? 0, 'scoring') && represented.indexOf(node) === lane,
  );
  if (scored.length > 1 && design.when === 'early') {
    const width = design.operator === 'concat' ? factors * scored.length : factors;
    const fuse = draft.node('fuse', 'fuse', middle, {
      kind: 'operator',
      width,
      sign: SIGNS[design.operator] ?? '',
    });
    for (const node of scored) draft.link(node, fuse);
    scored = [fuse];
  }
  const parts = [...scored, own];

  // The graphs, which all that is scored passes.
  const top = Math.min(...parts.map(({ lane }) => lane));
  const graph = (id: string, shift: number, sign: string): FlowNode =>
    draft.node(id, 'graph', top, { lastLane: lanes, kind: 'graph', shift, sign });
  const two = design['item-item-graph'] !== 'none' && design['user-item-graph'] !== 'none';
  const items = design['item-item-graph'] === 'none' ? null : graph('items', two ? -0.22 : 0, 'items');
  const users = design['user-item-graph'] === 'none' ? null : graph('users', two ? 0.22 : 0, 'people');
  if (items && any('edge-weights')) {
    const learned = design['item-item-graph'] === 'learned';
    const sources = read.flatMap(({ nth }, lane) =>
      has(nth, 'edge-weights') ? [(learned && represented[lane]) || extracted[lane]] : [],
    );
    const merged = sources.length > 1 && design.operator === 'graph-merge';
    const merge = merged
      ? draft.node('merge', 'fuse', middle, { kind: 'operator', sign: SIGNS['graph-merge'] })
      : items;
    sources.forEach((source, nth) => {
      if (!source) return;
      // Where its lane carries what is scored, it goes above.
      const above = scored.length > 0 ? -0.6 - 0.25 * (sources.length - 1 - nth) : source.lane;
      const { modality } = source;
      const bend = draft.node(`edges-${nth}`, 'fuse', above, { kind: 'bend', modality, shift: -0.3 });
      draft.link(source, bend, 'edges');
      draft.link(bend, merge, 'edges');
    });
    if (merged) draft.link(merge, items, 'edges');
  }

  score(draft, design, parts, [items, users], lanes);
  taught(draft, read, represented, has, design, any('scoring') || any('edge-weights'));
  return { nodes: draft.nodes, links: draft.links };
}

/** From what is scored, through the graphs, to the loss. */
function score(
  draft: Draft,
  design: Design,
  parts: readonly FlowNode[],
  graphs: readonly (FlowNode | null)[],
  lanes: number,
): void {
  const late = design.when === 'late' && parts.length > 2;
  const sign = { 'dot-product': '·', predictor: 'R', perceptron: '∿' }[design.inference] ?? '';
  const centre = parts.reduce((sum, { lane }) => sum + lane, 0) / parts.length;
  const loss = draft.node('loss', 'loss', late ? lanes / 2 : centre, { kind: 'loss', sign: '↓' });
  const pair = design.sampling === 'positive-interactions' ? 'vectors' : 'scores';
  const through = parts.map((part) => {
    let last = part;
    for (const graph of graphs) {
      if (!graph) continue;
      const bend = draft.node(`${part.id}-${graph.id}`, 'graph', part.lane, {
        kind: 'bend',
        shift: graph.shift,
        modality: part.modality,
        width: part.width,
      });
      draft.link(last, bend);
      last = bend;
    }
    return last;
  });
  if (!late) {
    const one = draft.node('score', 'score', centre, { kind: 'score', width: 1, sign });
    for (const part of through) draft.link(part, one);
    draft.link(one, loss, pair);
    return;
  }
  const fuse = draft.node('fuse', 'score', lanes / 2, {
    kind: 'operator',
    shift: 0.3,
    width: 1,
    sign: SIGNS[design.operator] ?? '',
  });
  for (const part of through) {
    const own = draft.node(`score-${part.id}`, 'score', part.lane, {
      kind: 'score',
      shift: -0.25,
      modality: part.modality,
      width: 1,
      sign,
    });
    draft.link(part, own);
    draft.link(own, fuse);
  }
  draft.link(fuse, loss, pair);
}

/** Content that only the loss sees passes the score by. */
function taught(
  draft: Draft,
  read: readonly { nth: number }[],
  represented: readonly (FlowNode | null)[],
  has: (nth: number, role: string) => boolean,
  design: Design,
  crossed: boolean,
): void {
  const loss = draft.nodes.find(({ id }) => id === 'loss');
  const seen = represented.filter((node, lane): node is FlowNode => {
    const nth = read[lane]?.nth ?? 0;
    return node !== null && (has(nth, 'auxiliary-loss') || has(nth, 'loss-only') || design.alignment);
  });
  [...new Set(seen)].forEach((node, nth, all) => {
    // Above whatever else runs there.
    const bend = crossed ? -1.2 - 0.25 * (all.length - 1 - nth) : node.lane;
    const more = { kind: 'bend' as const, modality: node.modality, width: null };
    const begin = draft.node(`${node.id}-by`, 'fuse', bend, more);
    const end = draft.node(`${node.id}-past`, 'score', bend, more);
    draft.link(node, begin, 'loss');
    draft.link(begin, end, 'loss');
    if (loss) draft.link(end, loss, 'loss');
  });
}
