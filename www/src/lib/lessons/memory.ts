import type { KeptRuns } from './judge';
import type { Guess } from './lesson';

/** Where a reader was in a lesson, and what they had measured. */
export interface Progress {
  at: number;
  done: readonly number[];
  runs: KeptRuns;
  guess: Guess | null;
}

export interface Memory {
  read: () => Progress | null;
  write: (progress: Progress) => void;
  forget: () => void;
}

function keyOf(lesson: string): string {
  return `fusebox-lesson-${lesson}`;
}

/** For as long as the tab is there, on this machine alone. A browser that refuses to remember is no reason to stop. */
export function memoryOf(lesson: string): Memory {
  const key = keyOf(lesson);
  return {
    read: () => {
      try {
        const progress = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Progress> | null;
        const whole = typeof progress?.at === 'number' && Array.isArray(progress.done) && progress.runs;
        return whole ? (progress as Progress) : null;
      } catch {
        return null;
      }
    },
    write: (progress) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(progress));
      } catch {
        // Nothing is lost but the place.
      }
    },
    forget: () => {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // It was not remembered either.
      }
    },
  };
}
