import { describe, expect, it } from 'vitest';

import { firstSpec } from '../src/lib/defaults';
import { STAGES, type Flow } from '../src/lib/flow';
import { lanesOf, ribbonsOf, stagesAt, thickness } from '../src/lib/ribbons';
import { formulaOf, QUESTIONS } from '../src/lib/stages';
import type { Design } from '../src/lib/types';
import { momentsOf } from '../src/lib/walk';
import { flowOf } from '../src/lib/wiring';
import { AXES, BM3, BPR_MF, COORDINATE, FREEDOM, LATTICE, VBPR } from './designs';

const MODALITIES = [
  { name: 'textual', dim: 64 },
  { name: 'visual', dim: 388 },
];

function links(flow: Flow, kind?: string): string[] {
  return flow.links.filter((link) => !kind || link.kind === kind).map(({ from, to }) => `${from} → ${to}`);
}

function node(flow: Flow, id: string) {
  return flow.nodes.find((node) => node.id === id);
}

describe('the flow of a design', () => {
  const flow = (design: Design, used?: string[]) => flowOf(design, MODALITIES, 32, used);

  it('meets where a joint representation does', () => {
    const vbpr = flow(VBPR);
    expect(links(vbpr)).toContain('extract-0 → joint');
    expect(links(vbpr)).toContain('joint → score');
    expect(links(vbpr)).toContain('own → score');
    expect(node(vbpr, 'joint')).toMatchObject({ stage: 'represent', width: 32, modality: null });
    expect(node(vbpr, 'extract-1')).toMatchObject({ width: 388, modality: 1 });
    expect(node(vbpr, 'fuse')).toBeUndefined();
  });

  it('meets before the score when fused early, and after it when late', () => {
    const early = flow({ ...COORDINATE, operator: 'concat' });
    expect(node(early, 'fuse')).toMatchObject({ stage: 'fuse', width: 64 });
    const late = flow({ ...COORDINATE, when: 'late' });
    expect(node(late, 'fuse')).toMatchObject({ stage: 'score', width: 1 });
    expect(links(late)).toContain('represent-0 → score-represent-0');
    expect(links(late)).toContain('score-own → fuse');
  });

  it('carries edges to the graph of items, from representations if it is learned', () => {
    expect(links(flow(LATTICE), 'edges')).toContain('represent-1 → edges-1');
    expect(links(flow(LATTICE), 'edges')).toContain('merge → items');
    expect(links(flow(FREEDOM), 'edges')).toContain('extract-1 → edges-1');
    const scored = flow({ ...LATTICE, roles: ['scoring', 'edge-weights'], operator: 'sum' });
    expect(links(scored, 'edges')).toContain('edges-0 → items');
    expect(links(scored)).toContain('fuse → fuse-items');
  });

  it('passes the score by where only the loss sees content', () => {
    const bm3 = flow(BM3);
    expect(links(bm3, 'loss')).toContain('represent-0-past → loss');
    expect(links(bm3, 'vectors').filter((link) => link.endsWith('→ score'))).toEqual(['own-users → score']);
  });

  it('is of users’ and items’ own vectors alone where no content is read', () => {
    const own = flow(BPR_MF);
    expect(own.nodes.map(({ id }) => id)).toEqual(['data', 'own', 'loss', 'score']);
  });

  it('keeps a modality’s colour when the other is not used', () => {
    const visual = flow({ ...VBPR }, ['visual']);
    expect(node(visual, 'represent-1')).toMatchObject({ lane: 0, modality: 1 });
    expect(node(visual, 'extract-0')).toBeUndefined();
  });

  it('lets modalities play different parts', () => {
    const design = {
      ...LATTICE,
      roles: ['scoring', 'edge-weights'],
      'item-item-graph': 'frozen',
      operator: 'sum',
    };
    const parts = { 'roles-of': { textual: ['scoring'], visual: ['edge-weights'] } };
    const flowed = flow({ ...design, ...parts } as Design);
    expect(links(flowed, 'edges')).toEqual(['extract-1 → edges-0', 'edges-0 → items']);
    expect(node(flowed, 'represent-1')).toBeUndefined();
    expect(node(flowed, 'fuse')).toBeUndefined();
    expect(links(flowed)).toContain('represent-0 → represent-0-items');
  });

  it('is as wide as a network makes raw input', () => {
    const raw = flow({ ...VBPR, extraction: 'end-to-end' });
    expect([node(raw, 'extract-0')?.width, node(raw, 'extract-1')?.width]).toEqual([32, 32]);
    expect(node(raw, 'which-1')?.width).toBeNull();
  });

  it('begins and ends somewhere, for every answer', () => {
    const answers = AXES.flatMap(({ name, choices }) =>
      choices.map((choice) => [name, choice.name] as const),
    );
    for (const base of [VBPR, COORDINATE, LATTICE, FREEDOM, BM3, BPR_MF]) {
      for (const [axis, answer] of answers) {
        const { nodes, links } = flow({ ...base, [axis]: axis === 'roles' ? [answer] : answer });
        const ids = new Set(nodes.map(({ id }) => id));
        expect(ids.size).toBe(nodes.length);
        expect(links.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
        expect(
          nodes.every(
            ({ id }) =>
              id === 'loss' ||
              links.some(({ from }) => from === id) ||
              node({ nodes, links }, id)?.kind === 'graph' ||
              /^(which|extract|represent|joint)/.test(id),
          ),
        ).toBe(true);
      }
    }
  });
});

describe('ribbons', () => {
  const field = {
    stages: stagesAt(STAGES.map((_, nth) => 50 + nth * 100)),
    pitch: 100,
    firstLane: 40,
    laneGap: 44,
    widest: 24,
    downwards: false,
  };

  it('are wider for more numbers, within bounds', () => {
    const widths = [null, 1, 64, 4096, 100_000].map((numbers) => thickness(numbers, 24));
    expect(widths).toEqual([...widths].sort((left, right) => left - right));
    expect([widths[0], widths.at(-1)]).toEqual([2, 24]);
  });

  it('lie where their lanes are, across or downwards', () => {
    const flow = flowOf(VBPR, MODALITIES, 64);
    const { placed } = ribbonsOf(flow, field);
    const down = ribbonsOf(flow, { ...field, downwards: true }).placed;
    expect(placed.find(({ node }) => node.id === 'extract-1')).toMatchObject({ x: 250, y: 84 });
    expect(down.find(({ node }) => node.id === 'extract-1')).toMatchObject({ x: 84, y: 250 });
  });

  it('are drawn with numbers only', () => {
    for (const design of [VBPR, LATTICE, FREEDOM, BM3, { ...COORDINATE, when: 'late' } as const]) {
      const { ribbons } = ribbonsOf(flowOf(design, MODALITIES, 64), field);
      for (const { area, line } of ribbons) expect(area + line).toMatch(/^[MCLZ\d.\s-]+$/);
    }
  });

  it('have room above for what passes by', () => {
    expect(lanesOf(flowOf(FREEDOM, MODALITIES, 64)).first).toBeLessThan(-1);
    expect(lanesOf(flowOf(VBPR, MODALITIES, 64))).toEqual({ first: 0, last: 2 });
  });
});

describe('the diagram’s columns', () => {
  it('ask no question twice', () => {
    const axes = STAGES.flatMap((stage) => QUESTIONS[stage].axes);
    expect(new Set(axes).size).toBe(axes.length);
  });

  it('have formulas for answers, and none where there is nothing to compute', () => {
    expect(formulaOf('when', 'late')).toMatch(/fuse/);
    expect(formulaOf('operator', 'none')).toBeNull();
    expect(formulaOf('invented', 'answer')).toBeNull();
  });
});

describe('a training step', () => {
  const facts = {
    design: VBPR,
    spec: { ...firstSpec(), 'hyper-parameters': { 'learning-rate': 0.005, layers: 2 } },
    modalities: MODALITIES,
    factors: 64,
    loss: {},
    parameters: null,
    stepsPerEpoch: null,
  };
  const captions = (more: Partial<typeof facts> = {}) =>
    momentsOf({ ...facts, ...more }).map(({ title, caption }) => `${title}: ${caption}`);

  it('goes from the batch to the gradients', () => {
    const moments = momentsOf(facts);
    expect(moments.map(({ title }) => title)).toEqual([
      'The batch',
      'The features',
      'Representation',
      'Fusion',
      'The two scores',
      'The loss',
      'The gradients, back',
    ]);
    expect(moments.at(-1)).toMatchObject({ backwards: true, stages: STAGES });
  });

  it('tells numbers that are known, and none that are not', () => {
    expect(captions()[0]).toMatch(/^The batch: At most 1,024 rows/);
    expect(captions()[1]).toMatch(/textual is 64 numbers and visual is 388 numbers/);
    expect(captions().join()).toMatch(/Take a step below/);
    const measured = captions({
      loss: { ranking: 0.5, regularisation: 0.25, total: 0.75 },
      parameters: 12345 as unknown as null,
      stepsPerEpoch: 5 as unknown as null,
    });
    expect(measured.join()).toMatch(/ranking 0.5000 \+ regularisation 0.2500 = 0.7500/);
    expect(measured.join()).toMatch(/All 12,345 numbers to learn/);
    expect(measured[0]).toMatch(/An epoch has 5 such steps/);
  });

  it('skips what a design does not do', () => {
    expect(captions({ design: BPR_MF }).join()).not.toMatch(/Fusion|Representation/);
    expect(captions({ design: LATTICE }).join()).toMatch(/The graphs: Users learn .*, 2 steps far\./);
    expect(captions({ design: BM3 }).join()).toMatch(/The score: /);
  });
});
