/** A place for one thing that takes a while to open: what was wished for last is there in the end. */

export interface Closable {
  close(): Promise<void>;
}

export interface Slot<T> {
  /** What is open. */
  readonly current: T | undefined;
  /** Something is being opened that may still come. */
  readonly isOpening: boolean;
  /**
   * Open something; once it is there, it takes the place of what was open, and whatever was to be opened before it is given up.
   * What is given up is closed, and its faults are dropped.
   */
  put(open: (signal: AbortSignal) => Promise<T>): Promise<void>;
}

/** Make an empty place. `onPut` is called when something took its place, before what was there is closed. */
export function slot<T extends Closable>(onPut: (opened: T) => void): Slot<T> {
  let current: T | undefined;
  let opening: readonly AbortController[] = [];
  const take = async (opened: T, mine: AbortController): Promise<void> => {
    const [before, place] = [current, opening.indexOf(mine)];
    opening.slice(0, place).forEach((older) => older.abort());
    opening = opening.slice(place + 1);
    current = opened;
    onPut(opened);
    await before?.close();
  };
  return {
    get current() {
      return current;
    },
    get isOpening() {
      return opening.length > 0;
    },
    async put(open) {
      const mine = new AbortController();
      opening = [...opening, mine];
      try {
        const opened = await open(mine.signal);
        await (mine.signal.aborted ? opened.close() : take(opened, mine));
      } catch (error) {
        if (!mine.signal.aborted) throw error;
      } finally {
        opening = opening.filter((each) => each !== mine);
      }
    },
  };
}
