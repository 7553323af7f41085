import { FIXABLE, writeAddress, type Fixable, type LessonAddress } from './address';
import { holds, isAbout } from './check';
import { judge, type KeptRun } from './judge';
import type { Facts, Guess, Lesson, Setting, Step } from './lesson';
import { memoryOf, type Memory } from './memory';

/** A finished run as the player sees it. */
export interface FinishedForLesson extends Omit<KeptRun, 'title'> {
  number: number;
  facts: Facts;
}

/** What the bench lends to a lesson. */
export interface LessonBench {
  facts: () => Facts;
  finished: () => readonly FinishedForLesson[];
  /** Puts settings on the bench, when it is there. */
  prepare: (settings: readonly Setting[]) => Promise<void>;
  announce: (sentence: string) => void;
}

/** One lesson as it is gone through. */
export class LessonPlayer {
  readonly lesson: Lesson;
  at = $state(0);
  /** The bench is as the step wants it. */
  ready = $state(false);
  /** Steps whose task is done. */
  done = $state.raw<ReadonlySet<number>>(new Set());
  kept = $state.raw<Readonly<Record<string, KeptRun>>>({});
  guess = $state<Guess | null>(null);
  /** A run was finished that is not the one asked for. */
  astray = $state(false);

  readonly #bench: LessonBench;
  readonly #address: LessonAddress;
  readonly #memory: Memory;
  #before: Facts = {};
  #runsBefore = 0;
  #entered = 0;

  readonly step = $derived.by<Step>(() => this.lesson.parts[this.at]!);
  readonly last = $derived.by(() => this.at === this.lesson.parts.length - 1);
  readonly prediction = $derived.by(
    () => this.lesson.parts.find(({ prediction }) => prediction)?.prediction ?? null,
  );
  readonly judgement = $derived.by(() => (this.prediction ? judge(this.prediction, this.kept) : null));
  /** Nothing is left to be done in this step. */
  readonly settled = $derived.by(() => {
    if (this.step.prediction) return this.guess !== null;
    return this.step.task === null || this.done.has(this.at);
  });

  /** What the link names, which the reader leaves as it is: while it is on the bench, and until the lesson itself changes it. */
  readonly fixed = $derived.by<readonly Fixable[]>(() => {
    const facts = this.#bench.facts();
    return this.#fixedUntil(this.at).filter((name) => facts[name] === this.#address[name]);
  });

  constructor(lesson: Lesson, bench: LessonBench, address: LessonAddress, memory = memoryOf(lesson.name)) {
    this.lesson = lesson;
    this.#bench = bench;
    this.#address = address;
    this.#memory = memory;
  }

  /** What the lesson begins with; a link may say which data and which seed. */
  get settings(): Setting[] {
    const { data, seed } = this.#address;
    return [
      ...this.lesson.settings,
      ...(data !== null ? [{ name: 'data', value: data }] : []),
      ...(seed !== null ? [{ name: 'seed', value: seed }] : []),
    ];
  }

  /**
   * Begins where the reader was, or at a step (counted from 1) with all that the steps before it prepare. `own`: the
   * address brought a design of its own, which takes the place of the lesson's first.
   */
  async begin(step: number | null, own: boolean): Promise<void> {
    const kept = this.#memory.read();
    const here = kept && (step === null || step === kept.at + 1);
    if (here) {
      this.done = new Set(kept.done);
      this.kept = kept.runs;
      this.guess = kept.guess;
    }
    const at = Math.min(this.lesson.parts.length, step ?? (kept ? kept.at + 1 : 1)) - 1;
    // Who comes back with the address as it was left finds the bench as it was left.
    const settings = this.#untilStep(at).slice(own ? this.lesson.settings.length : 0);
    await this.#enter(at, own && here ? [] : settings);
  }

  #fixedUntil(at: number): Fixable[] {
    const changes = ({ done, trained, settings }: Step, name: Fixable): boolean =>
      settings.some((setting) => setting.name === name) ||
      [done, trained].some((check) => check !== null && isAbout(check, name));
    return FIXABLE.filter(
      (name) =>
        !this.#address.free &&
        this.#address[name] !== null &&
        !this.lesson.parts.slice(0, at + 1).some((step) => changes(step, name)),
    );
  }

  /** Prepares the step once more. */
  again(): Promise<void> {
    return this.#enter(this.at, this.#untilStep(this.at));
  }

  /** What the lesson and its steps up to this one prepare. */
  #untilStep(at: number): Setting[] {
    return [...this.settings, ...this.lesson.parts.slice(0, at + 1).flatMap(({ settings }) => settings)];
  }

  next(): Promise<void> {
    return this.last ? Promise.resolve() : this.#enter(this.at + 1, this.lesson.parts[this.at + 1]!.settings);
  }

  /** Goes back to read; what was done stays done, and the bench stays as it is. */
  back(): Promise<void> {
    return this.at === 0 ? Promise.resolve() : this.#enter(this.at - 1, []);
  }

  async restart(): Promise<void> {
    this.done = new Set();
    this.kept = {};
    this.guess = null;
    this.#memory.forget();
    await this.#enter(0, [...this.settings, ...this.lesson.parts[0]!.settings]);
  }

  /** Whoever comes again begins again. */
  finish(): void {
    this.#memory.forget();
  }

  /** Answers the question. An answer holds once it has been judged. */
  predict(guess: Guess): void {
    if (this.judgement) return;
    this.guess = guess;
    this.#remember();
  }

  /** Looks at the bench: is the task done? To be called whenever something there changed. */
  look(): void {
    const facts = this.#bench.facts();
    if (!this.ready) return;
    const { done, trained } = this.step;
    if (done && !this.done.has(this.at) && holds(done, facts, this.#before)) this.#complete();
    if (trained) this.#lookAtRuns();
  }

  /** Keeps the first run that was asked for; others are told apart from it. */
  #lookAtRuns(): void {
    const { trained, keep } = this.step;
    const runs = this.#bench.finished().filter(({ number }) => number > this.#runsBefore);
    const run = runs.find(({ facts }) => trained !== null && holds(trained, facts, {}));
    this.astray = runs.length > 0 && !run && !this.done.has(this.at);
    if (!run || this.done.has(this.at)) return;
    if (keep) {
      const { facts: _, number: __, ...measured } = run;
      this.kept = { ...this.kept, [keep.name]: { title: keep.title, ...measured } };
    }
    this.#complete();
  }

  #complete(): void {
    this.done = new Set([...this.done, this.at]);
    this.#remember();
    this.#bench.announce(
      `Done: ${this.step.title}. ${this.last ? 'The lesson is finished.' : 'Next is there.'}`,
    );
  }

  async #enter(at: number, settings: readonly Setting[]): Promise<void> {
    const entered = ++this.#entered;
    this.at = at;
    this.ready = false;
    this.astray = false;
    this.#remember();
    await this.#bench.prepare([...settings, ...this.#fixes(at, settings)]);
    if (entered !== this.#entered) return;
    this.#before = this.#bench.facts();
    this.#runsBefore = Math.max(0, ...this.#bench.finished().map(({ number }) => number));
    this.ready = true;
  }

  /** Who comes back to a step from one that changed what is fixed finds it as the link says. */
  #fixes(at: number, settings: readonly Setting[]): Setting[] {
    const facts = this.#bench.facts();
    return this.#fixedUntil(at).flatMap((name) => {
      const value = this.#address[name];
      const set = settings.some((setting) => setting.name === name);
      return value === null || set || facts[name] === value ? [] : [{ name, value }];
    });
  }

  /** The address of a step, for the reader's own bookmarks and for others. */
  addressOf(page: string, at: number, keepHash: boolean): string {
    return writeAddress(page, { ...this.#address, lesson: this.lesson.name, step: at + 1 }, keepHash);
  }

  #remember(): void {
    this.#memory.write({ at: this.at, done: [...this.done], runs: this.kept, guess: this.guess });
  }
}
