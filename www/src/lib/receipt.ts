import { saveFile } from './download';
import type { Receipt } from './types';

/** What files of a run are called, without their endings. */
export function runName({ spec, dataset }: Receipt): string {
  return `${spec.system}-${dataset.name}-seed-${spec.seed}`;
}

/** Whether it was learned in epochs; baselines have none. */
export function isTrained({ curve }: Receipt): boolean {
  return curve.length > 0;
}

export function saveReceipt(receipt: Receipt): void {
  saveFile(`${runName(receipt)}.json`, 'application/json', `${JSON.stringify(receipt, null, 2)}\n`);
}
