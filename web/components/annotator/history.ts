/** The states of a text, as far back as its history: frozen values, so that undo is a step in a list. */

import { sameState, type State, tidy } from "./state.js";

export type ActKind = "edit" | "undo" | "redo" | "accept" | "skip" | "reopen";

/** One thing that the annotator did earlier, with the state after it. */
export interface PastAct {
  readonly kind: ActKind;
  readonly state: State;
}

export interface History {
  readonly states: readonly [State, ...State[]];
  readonly at: number;
}

export function historyOf(initial: State): History {
  return { states: [tidy(initial)], at: 0 };
}

export function current({ states, at }: History): State {
  return states[at] ?? states[0];
}

/** Add a state; what had been undone is gone. A state that says the same is not added. */
export function push(history: History, state: State): History {
  if (sameState(current(history), state)) return history;
  const [first, ...others] = history.states.slice(0, history.at + 1) as [State, ...State[]];
  return { states: [first, ...others, tidy(state)], at: history.at + 1 };
}

export function canUndo({ at }: History): boolean {
  return at > 0;
}

export function canRedo({ states, at }: History): boolean {
  return at < states.length - 1;
}

export function undo(history: History): History {
  return canUndo(history) ? { ...history, at: history.at - 1 } : history;
}

export function redo(history: History): History {
  return canRedo(history) ? { ...history, at: history.at + 1 } : history;
}

/** Build the history of a text from its acts, so that undo goes on where it was before a reload. */
export function rebuilt(initial: State, acts: readonly PastAct[]): History {
  return acts.reduce(replayed, historyOf(initial));
}

/** Repeat one act. Where an undo leads elsewhere than it says, its state counts. */
function replayed(history: History, { kind, state }: PastAct): History {
  if (kind === "undo") return push(undo(history), state);
  if (kind === "redo") return push(redo(history), state);
  return push(history, state);
}
