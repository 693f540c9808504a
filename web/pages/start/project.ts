/** The project that the page shows: where each step stands, as the server says it. */

import { get, send } from "../annotate/api.js";
import type { Step } from "./steps.js";

export interface Standing {
  readonly name: Step;
  readonly done: boolean;
  readonly words: string;
  readonly commands: readonly string[];
}

export interface ProjectData {
  readonly name: string;
  readonly folder: string;
  readonly step: Step;
  readonly steps: readonly Standing[];
}

export class Project {
  data: ProjectData | null = null;
  fault = "";
  readonly #listeners = new Set<() => void>();

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Ask anew where each step stands: after each change. */
  async refresh(): Promise<void> {
    await this.#take(get<ProjectData>("api/steps"));
  }

  /** Show another step; the server remembers it. */
  async go(step: Step): Promise<void> {
    await this.#take(send<ProjectData>("POST", "api/steps/at", { step }));
  }

  async #take(asked: Promise<ProjectData>): Promise<void> {
    try {
      this.data = await asked;
      this.fault = "";
    } catch (error) {
      this.fault = (error as Error).message;
    }
    this.tell();
  }

  standing(step: Step): Standing | undefined {
    return this.data?.steps.find(({ name }) => name === step);
  }
}
