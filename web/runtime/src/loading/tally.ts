/** Add up the bytes of all files of a model while they come. */

import type { Progress } from "../model.js";

type From = Progress["from"];

export interface Tally {
  /** Count a file that will be loaded, before its first byte comes. A size that turns out wrong is corrected. */
  expect(file: string, size: number): void;
  /** So many bytes of a file are there. */
  came(file: string, loaded: number, from: From, size?: number): void;
  /** A file is there as a whole. */
  done(file: string, size: number, from: From): void;
  /** All is loaded: what was counted and never needed counts no more. */
  end(): void;
}

interface Share {
  readonly loaded: number;
  readonly size: number;
}

/** Tell `onProgress` how many bytes of all files are there; `loaded` never falls. */
export function tallyOf(onProgress?: (progress: Progress) => void): Tally {
  const shares = new Map<string, Share>();
  const sum = (part: keyof Share): number => [...shares.values()].reduce((all, share) => all + share[part], 0);
  let last: Pick<Progress, "file" | "from"> | undefined;
  const tell = (): void => {
    if (last !== undefined) onProgress?.({ ...last, loaded: sum("loaded"), total: sum("size") });
  };
  const set = (file: string, share: Share, from: From): void => {
    shares.set(file, share);
    last = { file, from };
    tell();
  };
  return {
    expect: (file, size) => void shares.set(file, { loaded: shares.get(file)?.loaded ?? 0, size }),
    came: (file, bytes, from, size = 0) => {
      const known = shares.get(file) ?? { loaded: 0, size: 0 };
      const loaded = Math.max(known.loaded, bytes);
      set(file, { loaded, size: Math.max(known.size, loaded, size) }, from);
    },
    done: (file, size, from) => set(file, { loaded: size, size }, from),
    end: () => {
      const before = sum("size");
      for (const [file, { loaded }] of shares) if (loaded === 0) shares.delete(file);
      if (sum("size") !== before) tell();
    },
  };
}
