interface Waiting<Question, Answer> {
  question: Question;
  resolve: (answer: Answer | Promise<Answer> | null) => void;
}

/**
 * Asks one question at a time. Of those that come meanwhile only the last is asked, so that questions never queue up; the others
 * are answered with null. `rest` tells how many milliseconds to leave whoever answers in peace, after an answer that took so many.
 */
export function lastAsked<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  rest: (took: number) => number = () => 0,
): (question: Question) => Promise<Answer | null> {
  let busy = false;
  let waiting: Waiting<Question, Answer> | null = null;

  async function work(): Promise<void> {
    busy = true;
    while (waiting) {
      const { question, resolve }: Waiting<Question, Answer> = waiting;
      waiting = null;
      const began = performance.now();
      const answer = ask(question);
      resolve(answer);
      // Whoever asked is told what went wrong; here it is over, one way or the other.
      await answer.catch(() => undefined);
      const pause = rest(performance.now() - began);
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    busy = false;
  }

  return (question) =>
    new Promise((resolve) => {
      waiting?.resolve(null);
      waiting = { question, resolve };
      if (!busy) void work();
    });
}
