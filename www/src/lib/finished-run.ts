import type { Receipt, RunSpec, Verdict } from './types';

/** What the page has of a run that came to its end. */
export interface FinishedRun {
  /** Of this visit, in which earlier runs get one too. */
  number: number;
  /** Its name in the notebook. Names sort by when they were given. */
  id: string;
  /** When it came to its end, in milliseconds since 1970. */
  at: number;
  /** It comes from an earlier visit. */
  earlier: boolean;
  receipt: Receipt;
  systemTitle: string;
  datasetTitle: string;
  synthetic: boolean;
  /** Its data did not come with the page. */
  ownData: boolean;
  stoppedEarly: boolean;
  link: string;
  verdict: Verdict | null;
  /** The design as it was on the bench, before it was completed. */
  drafted: RunSpec;
}
