import { comesFor } from './reader';

/** Parts of the page that wait to be drawn, those further down behind the others. */
const waiting: Turn[] = [];

/** A part's turn to be drawn. */
export class Turn {
  come = $state(comesFor);
}

/** Queues a part. They are drawn one at a time, and between them the browser can paint and the reader can do something. */
export function takeTurn(): Turn {
  const turn = new Turn();
  if (!turn.come && waiting.push(turn) === 1) afterPainting(next);
  return turn;
}

function next(): void {
  const turn = waiting.shift();
  if (turn) turn.come = true;
  if (waiting.length > 0) afterPainting(next);
}

function afterPainting(act: () => void): void {
  // Nothing is painted where nobody looks.
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => setTimeout(act));
}
