import "../../components/annotator/index.js";
import "./guideline_view.js";
import "./label_form.js";
import "./people_view.js";
import "./progress_view.js";
import "./review_view.js";
import "./session_view.js";
import "./texts_view.js";
import { AnnotateView } from "./annotate_view.js";
import { AnnotationApp, showNamedText } from "./app.js";
import { attend } from "./attending.js";
import { ConflictDialog } from "./conflict.js";
import { Desk } from "./desk.js";
import { KeysDialog } from "./keys.js";

const ELEMENTS = {
  "annotate-view": AnnotateView,
  "annotation-app": AnnotationApp,
  "conflict-dialog": ConflictDialog,
  "keys-dialog": KeysDialog,
};

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);

const desk = new Desk();
const app = document.createElement("annotation-app") as AnnotationApp;
app.desk = desk;
document.body.replaceChildren(app);

attend(desk);

async function start(): Promise<void> {
  await desk.open();
  desk.keepUp();
  await showNamedText(desk);
  // The worker keeps the page of its folder, so that this must be it, and not one page among others.
  if (location.pathname.endsWith(".html")) return;
  // A browser without one, or a page without a secure origin, works on; it only does not open without network.
  await navigator.serviceWorker?.register("annotate/worker.js", { scope: "./" }).catch(() => undefined);
}

void start();
