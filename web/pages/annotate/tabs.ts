/** Other tabs of this browser that show the same text: each says what it shows, and what it did. */

import { newKey } from "./data.js";

export interface TabsOptions {
  /** The number of the text that is shown here. */
  readonly shown: () => number | null;
  /** Another tab shows it, too. */
  readonly met: () => void;
  /** Something was done to it there. */
  readonly acted: () => void;
}

type Kind = "shows" | "also" | "acted";

export class Tabs {
  readonly #tab = newKey();
  readonly #channel: BroadcastChannel;

  constructor(space: string, { shown, met, acted }: TabsOptions) {
    this.#channel = new BroadcastChannel(`textwright/${space}`);
    this.#channel.onmessage = ({ data }: MessageEvent<{ tab: string; kind: Kind; text: number }>) => {
      if (data.tab === this.#tab || data.text !== shown()) return;
      if (data.kind === "shows") this.say("also", data.text);
      if (data.kind === "acted") acted();
      met();
    };
  }

  say(kind: Kind, text: number): void {
    this.#channel.postMessage({ tab: this.#tab, kind, text });
  }
}
