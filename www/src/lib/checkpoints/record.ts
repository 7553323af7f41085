import type { Backend, RunSpec } from '../types';

/** A run as it was at the end of an epoch. */
export interface Checkpoint {
  /** As it was started, with what was changed since. */
  spec: RunSpec;
  backend: Backend['kind'];
  /** Epochs that are complete, and all that there are to be. */
  epoch: number;
  epochs: number;
  /** The engine's own part, from which it tells again what the page has seen. */
  numbers: Blob;
}

/** What a training was about: the same for all its checkpoints. */
export interface About {
  /** The design as it was on the bench. */
  drafted: RunSpec;
  systemTitle: string;
  dataset: { name: string; digest: string; title: string };
}

/** A checkpoint as it is stored. */
export interface CheckpointRecord extends About, Checkpoint {
  format: typeof FORMAT;
  id: string;
  /** When it was taken, in milliseconds. */
  at: number;
}

/** Of records. Those of another are thrown away. */
export const FORMAT = 1;

/** Whether what was found in the store is a record as this page writes them. */
export function isRecord(found: unknown): found is CheckpointRecord {
  if (found === null || typeof found !== 'object') return false;
  const { format, id, at, spec, epoch, epochs, numbers, dataset } = found as Partial<CheckpointRecord>;
  return (
    format === FORMAT &&
    typeof id === 'string' &&
    typeof at === 'number' &&
    typeof spec?.system === 'string' &&
    typeof epoch === 'number' &&
    typeof epochs === 'number' &&
    typeof dataset?.digest === 'string' &&
    numbers instanceof Blob
  );
}
