import { answered, answersTo, answerTo, sameAnswer, type Answer } from './schema';
import type { Axis, Design, Failure } from './types';

/** A design, and the modalities that it is of. */
export interface Point {
  design: Design;
  modalities: readonly string[];
}

/** Another point that the reader could go to. */
export interface Proposal {
  point: Point;
  /** The question that is answered anew; null where it is none of the design's. */
  axis: string | null;
  /** Of several answers taken together, the one that is given or taken back. */
  choice?: string;
}

/** What becomes of a proposal. */
export type Consequence =
  /** `along` are the questions that had to be answered anew too, because of what was refused at first. */
  | { point: Point; along: readonly string[]; because: string | null }
  /** Nothing near it can be trained. */
  | { point: null; because: string };

/** Says for each point why it cannot be trained, or null. The schema itself decides. */
export type Check = (points: readonly Point[]) => Promise<(Failure | null)[]>;

/** Designs on the way to one that can be trained, and the search's ends. */
interface Attempt {
  point: Point;
  along: readonly string[];
  failure: Failure;
}

/** More answers than so many besides the reader's own, and it would be another design. */
const MOST_ALONG = 4;

/** Attempts that a proposal keeps from one round to the next. */
const KEPT = 120;

/** What a refusal names, as in "`late` cannot be `concat`". */
function namesIn(message: string): Set<string> {
  return new Set([...message.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
}

/** The questions that a refusal is about: it names them, or one of their answers. */
export function suspects({ message, field }: Failure, axes: readonly Axis[]): Axis[] {
  const named = namesIn(message);
  return axes.filter(
    ({ name, choices }) =>
      field === `design.${name}` ||
      named.has(name) ||
      // "none" answers several questions.
      choices.some((choice) => choice.name !== 'none' && named.has(choice.name)),
  );
}

/** Whether a refusal is about what is proposed, and not about what was tried along. */
function isAbout({ axis, point }: Proposal, message: string): boolean {
  const named = namesIn(message);
  return axis !== null && (named.has(axis) || named.has(String(answerTo(point.design, axis))));
}

/** The designs that differ from an attempt's in one more answer, which its refusal is about. */
function continued({ axis, choice }: Proposal, { point, along, failure }: Attempt, axes: readonly Axis[]) {
  const { design } = point;
  const named = namesIn(failure.message);
  const free = axes.filter(({ name, several }) => !along.includes(name) && (name !== axis || several));
  return suspects(failure, free).flatMap((question) => {
    const present = answerTo(design, question.name);
    const has = (answer: Answer | undefined): boolean =>
      Array.isArray(answer) && choice !== undefined && answer.includes(choice);
    return answersTo(question, present)
      .filter((answer) => !sameAnswer(answer, present))
      .filter((answer) => question.name !== axis || has(answer) === has(present))
      .map((answer) => ({
        point: { ...point, design: answered(design, question.name, answer) },
        along: [...along, question.name],
        before: failure.message,
        asked: named.has(String(answer)),
      }));
  });
}

/**
 * What becomes of each proposal: it can be trained as it is, or with as few other answers as possible changed along, or not at
 * all. All are looked for at once, so that one round of checks serves all.
 */
export async function consequencesOf(
  proposals: readonly Proposal[],
  axes: readonly Axis[],
  check: Check,
): Promise<Consequence[]> {
  const first = await check(proposals.map(({ point }) => point));
  const found = proposals.map(({ point }, nth): Consequence => {
    const failure = first[nth];
    return failure ? { point: null, because: failure.message } : { point, along: [], because: null };
  });
  let open = proposals.flatMap((proposal, nth) => {
    const failure = first[nth];
    const attempts: Attempt[] = failure ? [{ point: proposal.point, along: [], failure }] : [];
    return failure ? [{ proposal, nth, attempts, ends: new Map<string, number>() }] : [];
  });

  for (let round = 0; round < MOST_ALONG && open.length > 0; round++) {
    const searches = open.map(({ proposal, nth, attempts, ends }) => {
      const next = attempts.flatMap((attempt) => {
        const further = continued(proposal, attempt, axes);
        const { message } = attempt.failure;
        if (further.length === 0 && isAbout(proposal, message))
          ends.set(message, (ends.get(message) ?? 0) + 1);
        return further;
      });
      return { proposal, nth, next, ends };
    });
    const failures = await check(searches.flatMap(({ next }) => next.map(({ point }) => point)));
    let at = 0;
    open = searches.flatMap(({ proposal, nth, next, ends }) => {
      const answers = next.map((candidate) => ({ ...candidate, failure: failures[at++] }));
      const good = answers.find(({ failure }) => !failure);
      if (good) {
        found[nth] = { point: good.point, along: good.along, because: first[nth]?.message ?? null };
        return [];
      }
      // Where the same is still refused, the answer was not what it was about, unless it is what the refusal asks for.
      const kept: Attempt[] = [];
      for (const { point, along, before, asked, failure } of answers) {
        if (!failure || (failure.message === before && !asked) || kept.length >= KEPT) continue;
        if (kept.some((attempt) => sameAnswer(attempt.point.design, point.design))) continue;
        kept.push({ point, along, failure });
      }
      // Where most attempts ended says more than where they began.
      const [end] = [...ends].sort(([, left], [, right]) => right - left);
      if (end) found[nth] = { point: null, because: end[0] };
      return [{ proposal, nth, attempts: kept, ends }];
    });
  }
  return found;
}
