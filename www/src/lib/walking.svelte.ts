import type { Moment } from './walk';

/** Where the reader is on a walk through one training step. */
export class Walking {
  /** The moment that is shown; null where the diagram stands still. */
  at = $state<number | null>(null);
  /** Goes on by itself. */
  playing = $state(false);
  /** Takes a step of the run on every round, as its loss is reached; null where the walk is a picture only. */
  step = $state.raw<(() => void) | null>(null);

  begin(playing: boolean, step: (() => void) | null = null): void {
    this.at = 0;
    this.playing = playing;
    this.step = step;
  }

  end(): void {
    this.at = null;
    this.playing = false;
    this.step = null;
  }

  /** Whether there is a moment after this one. */
  hasNext(moments: readonly Moment[]): boolean {
    return this.step !== null || (this.at !== null && this.at < moments.length - 1);
  }

  next(moments: readonly Moment[]): void {
    if (this.at === null) return;
    if (!this.hasNext(moments)) {
      this.playing = false;
      return;
    }
    this.at = this.at < moments.length - 1 ? this.at + 1 : 0;
    // The loss that is told is the one of this step.
    if (isLoss(moments[this.at])) this.step?.();
  }

  previous(): void {
    this.at = Math.max(0, (this.at ?? 0) - 1);
  }
}

function isLoss(moment: Moment | undefined): boolean {
  return moment !== undefined && !moment.backwards && moment.stages.includes('loss');
}
