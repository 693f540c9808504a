/** A directive that gives an element its label's colour through the object model: style attributes are refused by a strict policy. */

import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

class Coloured extends Directive {
  #colour = "";

  render(_colour: string): unknown {
    return noChange;
  }

  override update(part: ElementPart, [colour]: [string]): unknown {
    if (colour !== this.#colour) (part.element as HTMLElement).style.setProperty("--colour", colour);
    this.#colour = colour;
    return noChange;
  }
}

export const coloured = directive(Coloured);
