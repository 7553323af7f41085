import type { SystemDescription } from './types';

/** The two questions of the schema that a system has answered by being what it is. */
export type Question = 'how' | 'when';

export interface Answer {
  /** The answer in a word or two. */
  short: string;
  /** What this system in particular does. */
  detail: string;
}

/** Splits a registry text such as "joint: one projection of all features" into its answer and the detail. */
export function answerIn(text: string): Answer {
  const [, short = text, detail = ''] = /^([^:;,(]+)[:;,]?\s*(.*)$/s.exec(text.trim()) ?? [];
  return { short: short.trim(), detail: detail.trim() };
}

/** The different answers that the systems give, in their order. */
export function answersTo(question: Question, systems: readonly SystemDescription[]): string[] {
  return [...new Set(systems.map((system) => answerIn(system[question]).short))];
}

/** The systems that answer as asked. */
export function systemsAnswering(
  question: Question,
  short: string,
  systems: readonly SystemDescription[],
): SystemDescription[] {
  return systems.filter((system) => answerIn(system[question]).short === short);
}

/** The nearest system with another answer: one that keeps the present answer to the other question, if there is one. */
export function nearestSystem(
  question: Question,
  short: string,
  present: SystemDescription,
  systems: readonly SystemDescription[],
): SystemDescription | null {
  const other: Question = question === 'how' ? 'when' : 'how';
  const candidates = systemsAnswering(question, short, systems);
  if (candidates.includes(present)) return present;
  const kept = answerIn(present[other]).short;
  return candidates.find((system) => answerIn(system[other]).short === kept) ?? candidates[0] ?? null;
}
