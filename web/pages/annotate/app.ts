/** The page around the views: its head, the ways between views, what is the same everywhere. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Desk } from "./desk.js";
import type { KeysDialog } from "./keys.js";
import { saveState } from "./annotate_view.js";
import type { Mode } from "./session_view.js";
import type { Part } from "./view.js";

interface Way {
  readonly hash: string;
  readonly name: string;
  readonly role?: "reviewer" | "owner";
}

const WAYS: readonly Way[] = [
  { hash: "#/", name: "Annotate" },
  { hash: "#/texts", name: "Texts" },
  { hash: "#/review", name: "Review", role: "reviewer" },
  { hash: "#/progress", name: "Progress" },
  { hash: "#/guideline", name: "Guideline" },
  { hash: "#/people", name: "People", role: "owner" },
];

// Everybody who logs in goes there, but not in the course of work.
const PASSWORD: Way = { hash: "#/password", name: "Password" };

/** Where the address names a text, show it; the address is then that of the work again. */
export async function showNamedText(desk: Desk): Promise<void> {
  const text = /^#\/text\/(\d+)$/.exec(location.hash)?.[1];
  if (text === undefined) return;
  history.replaceState(null, "", "#/");
  await desk.goTo(Number(text)).catch((error: unknown) => desk.notice(error));
  desk.tell();
}

export class AnnotationApp extends LitElement {
  static override properties = { desk: { attribute: false } };
  declare desk: Desk;
  #way: HTMLElement | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk.listen(() => this.requestUpdate());
    addEventListener("hashchange", () => this.go());
    document.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("annotator-help", () => this.help());
  }

  /** Another view begins at its top, with its heading heard first. */
  private go(): void {
    this.desk.fault = "";
    void showNamedText(this.desk);
    this.requestUpdate();
    scrollTo({ top: 0 });
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true }));
  }

  protected override updated(): void {
    const name = [...WAYS, PASSWORD].find(({ hash }) => hash === this.hash)?.name;
    this.#showWay();
    document.title = [name, this.desk.project?.name, "textwright"].filter((part) => part !== undefined && part !== "").join(" · ");
  }

  /** On a narrow screen the way to the view that is shown may lie beyond the edge. */
  #showWay(): void {
    const way = this.querySelector<HTMLElement>("nav [aria-current]");
    if (way === null || way === this.#way) return;
    this.#way = way;
    way.parentElement?.scrollTo({ left: way.offsetLeft - way.parentElement.offsetLeft - 16 });
  }

  private get hash(): string {
    return location.hash === "" ? "#/" : location.hash;
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    return html`
      <a class="skip" href="#main" @click=${(event: Event) => this.skip(event)}>Skip to the text</a>
      <header>
        <p class="brand"><b>textwright</b> <span>${desk.project?.name ?? ""}</span></p>
        ${desk.phase === "working" ? this.ways() : nothing} ${this.person()}
      </header>
      <main id="main" tabindex="-1">${this.view()}</main>
      <keys-dialog .desk=${desk}></keys-dialog>
      <conflict-dialog .desk=${desk}></conflict-dialog>
    `;
  }

  private ways(): TemplateResult {
    const { role, login } = this.desk.project ?? {};
    const mayGo = ({ role: needed, hash }: Way): boolean => (needed === undefined || role === "owner" || role === needed) && (hash !== "#/people" || login === true);
    return html`<nav aria-label="Views">
      ${WAYS.filter(mayGo).map(({ hash, name }) => html`<a href=${hash} aria-current=${hash === this.hash ? "page" : nothing}>${name}</a>`)}
    </nav>`;
  }

  private person(): Part {
    const { desk } = this;
    if (desk.phase !== "working") return nothing;
    const isWorking = this.hash === "#/";
    return html`<div class="person">
      ${isWorking ? nothing : saveState(desk)}
      <button type="button" class="quiet help" aria-keyshortcuts="?" @click=${() => this.help()}><kbd>?</kbd> Keys</button>
      ${desk.project?.login
        ? html`<span class="soft">${desk.project.annotator}</span>
            <a class="soft" href=${PASSWORD.hash} aria-current=${this.hash === PASSWORD.hash ? "page" : nothing}>Password</a>
            <button type="button" class="quiet" @click=${() => void desk.leave().catch((error: unknown) => desk.notice(error))}>Log out</button>`
        : nothing}
    </div>`;
  }

  private view(): Part {
    const { desk } = this;
    const invitation = /^#\/join\/(.+)$/.exec(this.hash)?.[1];
    if (invitation !== undefined) return this.session("join", invitation);
    if (desk.phase === "opening") return html`<p class="soft opening" role="status">Opening the project …</p>`;
    if (desk.phase === "closed") return this.closed();
    if (desk.phase === "login") return this.session("login", "");
    if (this.hash === PASSWORD.hash && desk.project?.login === true) return this.session("password", "");
    switch (this.hash) {
      case "#/texts":
        return html`<texts-view .desk=${desk}></texts-view>`;
      case "#/review":
        return html`<review-view .desk=${desk}></review-view>`;
      case "#/progress":
        return html`<progress-view .desk=${desk}></progress-view>`;
      case "#/guideline":
        return html`<guideline-view .desk=${desk}></guideline-view>`;
      case "#/people":
        return html`<people-view .desk=${desk}></people-view>`;
      default:
        return html`<annotate-view .desk=${desk}></annotate-view>`;
    }
  }

  private session(mode: Mode, token: string): TemplateResult {
    return html`<session-view .desk=${this.desk} .mode=${mode} .token=${token} @session-begun=${() => this.begin()}></session-view>`;
  }

  private begin(): void {
    if (location.hash.startsWith("#/join/")) history.replaceState(null, "", "#/");
    void this.desk.reopen().catch((error: unknown) => this.desk.notice(error));
  }

  private closed(): TemplateResult {
    return html`<div class="end card">
      <h1>The project cannot be opened</h1>
      <p role="alert">${this.desk.fault}</p>
      <p class="row"><button type="button" class="main" @click=${() => void this.desk.open()}>Try again</button></p>
    </div>`;
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>("annotate-view .text, main")?.focus();
  }

  /** The text tells of its own keys; elsewhere `?` shows them, too. */
  private pressed(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key !== "?" || event.defaultPrevented || target.closest("input, textarea, select, dialog, .text") !== null) return;
    event.preventDefault();
    this.help();
  }

  private help(): void {
    this.querySelector<KeysDialog>("keys-dialog")?.show();
  }
}
