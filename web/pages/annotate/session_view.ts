/** `<session-view>`: log in, use an invitation, or change one's own password. */

import { html, nothing, type TemplateResult } from "lit";
import { send } from "./api.js";
import { type Part, View } from "./view.js";

export type Mode = "login" | "join" | "password";

const WORDS: Readonly<Record<Mode, { readonly title: string; readonly action: string }>> = {
  login: { title: "Log in", action: "Log in" },
  join: { title: "Join the project", action: "Join" },
  password: { title: "Change your password", action: "Change" },
};
const DONE = "Your password is changed. You are logged out everywhere else.";

class SessionView extends View {
  static override properties = { ...View.properties, mode: {}, token: {}, busy: { state: true }, done: { state: true } };

  declare mode: Mode;
  declare token: string;
  declare busy: boolean;
  declare done: boolean;

  constructor() {
    super();
    this.mode = "login";
    this.token = "";
    this.busy = false;
    this.done = false;
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLInputElement>("input:not([hidden])")?.focus();
  }

  async #enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = Object.fromEntries(new FormData(form)) as Readonly<Record<string, string>>;
    this.busy = true;
    this.done = false;
    await this.attempt(() => this.#ask(values));
    this.busy = false;
    if (this.fault !== "") return;
    if (this.mode !== "password") return void this.dispatchEvent(new CustomEvent("session-begun", { bubbles: true, composed: true }));
    this.done = true;
    form.reset();
  }

  async #ask({ name, password, current, chosen, again }: Readonly<Record<string, string>>): Promise<void> {
    if (this.mode === "login") return await send("POST", "api/session", { name, password });
    if (this.mode === "join") return await send("POST", "api/accounts", { invitation: this.token, name, password });
    if (chosen !== again) throw new Error("the two new passwords differ. Nothing was changed");
    await send("POST", "api/password", { current, new: chosen });
  }

  protected override render(): TemplateResult {
    const { title, action } = WORDS[this.mode];
    return html`
      <form class="card session" @submit=${this.#enter}>
        <h1>${title}</h1>
        ${this.mode === "password" ? this.#change() : this.#entry()} ${this.faultView()}
        ${this.done ? html`<p role="status">${DONE}</p>` : nothing}
        <button type="submit" class="main" ?disabled=${this.busy}>${action}</button>
      </form>
    `;
  }

  #entry(): TemplateResult {
    const joins = this.mode === "join";
    return html`
      ${joins ? html`<p class="quiet">Choose the name that your annotations will carry, and a password.</p>` : nothing}
      <label>Name <input name="name" required maxlength="200" autocomplete="username" autocapitalize="none" spellcheck="false" /></label>
      ${joins ? newPassword("Password", "password") : oldPassword("Password", "password")} ${joins ? HELP : nothing}
    `;
  }

  /** The name stands there unseen, so that a browser that keeps passwords knows whose it is. */
  #change(): TemplateResult {
    const name = this.project.annotator ?? "";
    return html`
      <p class="quiet">For ${name}. All your other sessions end.</p>
      <input name="name" .value=${name} autocomplete="username" hidden readonly />
      ${oldPassword("Current password", "current")} ${newPassword("New password", "chosen")} ${newPassword("New password, once more", "again")} ${HELP}
    `;
  }
}

const HELP: Part = html`<p id="password-help" class="quiet">Ten characters or more.</p>`;

function oldPassword(label: string, name: string): TemplateResult {
  return html`<label>${label} <input name=${name} type="password" required autocomplete="current-password" /></label>`;
}

function newPassword(label: string, name: string): TemplateResult {
  return html`<label>
    ${label} <input name=${name} type="password" required minlength="10" maxlength="1000" autocomplete="new-password" aria-describedby="password-help" />
  </label>`;
}

customElements.define("session-view", SessionView);
