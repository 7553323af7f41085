import { describe, expect, it } from 'vitest';

import { nameOf, nearestTo } from '../src/lib/nearest';
import { consequencesOf, suspects, type Proposal } from '../src/lib/repair';
import { rolesOf } from '../src/lib/roles';
import { answered, answersTo, sameAnswer, sameDesign, wordsOf } from '../src/lib/schema';
import { plainly, tell } from '../src/lib/stages';
import type { Design } from '../src/lib/types';
import { AXES, BM3, BPR_MF, check, COORDINATE, FREEDOM, LATTICE, SYSTEMS, VBPR } from './designs';

const BOTH = ['textual', 'visual'];

async function proposed(design: Design, axis: keyof Design, answer: unknown, modalities = BOTH) {
  const point = { design: { ...design, [axis]: answer }, modalities };
  const [consequence] = await consequencesOf([{ point, axis } as Proposal], AXES, check);
  return consequence!;
}

describe('an answer', () => {
  it('is the same whatever the order of what is said together', () => {
    expect(sameAnswer(['scoring', 'edge-weights'], ['edge-weights', 'scoring'])).toBe(true);
    expect(sameAnswer(['scoring'], [])).toBe(false);
    expect(sameDesign(VBPR, { ...VBPR, 'extraction-of': undefined })).toBe(true);
    expect(sameDesign(VBPR, { ...VBPR, 'extraction-of': { visual: 'fine-tuned' } })).toBe(false);
  });

  it('reads like words', () => {
    expect(wordsOf(['edge-weights', 'scoring'])).toBe('edge weights and scoring');
    expect(wordsOf(['a', 'b', 'c'])).toBe('a, b and c');
    expect(wordsOf('item-item-graph')).toBe('item–item graph');
    expect([wordsOf([]), wordsOf(true), wordsOf('bpr')]).toEqual(['nothing', 'yes', 'BPR']);
  });

  it('of several begins with the nearest and ends with none', () => {
    const [roles] = AXES.filter(({ several }) => several);
    const answers = answersTo(roles!, ['scoring']);
    expect(answers).toHaveLength(16);
    expect(answers[0]).toEqual(['scoring']);
    expect(answers.at(-1)).toEqual([]);
  });

  it('about what a modality is for may differ by modality', () => {
    const design = { ...VBPR, 'roles-of': { visual: ['edge-weights'] } } as Design;
    expect([rolesOf(design, 'visual'), rolesOf(design, 'textual')]).toEqual([['edge-weights'], ['scoring']]);
    const both = { ...design, roles: ['scoring', 'edge-weights'] } as Design;
    const own = (design: Design) => (design as { 'roles-of'?: unknown })['roles-of'];
    expect(own(answered(both, 'roles', ['edge-weights', 'loss-only']))).toEqual({ visual: ['edge-weights'] });
    expect(own(answered(both, 'roles', ['edge-weights']))).toBeUndefined();
    expect(own(answered(both, 'roles', ['scoring']))).toBeUndefined();
    expect(own(answered(both, 'when', 'early'))).toEqual({ visual: ['edge-weights'] });
  });
});

describe('what an answer leads to', () => {
  it('is that answer alone where it can be trained', async () => {
    const consequence = await proposed(COORDINATE, 'operator', 'max');
    expect(consequence).toEqual({
      point: { design: { ...COORDINATE, operator: 'max' }, modalities: BOTH },
      along: [],
      because: null,
    });
  });

  it('is as few others as possible where it cannot, and why', async () => {
    const consequence = await proposed(VBPR, 'when', 'late');
    expect(consequence.point?.design).toEqual({
      ...VBPR,
      when: 'late',
      representation: 'coordinate',
      operator: 'sum',
    });
    expect(consequence).toMatchObject({ along: ['representation', 'operator'] });
    expect(consequence.because).toMatch(/joint/);
  });

  it('takes two changes that one refusal asks for', async () => {
    const consequence = await proposed({ ...COORDINATE }, 'representation', 'joint');
    expect(consequence.point?.design).toEqual(VBPR);
  });

  it('is a refusal where nothing near can be trained', async () => {
    const joint = await proposed(LATTICE, 'representation', 'joint');
    expect(joint).toEqual({ point: null, because: expect.stringMatching(/each modality alone/) });
    const alone = await proposed(VBPR, 'when', 'early', ['visual']);
    expect(alone).toEqual({ point: null, because: expect.stringMatching(/one modality/) });
  });

  it('keeps the role that is given', async () => {
    const roles: Design['roles'] = [];
    const point = { design: { ...COORDINATE, roles }, modalities: BOTH };
    const [consequence] = await consequencesOf([{ point, axis: 'roles', choice: 'scoring' }], AXES, check);
    expect(consequence?.point?.design.roles).not.toContain('scoring');
  });

  it('is looked for where a refusal points', () => {
    const failure = { kind: 'spec', field: 'design.when', message: '`late` cannot be `concat`, `none`' };
    expect(suspects(failure, AXES).map(({ name }) => name)).toEqual(['when', 'operator']);
  });

  it('is told in words', () => {
    expect(tell(COORDINATE, ['representation', 'operator'], '`when` fuses', 'a second loss')).toBe(
      'Also changed: representation to coordinate, operator to sum, because “when” fuses. ' +
        'Left behind, because no answer says it: a second loss.',
    );
    expect(tell(VBPR, ['identity'], 'it has to', null)).toBe(
      'Also changed: own vectors to yes, because it has to.',
    );
    expect(tell(VBPR, [], null, null)).toBeNull();
    expect(plainly('use `auxiliary-loss`')).toBe('use “auxiliary loss”');
  });
});

describe('the nearest known system', () => {
  const name = (design: Design, modalities = BOTH, origin: string | null = null) =>
    nameOf(nearestTo(design, modalities, SYSTEMS, origin)!);

  it('is the design’s own name where it is one', () => {
    for (const [design, title] of [
      [VBPR, 'VBPR'],
      [BPR_MF, 'BPR-MF'],
      [BM3, 'BM3'],
      [LATTICE, 'LATTICE'],
    ] as const) {
      expect(name(design)).toBe(`This is ${title}.`);
    }
  });

  it('does not count answers without effect', () => {
    expect(name({ ...BPR_MF, representation: 'coordinate', extraction: 'fine-tuned' })).toBe(
      'This is BPR-MF.',
    );
    expect(name({ ...LATTICE, when: 'never', operator: 'none' }, ['visual'])).toBe('This is LATTICE.');
  });

  it('says what differs', () => {
    const parts = { 'roles-of': { visual: ['edge-weights'] } };
    expect(name({ ...LATTICE, ...parts } as Design)).toBe('This is LATTICE.');
    expect(
      name({ ...LATTICE, ...parts, roles: ['scoring', 'edge-weights'], operator: 'sum' } as Design),
    ).toBe('This is LATTICE, but with content also scored, with roles by modality, fused by sum.');
    expect(name({ ...LATTICE, roles: ['edge-weights', 'scoring'], when: 'late', operator: 'max' })).toBe(
      'This is LATTICE, but with content also scored, fused late by max.',
    );
    expect(name({ ...VBPR, roles: ['loss-only'] })).toBe(
      'This is VBPR, but with content seen by the loss only.',
    );
    expect(name({ ...VBPR, 'extraction-of': { visual: 'fine-tuned' } })).toBe(
      'This is VBPR, but with extraction by modality.',
    );
  });

  it('says at most three differences, and how many more there are', () => {
    const other = {
      ...VBPR,
      extraction: 'fine-tuned',
      loss: 'cross-entropy',
      inference: 'perceptron',
      sampling: 'interactions',
    } as const;
    expect(name(other)).toBe(
      'This is VBPR, but with features learned on, scored by a perceptron, trained by cross-entropy, and 1 more.',
    );
    expect(name({ ...other, normalised: false, identity: false, 'user-item-graph': 'symmetric' })).toMatch(
      /^This is a design of its own; VBPR is the nearest known one, \d answers away\.$/,
    );
  });

  it('is the one the reader came from, of equally near ones', () => {
    const between = { ...LATTICE, 'item-item-graph': 'none', sampling: 'interactions' } as const;
    const halfway = {
      ...LATTICE,
      roles: FREEDOM.roles,
      'item-item-graph': 'frozen',
      regularised: 'none',
    } as const;
    expect(name(between)).toMatch(/LATTICE/);
    expect(nearestTo(halfway, BOTH, SYSTEMS, 'freedom')?.system.title).toBe('FREEDOM');
  });
});
