import type { Verdict } from './types';

/** What became of a claim, in words. */
export const VERDICTS: Record<Verdict['verdict'], { title: string; text: string }> = {
  identical: { title: 'Identical', text: 'Every digit and every list came out the same.' },
  agrees: { title: 'Agrees', text: 'The re-run agrees with the claim within the stated tolerance.' },
  different: { title: 'Different', text: 'The re-run does not give what was claimed.' },
};

/** A verdict and its reasons, in sentences. */
export function verdictWords({ verdict, explanation, stage }: Verdict): string {
  return [VERDICTS[verdict].text, explanation, ...(stage ? [`First difference: ${stage}.`] : [])].join(' ');
}
