import type { Verdict } from './types';

/** What became of a claim, in a word. */
export const VERDICTS: Record<Verdict['verdict'], string> = {
  identical: 'Identical',
  agrees: 'Agrees',
  different: 'Different',
};

/** The reasons of a verdict, in sentences. */
export function verdictWords({ explanation, stage }: Verdict): string {
  return stage ? `${explanation} First difference: ${stage}.` : explanation;
}

/** A value with the six digits of a claim: what is equal looks equal, however few of them are shown. */
export function asClaimed(value: number | null | undefined): number | null | undefined {
  return typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;
}
