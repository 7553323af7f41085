/** What a lesson is, once its file has been read. Nothing here runs: it is what travels from the build to the page. */

export type Fact = string | number | boolean | readonly string[];

/** What is known of the bench or of a run, by name; what is not known yet is absent. */
export type Facts = Readonly<Record<string, Fact | undefined>>;

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'has';

/** A condition on facts. */
export type Check =
  | { kind: 'fact'; name: string }
  | { kind: 'value'; value: Fact }
  | { kind: 'changed'; name: string }
  | { kind: 'not'; check: Check }
  | { kind: 'and' | 'or'; left: Check; right: Check }
  | { kind: 'compare'; operator: Comparison; left: Check; right: Check };

/** A change of the design that a step prepares. */
export interface Setting {
  name: string;
  value: Fact;
}

/** A metric at a cutoff. */
export interface Measure {
  metric: string;
  cutoff: number;
}

export type Guess = 'more' | 'less' | 'same';

/** The one question that is answered before the run and judged by what was measured. */
export interface Prediction {
  question: string;
  choices: readonly { guess: Guess; text: string }[];
  measure: Measure;
  /** The kept run that is judged, and the one it is compared with. */
  first: string;
  second: string;
  /** Values no farther apart than this share of the second count as the same. */
  sameWithin: number;
  /** What each outcome may mean, as HTML. */
  readings: Readonly<Record<Guess, string>>;
}

export interface Step {
  title: string;
  /** HTML, made from Markdown by the build. */
  text: string;
  /** What the reader is asked to do, as HTML. */
  task: string | null;
  /** What the bench must look like for the task to be done. */
  done: Check | null;
  /** What the design of a run must be like that completes the task when it is finished. */
  trained: Check | null;
  /** Under which name that run is kept, and what it is called. */
  keep: { name: string; title: string } | null;
  /** The place that is brought into sight. */
  place: string | null;
  settings: readonly Setting[];
  prediction: Prediction | null;
  /** Of all kept runs these values are shown. */
  shown: readonly Measure[];
}

/** What a list of lessons needs. */
export interface LessonCard {
  title: string;
  summary: string;
  /** Where it stands among the others. */
  order: number;
  steps: number;
}

export interface Lesson extends LessonCard {
  name: string;
  /** What is on the bench when the lesson starts. */
  settings: readonly Setting[];
  parts: readonly Step[];
}
