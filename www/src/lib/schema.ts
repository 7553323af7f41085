import { settled } from './roles';
import type { Axis, Design, Role } from './types';

/** What a design says to one question. */
export type Answer = string | boolean | readonly string[];

/** The design with another answer to one question. */
export function answered(design: Design, axis: string, answer: Answer): Design {
  return settled({ ...design, [axis]: answer });
}

export function answerTo(design: Design, axis: string): Answer | undefined {
  return design[axis as keyof Design] as Answer | undefined;
}

/** Whether two values say the same, whatever the order of what is said together. */
export function sameAnswer(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one) => right.includes(one));
  }
  if (left && right && typeof left === 'object' && typeof right === 'object') {
    const fields = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...fields].every((field) =>
      sameAnswer((left as Record<string, unknown>)[field], (right as Record<string, unknown>)[field]),
    );
  }
  return left === right;
}

export function sameDesign(left: Design, right: Design): boolean {
  return sameAnswer(left, right);
}

/** What the reader calls an answer, or a question by its name. */
export function wordsOf(answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (typeof answer !== 'string') {
    const words = answer.map(wordsOf);
    return words.length > 0 ? words.join(', ').replace(/, ([^,]*)$/, ' and $1') : 'nothing';
  }
  return answer === 'bpr' ? 'BPR' : answer.replace(/(user|item)-item/, '$1–item').replaceAll('-', ' ');
}

/** Every answer that a question allows. Of several taken together, those nearest to the present one come first. */
export function answersTo(axis: Axis, present: Answer | undefined): Answer[] {
  if (axis.choices.length === 0) return [true, false];
  const names = axis.choices.map(({ name }) => name);
  if (!axis.several) return names;
  const now = Array.isArray(present) ? (present as string[]) : [];
  const all = Array.from({ length: 2 ** names.length }, (_, subset) =>
    names.filter((_, nth) => (subset >> nth) % 2 === 1),
  );
  // None at all is another kind of design, and so the last resort.
  const distance = (answer: string[]): number =>
    answer.length === 0
      ? names.length + 1
      : names.filter((name) => answer.includes(name) !== now.includes(name)).length;
  return all.sort((left, right) => distance(left) - distance(right));
}

/** Whether features that have these roles are projected, and not only compared as they came. */
export function projects(design: Design, roles: readonly Role[] = design.roles): boolean {
  return roles.some((role) => role !== 'edge-weights' || design['item-item-graph'] === 'learned');
}

/** The design without what it says of one modality, in fields such as "extraction-of". */
export function without(design: Design, modality: string): Design {
  const fields = Object.entries(design).flatMap(([field, value]: [string, unknown]) => {
    if (!field.endsWith('-of') || !value || typeof value !== 'object') return [[field, value]];
    const others = Object.entries(value).filter(([name]) => name !== modality);
    return others.length > 0 ? [[field, Object.fromEntries(others)]] : [];
  });
  return Object.fromEntries(fields) as Design;
}

/** The answer that a choice gives or, of several taken together, adds or takes back. */
export function answerBy(axis: Axis, choice: string, present: Answer | undefined): Answer {
  if (axis.choices.length === 0) return choice === 'true';
  if (!axis.several) return choice;
  const given = Array.isArray(present) ? (present as readonly string[]) : [];
  return axis.choices
    .map(({ name }) => name)
    .filter((name) => (name === choice ? !given.includes(name) : given.includes(name)));
}
