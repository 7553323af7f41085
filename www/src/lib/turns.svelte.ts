import { afterPainting, comesFor } from './reader';

/** Parts of the first view that wait to be drawn, in the order in which they are read. */
const waiting: Turn[] = [];
/** Where the next part is queued: what is inside of a part that is being drawn comes before what is below it. */
let place = 0;
/** Whether the first view is still being drawn. What comes later is what the reader asked for, and is drawn at once. */
let first = !comesFor;
let begun = false;

/** A part's turn to be drawn. */
export class Turn {
  come = $state(!first);
}

/** Queues a part. They are drawn one at a time, and between them the browser can paint and the reader can do something. */
export function takeTurn(): Turn {
  const turn = new Turn();
  if (turn.come) return turn;
  waiting.splice(place, 0, turn);
  place += 1;
  if (!begun) afterPainting(next);
  begun = true;
  return turn;
}

function next(): void {
  const turn = waiting.shift();
  first = turn !== undefined;
  if (!turn) return;
  place = 0;
  turn.come = true;
  afterPainting(next);
}
