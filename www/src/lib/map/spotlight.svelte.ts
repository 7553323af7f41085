/** The item that is looked at: lit on all maps, in histories and in lists, wherever it was chosen. */
export class Spotlight {
  chosen = $state<number | null>(null);
  pointed = $state<number | null>(null);

  /** Other data have other items. */
  clear(): void {
    this.chosen = this.pointed = null;
  }

  /** What an item of a list has, to be lit with its dot on the maps and by it. */
  lighting(item: number) {
    const point = (): void => void (this.pointed = item);
    const leave = (): void => void (this.pointed = null);
    return {
      'aria-current': this.chosen === item ? ('true' as const) : undefined,
      onpointerenter: point,
      onpointerleave: leave,
      onfocusin: point,
      onfocusout: leave,
    };
  }
}

/** That of the page, which has one map section and one data set. */
export const spotlight = new Spotlight();
