/** Runs cells in a worker, one after the other, and stops them. */

import { CodeError, faultyLine, runnable } from "./code.js";
import type { Fault, Late, Outcome, Task } from "./worker.js";

export class Kernel {
  private worker: Worker | undefined;
  private waiting = new Map<number, (outcome: Outcome) => void>();

  /** `onLate` is told what goes wrong once a cell is done. */
  constructor(private readonly onLate: (fault: Fault) => void) {}

  /** Run a cell; what it does wrong is part of what comes back. */
  async run(cell: number, code: string): Promise<Outcome> {
    try {
      const outcome = await this.ask({ cell, ...runnable(code) });
      const line = outcome.fault?.syntax === true ? faultyLine(code) : undefined;
      return line === undefined ? outcome : { ...outcome, fault: { ...(outcome.fault as NonNullable<Outcome["fault"]>), line } };
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      return { cell, logged: [], fault: { message: `${error.name}: ${error.message}`, syntax: true, cell, line: error.line } };
    }
  }

  /** Stop what runs and forget all names. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    const stopped = [...this.waiting];
    this.waiting.clear();
    for (const [cell, tell] of stopped) tell(faulty(cell, "Stopped. All names are gone: run the cells from the first."));
  }

  private ask(task: Task): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiting.set(task.cell, resolve);
      this.worker ??= this.start();
      this.worker.postMessage(task);
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL("worker.js", document.baseURI), { type: "module", name: "cells" });
    worker.onmessage = ({ data }: MessageEvent<Outcome | Late>) => {
      if ("late" in data) return this.onLate(data.late);
      this.waiting.get(data.cell)?.(data);
      this.waiting.delete(data.cell);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const why = event.message || "what runs the cells could not be loaded. Is the network there? Then reload the page";
      for (const [cell, tell] of this.waiting) tell(faulty(cell, why));
      this.waiting.clear();
    };
    return worker;
  }
}

function faulty(cell: number, message: string): Outcome {
  return { cell, logged: [], fault: { message, syntax: false, cell, line: undefined } };
}
