import { formatParameter } from './format';
import { rateChanges } from './rates';
import type { RunSpec } from './types';

/** A moment of a training that is marked on its curves. */
export interface Mark {
  /** Completed epochs, the position on the axis. */
  epochs: number;
  title: string;
  kind: 'best' | 'rate' | 'stop';
}

interface Marked {
  spec: RunSpec;
  epoch: number;
  validations: readonly { epochs: number; epoch: number; best: boolean }[];
  stoppedEarly: boolean;
}

/** The best epoch, the changes of the learning rate that have come, and the early stop. */
export function marksOf({ spec, epoch, validations, stoppedEarly }: Marked): Mark[] {
  const rates = rateChanges(spec)
    .filter((change) => change.epoch <= epoch + 1)
    .map(({ epoch, rate }): Mark => ({
      epochs: epoch - 1,
      title: `rate ${formatParameter(rate)}`,
      kind: 'rate',
    }));
  const best = validations.findLast(({ best }) => best);
  const last = validations.at(-1);
  return [
    ...rates,
    ...(best ? [{ epochs: best.epochs, title: `best: epoch ${best.epoch}`, kind: 'best' } as const] : []),
    ...(stoppedEarly && last ? [{ epochs: last.epochs, title: 'stopped', kind: 'stop' } as const] : []),
  ];
}
