import { describe, expect, it } from 'vitest';

import { planBackend, wishIn } from '../src/lib/backend';
import { statedLength } from '../src/lib/download';
import { addressWith, looksLikeLink, obstacleTo, sameSpec } from '../src/lib/link';
import { firstSpec } from '../src/lib/defaults';
import { answerIn, answersTo, nearestSystem } from '../src/lib/schema';
import type { DatasetSummary, Design, SystemDescription } from '../src/lib/types';
import { shapeOf, shapeOfDesign, wiringOf } from '../src/lib/wiring';

const BUILT = { cpu: true, gpu: true };
const ADAPTER = { found: true, detail: 'a graphics card' };
const NO_ADAPTER = { found: false, detail: 'this browser offers no WebGPU adapter' };

describe('the backend', () => {
  it('is the GPU when adapter and build are there', () => {
    expect(planBackend('automatic', BUILT, ADAPTER).kind).toBe('gpu');
  });

  it('is the CPU otherwise, and the reason says what is missing', () => {
    expect(planBackend('automatic', BUILT, NO_ADAPTER)).toEqual({ kind: 'cpu', reason: NO_ADAPTER.detail });
    expect(planBackend('automatic', { cpu: true, gpu: false }, ADAPTER).reason).toMatch(/build/);
  });

  it('follows the reader', () => {
    expect(planBackend('cpu', BUILT, ADAPTER).kind).toBe('cpu');
    expect(planBackend('gpu', BUILT, NO_ADAPTER).kind).toBe('gpu');
    expect(wishIn('?backend=gpu')).toBe('gpu');
    expect(wishIn('?backend=abacus')).toBe('automatic');
    expect(wishIn('')).toBe('automatic');
  });
});

describe('a link', () => {
  it('is told from a place on the page', () => {
    expect(looksLikeLink('#v1.abc')).toBe(true);
    expect(looksLikeLink('#v12.abc')).toBe(true);
    for (const hash of ['', '#bench', '#v1', '#version.']) expect(looksLikeLink(hash)).toBe(false);
  });

  it('leaves the query of the page it was made on behind', () => {
    expect(addressWith('#v1.abc', 'https://example.org/sub/?backend=cpu#old')).toBe(
      'https://example.org/sub/#v1.abc',
    );
  });

  it('carries the same run whatever the order of fields, and another when a number differs', () => {
    const spec = firstSpec();
    const { training, ...rest } = firstSpec();
    expect(sameSpec(spec, { training, ...rest, modalities: undefined })).toBe(true);
    expect(sameSpec(spec, { ...spec, seed: 2 })).toBe(false);
    expect(
      sameSpec(
        { ...spec, modalities: ['visual', 'textual'] },
        { ...spec, modalities: ['textual', 'visual'] },
      ),
    ).toBe(false);
  });
});

describe('an obstacle to a re-run', () => {
  const here = { name: 'office-twin', digest: 'abc' } as DatasetSummary;
  const made = (digest?: string) => ({
    spec: { ...firstSpec(), dataset: { name: 'office-twin', digest } },
    claim: null,
  });
  const shared = made('ab');

  it('is other data, or none, or another version of the same', () => {
    expect(obstacleTo(shared, here)).toBeNull();
    expect(obstacleTo(made(), here)).toBeNull();
    expect(obstacleTo(shared, null)).toMatch(/not open here/);
    expect(obstacleTo(shared, { ...here, name: 'toys-twin' })).toMatch(/office-twin/);
    expect(obstacleTo(shared, { ...here, digest: 'acb' })).toMatch(/version/);
  });
});

describe('a stated length', () => {
  it('is not believed when it counts compressed bytes, or nothing', () => {
    expect(statedLength(new Headers({ 'content-length': '1000' }))).toBe(1000);
    expect(statedLength(new Headers({ 'content-length': '1000', 'content-encoding': 'gzip' }))).toBeNull();
    expect(statedLength(new Headers())).toBeNull();
    expect(statedLength(new Headers({ 'content-length': 'many' }))).toBeNull();
  });
});

describe('the schema', () => {
  const system = (name: string, how: string, when: string): SystemDescription => ({
    name,
    title: name,
    summary: '',
    formula: '',
    trained: true,
    'uses-content': true,
    variants: ['corrected'],
    'hyper-parameters': [],
    'modality-weights': null,
    design: null,
    beyond: null,
    axes: [],
    which: '',
    how,
    when,
    source: '',
  });
  const vbpr = system('vbpr', 'joint: one projection', 'early: concatenated');
  const mmgcn = system('mmgcn', 'coordinate: one graph network each', 'early: mean');
  const bm3 = system('bm3', 'coordinate: by alignment', 'none: through the loss');
  const systems = [vbpr, bm3, mmgcn];

  it('splits an answer from its detail, and takes a bare word whole', () => {
    expect(answerIn('joint: one projection')).toEqual({ short: 'joint', detail: 'one projection' });
    expect(answerIn('early')).toEqual({ short: 'early', detail: '' });
    expect(answerIn('')).toEqual({ short: '', detail: '' });
  });

  it('offers each answer once', () => {
    expect(answersTo('how', systems)).toEqual(['joint', 'coordinate']);
  });

  it('changes one answer and keeps the other where a system allows it', () => {
    expect(nearestSystem('how', 'coordinate', vbpr, systems)).toBe(mmgcn);
    expect(nearestSystem('how', 'joint', bm3, systems)).toBe(vbpr);
    expect(nearestSystem('how', 'coordinate', bm3, systems)).toBe(bm3);
    expect(nearestSystem('when', 'late', vbpr, systems)).toBeNull();
  });

  it('reads the shape of a design from its words', () => {
    expect(shapeOf('coordinate: one each', 'early: mean', 2)).toEqual({
      modalities: 2,
      representation: 'coordinate',
      fusion: 'early',
    });
    expect(shapeOf('joint', 'none: early work had it', 1).fusion).toBe('none');
    expect(shapeOf('coordinate', 'late: sum of scores', 2).fusion).toBe('late');
  });

  it('takes the shape of a reader’s own design from its answers', () => {
    const design = {
      identity: true,
      roles: ['scoring'],
      extraction: 'frozen',
      representation: 'joint',
      normalised: true,
      when: 'never',
      operator: 'none',
      'user-item-graph': 'none',
      'item-item-graph': 'none',
      inference: 'dot-product',
      loss: 'bpr',
      alignment: false,
      sampling: 'users-uniformly',
      regularised: 'start',
      initialisation: 'xavier-uniform',
    } satisfies Design;
    const fusion = (part: Partial<Design>) => shapeOfDesign({ ...design, ...part }, 2).fusion;
    expect(shapeOfDesign(design, 2)).toEqual({ modalities: 2, representation: 'joint', fusion: 'late' });
    expect(fusion({ when: 'early' })).toBe('early');
    expect(fusion({ when: 'late' })).toBe('late');
    expect(fusion({ roles: ['loss-only'] })).toBe('none');
  });

  it('draws every design within its field, all wires beginning and ending somewhere', () => {
    for (const modalities of [0, 1, 2, 3]) {
      for (const representation of ['joint', 'coordinate'] as const) {
        for (const fusion of ['early', 'late', 'none'] as const) {
          const { nodes, wires } = wiringOf({ modalities, representation, fusion });
          expect(nodes.every(({ y }) => y >= 8 && y <= 124)).toBe(true);
          expect(wires.every(({ path }) => /^M[\d. ]+C[\d. ]+$/.test(path))).toBe(true);
          expect(wires.some(({ dashed }) => dashed)).toBe(fusion === 'none' && modalities > 0);
        }
      }
    }
  });
});
