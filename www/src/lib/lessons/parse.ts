import { LENGTHS } from '../lengths.ts';
import { METRICS } from '../metrics.ts';
import { readCheck } from './check.ts';
import { Entries, LessonMistake, type Line } from './entries.ts';
import { SPEC_FACTS } from './facts.ts';
import type { Guess, Lesson, Measure, Prediction, Step } from './lesson';
import { PLACES } from './places.ts';

/** Makes HTML of Markdown; what stands in a line is not to become a paragraph. */
export interface Markdown {
  block: (text: string) => string;
  inline: (text: string) => string;
}

const FENCE = /^```(\w*)\s*$/;
const GUESSES: readonly Guess[] = ['more', 'less', 'same'];

/** Reads a lesson's file. Throws a `LessonMistake` at the first mistake. */
export function parseLesson(file: string, source: string, markdown: Markdown): Lesson {
  return new LessonReader(file, source, markdown).lesson();
}

class LessonReader {
  readonly file: string;
  readonly markdown: Markdown;
  readonly #lines: Line[];

  constructor(file: string, source: string, markdown: Markdown) {
    this.file = file;
    this.markdown = markdown;
    this.#lines = source.split(/\r?\n/).map((text, index) => ({ text, number: index + 1 }));
  }

  lesson(): Lesson {
    const end = this.#lines.findIndex(({ text }, index) => index > 0 && text.trim() === '---');
    if (this.#lines[0]?.text.trim() !== '---' || end < 0)
      this.#fail(1, 'it does not begin with front matter between two lines “---”');
    const front = new Entries(this.file, this.#lines.slice(1, end), 1, ['title', 'summary', 'order', 'set']);
    const parts = this.#sections(this.#lines.slice(end + 1)).map((section) => this.#step(section));
    if (parts.length === 0) this.#fail(end + 1, 'it has no step: a step begins with “## Title”');
    this.#checkPrediction(parts);
    return {
      name: this.file.replace(/^.*\//, '').replace(/\.md$/, ''),
      title: front.one('title'),
      summary: front.one('summary'),
      order: front.number('order'),
      settings: front.settings(),
      steps: parts.length,
      parts,
    };
  }

  /** Cut at headings of the second rank outside fences. */
  #sections(lines: readonly Line[]): Line[][] {
    const sections: Line[][] = [];
    let fenced = false;
    for (const line of lines) {
      if (line.text.startsWith('```')) fenced = !fenced;
      if (!fenced && line.text.startsWith('## ')) sections.push([line]);
      else if (sections.length > 0) sections.at(-1)?.push(line);
      else if (line.text.trim() !== '') this.#fail(line.number, 'text stands before the first step');
    }
    return sections;
  }

  #step([heading, ...lines]: Line[]): Step {
    const start = heading?.number ?? 1;
    const text: string[] = [];
    let doing: Entries | null = null;
    let prediction: Prediction | null = null;
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at]!;
      const kind = FENCE.exec(line.text)?.[1];
      if (kind !== 'step' && kind !== 'predict') {
        this.#mustBePlain(line);
        text.push(line.text);
        continue;
      }
      const end = lines.findIndex(({ text }, index) => index > at && FENCE.test(text));
      if (end < 0) this.#fail(line.number, `the block “${kind}” is not closed`);
      const block = lines.slice(at + 1, end);
      if (kind === 'step') {
        if (doing) this.#fail(line.number, 'a step has one block “step”');
        doing = new Entries(this.file, block, line.number, [
          'do',
          'done',
          'trained',
          'keep',
          'point-at',
          'set',
          'show',
        ]);
      } else {
        if (prediction) this.#fail(line.number, 'a step has one block “predict”');
        prediction = this.#prediction(block, line.number);
      }
      at = end;
    }
    return this.#stepOf(
      heading?.text.slice(3).trim() ?? '',
      text.join('\n'),
      doing ?? new Entries(this.file, [], start, []),
      prediction,
    );
  }

  #stepOf(title: string, text: string, entries: Entries, prediction: Prediction | null): Step {
    const task = entries.maybe('do');
    const done = entries.read('done', (value) => readCheck(value));
    const trained = entries.read('trained', (value) => readCheck(value, SPEC_FACTS));
    const keep = entries.read('keep', readKeep);
    const place = entries.read('point-at', (value) => {
      if (!(value in PLACES))
        throw new Error(`there is no place “${value}”; there are ${Object.keys(PLACES).join(', ')}`);
      return value;
    });
    const line = entries.line;
    if (done && trained) this.#fail(line, 'a step is completed by “done” or by “trained”, not by both');
    if (Boolean(done ?? trained) !== Boolean(task))
      this.#fail(line, '“do” needs “done” or “trained”, and they need “do”');
    if (keep && !trained) this.#fail(line, '“keep” needs “trained”');
    if (prediction && task) this.#fail(line, 'a step with a prediction asks for nothing else');
    return {
      title,
      text: this.markdown.block(text),
      task: task ? this.markdown.inline(task) : null,
      done,
      trained,
      keep,
      place,
      settings: entries.settings(),
      prediction,
      shown: entries.read('show', (value) => value.split(',').map(readMeasure)) ?? [],
    };
  }

  #prediction(block: readonly Line[], line: number): Prediction {
    const keys = [
      'question',
      ...GUESSES,
      'measure',
      'compare',
      'same-within',
      ...GUESSES.map((guess) => `if-${guess}`),
    ];
    const entries = new Entries(this.file, block, line, keys);
    const [first, second, ...rest] = entries.one('compare').split(/\s+with\s+/);
    if (!first || !second || rest.length > 0)
      this.#fail(entries.lineOf('compare'), '“compare” is of the form “one with other”');
    const readings = Object.fromEntries(
      GUESSES.map((guess) => [guess, this.markdown.inline(entries.one(`if-${guess}`))]),
    ) as Record<Guess, string>;
    return {
      question: entries.one('question'),
      choices: GUESSES.map((guess) => ({ guess, text: entries.one(guess) })),
      measure: entries.read('measure', readMeasure) ?? this.#fail(line, '“measure” is missing'),
      first,
      second,
      sameWithin: entries.read('same-within', readShare) ?? 0.05,
      readings,
    };
  }

  /** One prediction, and it comes before the second of the two runs that it compares. */
  #checkPrediction(parts: readonly Step[]): void {
    const asked = parts.flatMap(({ prediction }, at) => (prediction ? [{ prediction, at }] : []));
    const [one] = asked;
    if (!one || asked.length > 1)
      this.#fail(1, `a lesson has one block “predict”, and this has ${asked.length}`);
    const keptAt = (name: string): number => parts.findIndex(({ keep }) => keep?.name === name);
    const at = [one.prediction.first, one.prediction.second].map((name) => {
      const kept = keptAt(name);
      return kept >= 0 ? kept : this.#fail(1, `“compare” names “${name}”, which no step keeps`);
    });
    if (Math.max(...at) <= one.at) this.#fail(1, 'both runs are there before the question is asked');
    const names = parts.flatMap(({ keep }) => (keep ? [keep.name] : []));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) this.#fail(1, `two steps keep “${twice}”`);
  }

  #mustBePlain({ text, number }: Line): void {
    if (/<[a-z/!]/i.test(text.replace(/`[^`]*`/g, ''))) this.#fail(number, 'HTML is not part of a lesson');
  }

  #fail(line: number, problem: string): never {
    throw new LessonMistake(this.file, line, problem);
  }
}

function readMeasure(text: string): Measure {
  const [, metric, cutoff] = /^([\w-]+)@(\d+)$/.exec(text.trim()) ?? [];
  if (!METRICS.some(({ name }) => name === metric))
    throw new Error(`“${text.trim()}” is no metric at a cutoff, as recall@20`);
  if (!LENGTHS.includes(Number(cutoff)))
    throw new Error(`runs of lessons are judged at ${LENGTHS.join(', ')}`);
  return { metric: metric!, cutoff: Number(cutoff) };
}

function readShare(text: string): number {
  const [, percent] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  if (percent === undefined) throw new Error(`“${text}” is not of the form “5 %”`);
  return Number(percent) / 100;
}

function readKeep(text: string): { name: string; title: string } {
  const [, name, title] = /^([\w-]+)\s*=\s*(.+)$/.exec(text) ?? [];
  if (!name || !title) throw new Error('“keep” is of the form “name = What the run is called”');
  return { name, title };
}
