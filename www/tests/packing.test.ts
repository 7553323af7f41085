import { readFileSync, readdirSync } from 'node:fs';
import { deflateRawSync, deflateSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { firstSpec } from '../src/lib/defaults';
import { LENGTHS } from '../src/lib/lengths';
import { packLink, unpackLink } from '../src/lib/packing';
import type { Shared } from '../src/lib/types';

const FOLDER = new URL('../../tests/golden/links/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8').trim();
const GOLDEN = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.link'))
  .map((name) => ({
    name,
    link: read(name),
    shared: JSON.parse(read(name.replace('.link', '.json'))) as Shared,
  }));

describe('a link', () => {
  it.each(GOLDEN)('that was once handed out opens: $name', async ({ link, shared }) => {
    expect(await unpackLink(link)).toEqual(shared);
  });

  it.each(GOLDEN)('is short, and opens to what it was made of: $name', async ({ shared }) => {
    const link = packLink(shared);
    expect(await unpackLink(link)).toEqual(shared);
    expect(link.length).toBeLessThan(350);
    expect(packLink({ ...shared, claim: null }).length).toBeLessThan(200);
  });

  it('of the run that the page begins with has less than 400 characters, judged at four lengths', async () => {
    const [{ shared }] = GOLDEN.filter(({ name }) => name === 'vbpr.link') as [(typeof GOLDEN)[number]];
    const spec = { ...shared.spec, ...firstSpec(), dataset: shared.spec.dataset };
    spec['hyper-parameters'] = shared.spec['hyper-parameters'];
    // Six digits that tell nothing of each other.
    const digits = (metric: number, length: number) => ((metric * 7919 + length * 104_729) % 1e6) / 1e6;
    const test = Object.fromEntries(
      Object.keys(shared.claim!.test).map((name, metric) => [
        name,
        Object.fromEntries(LENGTHS.map((length) => [length, digits(metric + 1, length)])),
      ]),
    );
    const link = packLink({ spec, claim: { ...shared.claim!, test } });
    expect(link.length).toBeLessThan(350);
    expect(await unpackLink(link)).toMatchObject({ claim: { test } });
  });

  it('carries several runs in their order, two of them in less than 600 characters', async () => {
    const both = ['vbpr.link', 'lightgcn-cold.link'].map((wanted) => {
      const [found] = GOLDEN.filter(({ name }) => name === wanted);
      return found!.shared;
    });
    const link = packLink(both);
    expect(link.length).toBeLessThan(600);
    for (const order of [both, [...both].reverse()]) {
      expect(await unpackLink(packLink(order))).toEqual(order);
    }
  });

  it('carries no more runs than are run again, and not none', async () => {
    const many = (count: number) => packLink(Array.from({ length: count }, () => GOLDEN[0]!.shared));
    expect(await unpackLink(many(8))).toHaveLength(8);
    await expect(unpackLink(many(9))).rejects.toThrow(/carries 9 runs.*at most 8/);
    await expect(unpackLink(many(0))).rejects.toThrow(/no run/);
  });

  it('notices a changed letter', async () => {
    const [{ shared } = GOLDEN[0]!] = GOLDEN;
    const link = packLink(shared);
    for (let at = 4; at < link.length; at += 1) {
      const letter = link[at] === 'A' ? 'B' : 'A';
      const opened = await unpackLink(link.slice(0, at) + letter + link.slice(at + 1)).catch(() => null);
      // The last letter has bits that mean nothing.
      if (at < link.length - 1) expect(opened).toBeNull();
    }
  });

  const base64 = (bytes: Buffer) => bytes.toString('base64url');

  it.each([
    ['#section', /no Fusebox link/],
    ['#v7.abc', /version 7.*newer/],
    ['#v2.', /damaged/],
    ['#v2.AAAA', /damaged/],
    ['#v2.%%%', /damaged/],
    ['#v1.AAAA', /damaged/],
    [`#v1.${base64(deflateSync('no JSON'))}`, /nothing that Fusebox understands/],
    [`#v1.${base64(deflateSync(Buffer.alloc(50_000_000)))}`, /more than 65536 bytes/],
    [`#v2.AAAA${base64(deflateRawSync(Buffer.alloc(50_000_000)))}`, /more than 65536 bytes|damaged/],
  ])('that is none says what is wrong: %.20s', async (link, sentence) => {
    await expect(unpackLink(link)).rejects.toThrow(sentence);
  });
});
