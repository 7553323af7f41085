import { describe, expect, it } from 'vitest';

import { firstSpec } from '../src/lib/defaults';
import { Designer, keyOf } from '../src/lib/designer.svelte';
import type { RunSpec } from '../src/lib/types';
import { AXES, check, SYSTEMS } from './designs';

const BOTH = ['textual', 'visual'];

function bench(start: Partial<RunSpec> = {}) {
  const state = $state({ spec: { ...firstSpec(), ...start } as RunSpec });
  const said: string[] = [];
  const designer = new Designer({
    spec: () => state.spec,
    systems: () => SYSTEMS,
    modalities: () => state.spec.modalities ?? BOTH,
    available: () => BOTH,
    refusals: (specs) =>
      check(specs.map(({ design, modalities }) => ({ design: design!, modalities: modalities ?? [] }))),
    put: (spec) => (state.spec = spec),
    announce: (sentence) => said.push(sentence),
    report: (error) => said.push(String(error)),
  });
  const answer = (axis: string, choice: string) =>
    designer.answer(
      AXES.find(({ name }) => name === axis)!,
      choice,
    );
  return { state, designer, said, answer };
}

describe('the designer', () => {
  it('makes a design of the reader’s own of a system, and takes it back', async () => {
    const { state, designer, said, answer } = bench();
    const before = $state.snapshot(state.spec);
    await answer('when', 'late');
    expect(state.spec).toMatchObject({
      system: 'composed',
      design: { when: 'late', operator: 'sum', representation: 'coordinate' },
    });
    expect(said.at(-1)).toMatch(/^Also changed: representation to coordinate, operator to sum, because/);
    expect([designer.undoable, designer.origin]).toEqual([true, 'vbpr']);
    state.spec.training.epochs = 3;
    designer.undo();
    expect($state.snapshot(state.spec)).toEqual({ ...before, training: { ...before.training, epochs: 3 } });
    expect(designer.undoable).toBe(false);
  });

  it('takes several answers to one question as one change', async () => {
    const { state, designer, answer } = bench();
    await answer('operator', 'max');
    await answer('operator', 'graph-merge');
    expect(state.spec.design?.roles).toEqual(['edge-weights']);
    await answer('operator', 'sum');
    expect(state.spec.design).toMatchObject({ roles: ['scoring'], operator: 'sum' });
    await answer('operator', 'none');
    expect([state.spec.system, designer.undoable]).toEqual(['vbpr', false]);
  });

  it('leaves the design as it is where an answer is refused, and says why', async () => {
    const { state, designer, said, answer } = bench({ system: 'lattice' });
    await answer('representation', 'joint');
    expect(state.spec.system).toBe('lattice');
    expect(designer.refusal).toMatch(/each modality alone/);
    expect(said.at(-1)).toMatch(/^Not from here/);
    await answer('when', 'late');
    expect([designer.refusal, state.spec.system]).toEqual([null, 'composed']);
  });

  it('knows what every other answer leads to', async () => {
    const { designer } = bench();
    await designer.look();
    const late = designer.consequences.get(keyOf('when', 'late'));
    expect(late?.point?.design.operator).toBe('sum');
    expect(designer.consequences.has(keyOf('when', 'never'))).toBe(false);
    expect(designer.consequences.get(keyOf('roles', 'scoring'))?.point?.design.roles).toEqual([]);
  });

  it('takes a modality away, and what needs two', async () => {
    const { state, answer, designer } = bench();
    await designer.use(['visual'], 'textual');
    expect(state.spec).toMatchObject({ system: 'vbpr', modalities: ['visual'] });
    await designer.use(BOTH, 'textual');
    expect(state.spec.modalities).toBeUndefined();
    await answer('when', 'early');
    await designer.set({ 'extraction-of': { textual: 'fine-tuned' } });
    await designer.use(['visual'], 'textual');
    expect(state.spec).toMatchObject({ modalities: ['visual'], design: { when: 'never', operator: 'none' } });
    expect(state.spec.design?.['extraction-of']).toBeUndefined();
    designer.undo();
    expect(state.spec.design).toMatchObject({ when: 'early', 'extraction-of': { textual: 'fine-tuned' } });
  });

  it('tells what is left behind of a system that is more than its design', async () => {
    const { designer, answer } = bench({ system: 'sgl' });
    await answer('item-item-graph', 'frozen');
    expect(designer.told).toMatch(/Left behind, because no answer says it: a second loss\.$/);
  });
});
