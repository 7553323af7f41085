import { readAddress, writeAddress, type Fixable } from './address';

/** Which lesson is open, and what the address says of the page around it. */
class LessonRoom {
  readonly address = readAddress(location.search);
  name = $state<string | null>(this.address.lesson);
  /** The step that the address asked for, until the lesson has begun. */
  step: number | null = this.address.step;

  /** What the reader cannot change while the lesson is on, because its link says what it is. */
  fixed = $state.raw<readonly Fixable[]>([]);

  enter(name: string): void {
    this.step = null;
    this.name = name;
  }

  /** Where the reader was is remembered; the address is that of the page again. */
  leave(): void {
    this.name = null;
    const plain = writeAddress(location.href, { ...this.address, lesson: null, step: null }, true);
    history.replaceState(null, '', plain);
  }
}

export const room = new LessonRoom();
