/** What is typed and not brought yet: the tab keeps it over a reload and while one is at another step. */
export class Draft {
  readonly #name: string;
  #text = "";

  constructor(folder: string) {
    this.#name = `textwright/start/${folder}/draft`;
    try {
      this.#text = sessionStorage.getItem(this.#name) ?? "";
    } catch {
      return;
    }
  }

  get text(): string {
    return this.#text;
  }

  /** Keep it; what the browser does not keep, too long or not allowed, stands in the page alone. */
  set text(text: string) {
    this.#text = text;
    try {
      sessionStorage.removeItem(this.#name);
      if (text !== "") sessionStorage.setItem(this.#name, text);
    } catch {
      return;
    }
  }
}
