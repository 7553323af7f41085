import type { Setting } from './lesson';
import { readSetting } from './settings.ts';

/** A mistake in a lesson's file, and where. */
export class LessonMistake extends Error {
  readonly line: number;

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'LessonMistake';
    this.line = line;
  }
}

export interface Line {
  text: string;
  number: number;
}

/** A named value, as `done: seed == 1`. */
interface Entry {
  key: string;
  value: string;
  line: number;
}

/** The entries of a block. A line that begins with blanks goes on with the entry before it. */
export class Entries {
  readonly #file: string;
  /** Where the block begins. */
  readonly line: number;
  readonly #entries: Entry[] = [];

  constructor(file: string, lines: readonly Line[], line: number, keys: readonly string[]) {
    this.#file = file;
    this.line = line;
    for (const { text, number } of lines) {
      if (text.trim() === '') continue;
      const last = this.#entries.at(-1);
      if (/^\s/.test(text) && last) {
        last.value += ` ${text.trim()}`;
        continue;
      }
      const [, key, value] =
        /^([\w-]+):\s*(.*)$/.exec(text) ?? this.fail(number, `“${text}” is not of the form “name: value”`);
      if (!keys.includes(key!)) this.fail(number, `“${key}” is not known here; known are ${keys.join(', ')}`);
      if (key !== 'set' && this.maybe(key!) !== null) this.fail(number, `“${key}” is said twice`);
      this.#entries.push({ key: key!, value: value!.trim(), line: number });
    }
  }

  fail(line: number, problem: string): never {
    throw new LessonMistake(this.#file, line, problem);
  }

  lineOf(key: string): number {
    return this.#entries.find((entry) => entry.key === key)?.line ?? this.line;
  }

  maybe(key: string): string | null {
    return this.#entries.find((entry) => entry.key === key)?.value ?? null;
  }

  one(key: string): string {
    return this.maybe(key) || this.fail(this.line, `“${key}” is missing`);
  }

  number(key: string): number {
    const value = Number(this.one(key));
    return Number.isFinite(value) ? value : this.fail(this.lineOf(key), `“${key}” is no number`);
  }

  /** What a value means, by a reader that throws a sentence. */
  read<Value>(key: string, read: (value: string) => Value): Value | null {
    const value = this.maybe(key);
    return value === null ? null : this.#said(this.lineOf(key), () => read(value));
  }

  settings(): Setting[] {
    return this.#entries
      .filter(({ key }) => key === 'set')
      .map(({ value, line }) => this.#said(line, () => readSetting(value)));
  }

  #said<Value>(line: number, read: () => Value): Value {
    try {
      return read();
    } catch (error) {
      return this.fail(line, error instanceof Error ? error.message : String(error));
    }
  }
}
