import { readdirSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { planBackend, wishIn } from '../src/lib/backend';
import { statedLength } from '../src/lib/download';
import { commandFor, PUBLIC, TWINS } from '../src/lib/recipes';
import { addressWith, looksLikeLink, obstacleTo, sameSpec } from '../src/lib/link';
import { firstSpec } from '../src/lib/defaults';
import type { DatasetSummary } from '../src/lib/types';

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
    expect(obstacleTo([shared], here)).toBeNull();
    expect(obstacleTo([made()], here)).toBeNull();
    expect(obstacleTo([shared], null)).toMatch(/not open here/);
    expect(obstacleTo([shared], { ...here, name: 'toys-twin' })).toMatch(/office-twin/);
    expect(obstacleTo([shared], { ...here, digest: 'acb' })).toMatch(/version/);
  });
});

describe('a recipe of data', () => {
  const namesIn = (folder: string) =>
    readdirSync(new URL(`../../${folder}`, import.meta.url))
      .filter((file) => file.endsWith('.toml'))
      .map((file) => file.slice(0, -'.toml'.length))
      .sort();

  it('is known by the name that links carry', () => {
    expect(namesIn('datasets-public')).toEqual(PUBLIC);
    expect(namesIn('datasets-small')).toEqual(TWINS);
    expect(commandFor('ml-1m')).toBe('fusebox fetch ml-1m');
    expect(commandFor('music-twin')).toBe('fusebox twin datasets-small/music-twin.toml -o music-twin.fbx');
    expect(commandFor('somebody’s')).toBeNull();
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
