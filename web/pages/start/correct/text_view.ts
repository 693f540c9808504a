/** The annotation page's view of a text, inside the step; its end leads on to the next step. */

import { html, nothing } from "lit";
import { AnnotateView } from "../../annotate/annotate_view.js";
import type { Part } from "../../annotate/view.js";

export class TextView extends AnnotateView {
  protected override heading(): Part {
    return html`<h2 class="visually-hidden">The text</h2>`;
  }

  protected override ways(): Part {
    return html`<a class="button main" href="#/judge">Judge</a> <a class="button" href="annotate.html#/texts">See all texts</a>`;
  }

  protected override takings(): Part {
    return nothing;
  }
}
