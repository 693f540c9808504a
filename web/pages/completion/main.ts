import { type EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import { element } from "../../components/drawing.js";
import { announcer } from "../shared/announcing.js";
import { keepVisit } from "../shared/offline.js";
import { find } from "../shared/page.js";
import { asker } from "./asking.js";
import { openEditor, write } from "./editor.js";
import { BEGINNINGS } from "./examples.js";
import { fetchFile, type OnShare } from "./fetching.js";
import { figuresTable } from "./figures.js";
import { accept, ghostOf, show } from "./ghost.js";
import { type Llama, openLlama, type Pace } from "./llama.js";
import { questionOf, suggestionOf } from "./question.js";
import { slot } from "./slot.js";

const SHIPPED = new URL("./model/python.gguf", import.meta.url).href;
/** Milliseconds without a key before a suggestion is computed. */
const PAUSE = 250;
/** With more than closing brackets after the cursor a suggestion would stand in the middle of a line. */
const MAY_FOLLOW = /^[\s)\]}:,"']*$/;

const place = find("editor", HTMLElement);
const status = find("status", HTMLElement);
const pace = find("pace", HTMLElement);
const problem = find("problem", HTMLElement);
const file = find("file", HTMLInputElement);
const take = find("accept", HTMLButtonElement);
const ask = find("ask", HTMLButtonElement);
const say = announcer(find("said", HTMLElement), 600);

const models = slot<Llama>(() => {
  showState();
  asking.now();
});

/** Run a step; show what went wrong, or take away what the last step had shown. */
async function attempt(step: () => Promise<void> | void): Promise<void> {
  try {
    problem.hidden = true;
    await step();
  } catch (error) {
    fail(error as Error);
  }
}

function fail(error: Error): void {
  problem.textContent = error.message;
  problem.hidden = false;
}

/** Take away what went wrong before, while there is a model that goes on. */
function forget(): void {
  if (models.current !== undefined) problem.hidden = true;
}

// --- the model ------------------------------------------------------------------------------------

/** Start a model, and go on with the old one when it cannot be. */
async function use(name: string, open: (onShare: OnShare, signal: AbortSignal) => Promise<Blob>): Promise<void> {
  status.textContent = `Loading ${name} …`;
  try {
    await models.put(async (signal) => {
      const onShare: OnShare = (share) => signal.aborted || showShare(share);
      return openLlama(await open(onShare, signal), name, onShare);
    });
  } catch (error) {
    showState();
    throw error;
  }
}

function showState(): void {
  const { current, isOpening } = models;
  pace.textContent = "";
  status.textContent = isOpening ? "Loading the model …" : current === undefined ? "No model is loaded." : factsOf(current);
  ask.disabled = current === undefined;
}

async function start(): Promise<void> {
  await use("python.gguf", (onShare, signal) => fetchFile(SHIPPED, onShare, signal));
  void keepVisit();
}

/** Show how much of what is loaded is there, beside the status: screen readers would count along. */
function showShare(share: number): void {
  pace.textContent = `${Math.round(share * 100)} %`;
}

function factsOf({ name, bytes, threads }: Llama): string {
  return [name, `${(bytes / 1e6).toFixed(1)} MB`, threads === 1 ? "1 thread" : `${threads} threads`].join(" · ");
}

function showPace({ first, rate }: Pace): void {
  const steady = Number.isFinite(rate) && rate > 0 ? ` · ${rate.toFixed(0)} pieces/s` : "";
  pace.textContent = `first piece after ${first.toFixed(0)} ms${steady}`;
}

async function openFile(chosen: File | undefined): Promise<void> {
  if (chosen === undefined) return;
  asking.stop();
  await use(chosen.name, async () => chosen);
}

// --- suggestions ----------------------------------------------------------------------------------

/** Compute a suggestion at the cursor, and show it while it grows. */
async function suggest(signal: AbortSignal): Promise<void> {
  const model = models.current;
  if (model === undefined || !mayFollow()) return;
  const before = view.state.sliceDoc(0, view.state.selection.main.head);
  if (before.trim() === "") return;
  const question = questionOf(before, model.most);
  const alone = restOfLine().trim() === "";
  const onText = (written: string): boolean => {
    const { text, whole } = suggestionOf(before, written.slice(question.given.length));
    const shown = alone ? text : (text.split("\n")[0] as string);
    if (shown !== ghostOf(view.state)) show(view, shown);
    return whole;
  };
  forget();
  showPace(await computing(signal, () => model.complete(question, { signal, onText })));
  tell(ghostOf(view.state));
}

/** Show that something is computed, until it is there, has failed or is given up. */
async function computing<T>(signal: AbortSignal, compute: () => Promise<T>): Promise<T> {
  const end = (): void => showComputing(false);
  showComputing(true);
  signal.addEventListener("abort", end, { once: true });
  try {
    return await compute();
  } finally {
    if (!signal.aborted) end(); // else it has ended, and another may have begun
  }
}

function tell(text: string): void {
  say(text === "" ? "" : `Suggestion: ${text.trim()}. Tab accepts.`);
}

function mayFollow(): boolean {
  return view.state.selection.main.empty && !view.composing && MAY_FOLLOW.test(restOfLine());
}

/** What follows the cursor in its line. */
function restOfLine(): string {
  const { head } = view.state.selection.main;
  return view.state.sliceDoc(head, view.state.doc.lineAt(head).to);
}

const asking = asker(suggest, fail, PAUSE);

function heard({ docChanged, selectionSet, startState, state }: ViewUpdate): void {
  take.disabled = ghostOf(state) === "";
  const dismissed = ghostOf(startState) !== "" && ghostOf(state) === "";
  if (!docChanged && !selectionSet && !dismissed) return;
  if (docChanged) forget();
  if (docChanged) asking.soon();
  else asking.stop();
}

function showComputing(is: boolean): void {
  place.toggleAttribute("data-computing", is);
}

// --- the page -------------------------------------------------------------------------------------

const KEYS = keymap.of([{ key: "Alt-\\", run: () => (asking.now(), true) }]);

const view: EditorView = openEditor(place, heard, KEYS);
find("examples", HTMLElement).append(
  ...BEGINNINGS.map(({ name, text }) => {
    const button = Object.assign(element("button", "example", name), { type: "button" });
    button.addEventListener("click", () => (write(view, text), view.focus()));
    return button;
  }),
);

/** A button of the editor leaves the focus there, so that the next key is text again. */
function onPress(button: HTMLButtonElement, step: () => void): void {
  button.addEventListener("click", () => (step(), view.focus()));
}

onPress(take, () => accept(view));
onPress(ask, () => asking.now());
file.addEventListener("change", () => {
  const chosen = file.files?.[0];
  file.value = "";
  void attempt(() => openFile(chosen));
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  const dropped = event.dataTransfer?.files[0];
  if (dropped === undefined) return;
  event.preventDefault();
  void attempt(() => openFile(dropped));
});
find("figures", HTMLElement).append(figuresTable());
write(view, (BEGINNINGS[0] as { readonly text: string }).text);
void attempt(start);
