/** When a suggestion is computed: a moment after the last key, or at once; whatever comes gives up what was being computed. */

export interface Asker {
  /** Ask when nothing came for a while. */
  soon(): void;
  now(): void;
  /** Give up what is being computed, and ask nothing. */
  stop(): void;
}

/** Make an asker. `ask` must heed its signal; what it throws after that is dropped. */
export function asker(ask: (signal: AbortSignal) => Promise<void>, fail: (error: Error) => void, pause: number): Asker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current = new AbortController();
  const stop = (): void => {
    clearTimeout(timer);
    current.abort();
  };
  const now = (): void => {
    stop();
    const { signal } = (current = new AbortController());
    ask(signal).catch((error: Error) => signal.aborted || fail(error));
  };
  const soon = (): void => {
    stop();
    timer = setTimeout(now, pause);
  };
  return { soon, now, stop };
}
