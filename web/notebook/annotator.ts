/** The front end of `textwright.annotate`, an anywidget: one file with all that it needs. */

import type { Model } from "./model.js";
import { View } from "./view.js";

function render({ model, el }: { readonly model: Model; readonly el: HTMLElement }): () => void {
  return new View(model).show(el);
}

export default { render };
