import { LARGEST_SEED } from './address';
import { formatCount } from '../format';

function isWhole(number: number, smallest: number, largest: number): boolean {
  return Number.isInteger(number) && number >= smallest && number <= largest;
}

/** Why a link cannot lead to a step of a lesson that has so many; null where it can. */
export function problemOfStep(step: number | null, steps: number): string | null {
  return step !== null && isWhole(step, 1, steps)
    ? null
    : `The steps of this lesson are whole numbers from 1 to ${steps}.`;
}

/** Why a link cannot name a seed; null where it can, or names none. */
export function problemOfSeed(seed: number | null): string | null {
  return seed === null || isWhole(seed, 0, LARGEST_SEED)
    ? null
    : `A seed is a whole number from 0 to ${formatCount(LARGEST_SEED)}.`;
}
