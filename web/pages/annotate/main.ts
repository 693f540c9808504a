import "../../components/annotator/index.js";
import { AnnotateView } from "./annotate_view.js";
import { AnnotationApp } from "./app.js";
import { ConflictDialog } from "./conflict.js";
import { Desk } from "./desk.js";
import { GuidelineView } from "./guideline_view.js";
import { KeysDialog } from "./keys.js";
import { LoginView } from "./login_view.js";
import { PeopleView } from "./people_view.js";
import { ProgressView } from "./progress_view.js";
import { ReviewView } from "./review_view.js";
import { TextsView } from "./texts_view.js";

const ELEMENTS = {
  "annotate-view": AnnotateView,
  "annotation-app": AnnotationApp,
  "conflict-dialog": ConflictDialog,
  "guideline-view": GuidelineView,
  "keys-dialog": KeysDialog,
  "login-view": LoginView,
  "people-view": PeopleView,
  "progress-view": ProgressView,
  "review-view": ReviewView,
  "texts-view": TextsView,
};

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);

const desk = new Desk();
const app = document.createElement("annotation-app") as AnnotationApp;
app.desk = desk;
document.body.replaceChildren(app);

addEventListener("online", () => desk.outbox?.wake());
addEventListener("pagehide", () => desk.keepNow());
addEventListener("beforeunload", (event) => {
  if ((desk.outbox?.unstored ?? 0) > 0) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  desk.watch.show(document.visibilityState === "visible");
  if (document.visibilityState === "visible") desk.outbox?.wake();
});
for (const happening of ["keydown", "pointerdown", "pointermove", "scroll"]) {
  document.addEventListener(happening, () => desk.watch.touch(), { passive: true, capture: true });
}

async function start(): Promise<void> {
  await desk.open();
  desk.keepUp();
  const text = /^#\/text\/(\d+)$/.exec(location.hash)?.[1];
  if (text !== undefined) {
    history.replaceState(null, "", "#/");
    await desk.goTo(Number(text)).catch((error: unknown) => desk.notice(error));
    desk.tell();
  }
  // A browser without one, or a page without a secure origin, works on; it only does not open without network.
  await navigator.serviceWorker?.register("annotate/worker.js", { scope: "./" }).catch(() => undefined);
}

void start();
