/** While somebody types, only the newest question counts. */

export interface Asking<In, Out> {
  /** Answer; `signal` aborts as soon as a newer question came. */
  readonly ask: (input: In, signal: AbortSignal) => Promise<Out>;
  readonly show: (answer: Out, input: In) => void;
  readonly fail: (error: Error) => void;
  /** Milliseconds without a newer question before one is asked; 0 asks at once. */
  readonly pause?: number;
}

/**
 * Make a function that asks about its input, and shows the answer unless it was called again in the meantime.
 *
 * ```ts
 * const update = newest({ ask: (text, signal) => model.predict([text], { signal }), show, fail, pause: 40 });
 * field.addEventListener("input", () => update(field.value));
 * ```
 */
export function newest<In, Out>({ ask, show, fail, pause = 0 }: Asking<In, Out>): (input: In) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current = new AbortController();
  const run = async (input: In, { signal }: AbortController): Promise<void> => {
    try {
      const answer = await ask(input, signal);
      if (!signal.aborted) show(answer, input);
    } catch (error) {
      if (!signal.aborted) fail(error as Error);
    }
  };
  return (input) => {
    clearTimeout(timer);
    current.abort();
    const mine = (current = new AbortController());
    if (pause === 0) void run(input, mine);
    else timer = setTimeout(() => void run(input, mine), pause);
  };
}

export interface KeepingUp<In, Out> extends Omit<Asking<In, Out>, "pause"> {
  /** Hears `true` when an answer takes long, and `false` when one is shown. */
  readonly late: (is: boolean) => void;
  /** Milliseconds from which on an answer takes long. */
  readonly patience?: number;
}

/**
 * Make a function that asks about its input, one question at a time, and shows each answer. While one is being answered only the
 * newest of the others waits, so that what is shown follows the typing on a machine that is slower than it, too. A question that
 * takes long is given up for the one that waits.
 */
export function keepingUp<In, Out>({ ask, show, fail, late, patience = 500 }: KeepingUp<In, Out>): (input: In) => void {
  let waiting: { readonly input: In } | undefined;
  let current: AbortController | undefined;
  let isLate = false;
  const giveUpIfLate = (): void => void (isLate && waiting !== undefined && current?.abort());
  const becomeLate = (): void => {
    isLate = true;
    late(true);
    giveUpIfLate();
  };
  const answered = async (input: In, signal: AbortSignal): Promise<void> => {
    try {
      const answer = await ask(input, signal);
      if (signal.aborted) return;
      late(false);
      show(answer, input);
    } catch (error) {
      if (!signal.aborted) fail(error as Error);
    }
  };
  const run = async (): Promise<void> => {
    for (let next = waiting; next !== undefined; next = waiting) {
      [waiting, current, isLate] = [undefined, new AbortController(), false];
      const timer = setTimeout(becomeLate, patience);
      await answered(next.input, current.signal);
      clearTimeout(timer);
    }
    current = undefined;
  };
  return (input) => {
    waiting = { input };
    if (current === undefined) void run();
    else giveUpIfLate();
  };
}
