/** Tells a desk what happens to the page around it: the network, the window, the hand that works. */

import type { Desk } from "./desk.js";

export function attend(desk: Desk): void {
  addEventListener("online", () => desk.outbox?.wake());
  addEventListener("focus", () => desk.doubt());
  addEventListener("pagehide", () => desk.keepNow());
  addEventListener("beforeunload", (event) => {
    if ((desk.outbox?.unstored ?? 0) > 0) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    desk.watch.show(document.visibilityState === "visible");
    desk.doubt();
    if (document.visibilityState === "visible") desk.outbox?.wake();
  });
  for (const happening of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(happening, () => desk.watch.touch(), { passive: true, capture: true });
  }
}
