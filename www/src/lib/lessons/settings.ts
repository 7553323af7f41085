import { defaultsOf, forgetModalities } from '../defaults.ts';
import { inOrder, LENGTHS } from '../lengths.ts';
import type { Design, RunSpec, SystemDescription } from '../types';
import { problemOf } from './check.ts';
import { SPEC_FACTS, type FactKind } from './facts.ts';
import type { Fact, Setting } from './lesson';

/** What can be set: every fact of a specification, and a design that starts as that of a system. */
const SETTINGS: Readonly<Record<string, FactKind>> = { ...SPEC_FACTS, design: SPEC_FACTS.system! };

/** Reads `design.when = late`. Throws a sentence where that cannot be set. */
export function readSetting(text: string): Setting {
  const [name, words, ...rest] = text.split('=').map((part) => part.trim());
  if (!name || !words || rest.length > 0) throw new Error(`“${text}” is not of the form “name = value”`);
  const kind = SETTINGS[name];
  if (!kind) throw new Error(`“${name}” is nothing that can be set`);
  const value = valueOf(kind, words);
  const problem = problemOf(name, kind, value);
  if (problem) throw new Error(problem);
  return { name, value };
}

function valueOf(kind: FactKind, words: string): Fact {
  switch (kind.type) {
    case 'number':
      return words.trim() === '' || Number.isNaN(Number(words)) ? words : Number(words);
    case 'yes-or-no':
      return words === 'true' || (words === 'false' ? false : words);
    case 'list':
      return words === 'all' ? [] : words.split(',').map((word) => word.trim());
    case 'text':
      return words;
  }
}

/** The specification with these settings, one after the other, and judged at every length that a lesson may measure at. */
export function withSettings(
  spec: RunSpec,
  settings: readonly Setting[],
  systems: readonly SystemDescription[],
): RunSpec {
  const changed = structuredClone(spec);
  changed.protocol.cutoffs = inOrder([...LENGTHS, ...spec.protocol.cutoffs]);
  for (const setting of settings) apply(changed, setting, systems);
  return changed;
}

function apply(spec: RunSpec, { name, value }: Setting, systems: readonly SystemDescription[]): void {
  const known = (name: unknown): SystemDescription | undefined =>
    systems.find((system) => system.name === name);
  if (name === 'system') {
    const system = known(value);
    if (!system) return;
    delete spec.design;
    delete spec['modality-weights'];
    spec.system = system.name;
    spec.variant = system.variants[0] ?? 'corrected';
    spec['hyper-parameters'] = defaultsOf(system);
    if (system.axes.length > 0 && system.design) spec.design = structuredClone(system.design);
  } else if (name === 'design') {
    compose(spec, known(value)?.design ?? null, systems);
  } else if (name.startsWith('design.')) {
    if (!spec.design) compose(spec, known(spec.system)?.design ?? null, systems);
    if (spec.design) Object.assign(spec.design, { [name.slice('design.'.length)]: value });
  } else if (name.startsWith('missing.')) {
    const missing = spec.missing ?? { policy: 'mean', rate: 0, 'taken-from': 'random' };
    spec.missing = { ...missing, [name.slice('missing.'.length)]: value };
    if (spec.missing.modalities?.length === 0) delete spec.missing.modalities;
  } else if (name === 'data') {
    if (spec.dataset.name !== value) forgetModalities(spec);
    spec.dataset = { name: String(value) };
  } else if (name === 'modalities') {
    if (Array.isArray(value) && value.length > 0) spec.modalities = [...value];
    else delete spec.modalities;
  } else if (name === 'epochs') {
    spec.training.epochs = Number(value);
  } else {
    Object.assign(spec, { [name]: value });
  }
}

/** Makes a design of the reader's own of another. */
function compose(spec: RunSpec, design: Design | null, systems: readonly SystemDescription[]): void {
  const composed = systems.find(({ axes }) => axes.length > 0);
  if (!composed || !design) return;
  delete spec['modality-weights'];
  spec.system = composed.name;
  spec.variant = 'corrected';
  spec.design = structuredClone(design);
  spec['hyper-parameters'] = {};
}
