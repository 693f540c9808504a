/** `<session-view>`: log in, or use an invitation. */

import { html, nothing, type TemplateResult } from "lit";
import { send } from "./api.js";
import { View } from "./view.js";

class SessionView extends View {
  static override properties = { ...View.properties, mode: {}, token: {}, busy: { state: true } };

  declare mode: "login" | "join";
  declare token: string;
  declare busy: boolean;

  constructor() {
    super();
    this.mode = "login";
    this.token = "";
    this.busy = false;
  }

  protected override firstUpdated(): void {
    this.querySelector("input")?.focus();
  }

  async #enter(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    this.busy = true;
    await this.attempt(async () => {
      if (this.mode === "join") await send("POST", "api/accounts", { invitation: this.token, ...values });
      else await send("POST", "api/session", values);
    });
    this.busy = false;
    if (this.fault === "") this.dispatchEvent(new CustomEvent("session-begun", { bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const joins = this.mode === "join";
    return html`
      <form class="card session" @submit=${this.#enter}>
        <h1>${joins ? "Join the project" : "Log in"}</h1>
        ${joins ? html`<p class="quiet">Choose the name that your annotations will carry, and a password.</p>` : nothing}
        <label>Name <input name="name" required maxlength="200" autocomplete="username" autocapitalize="none" spellcheck="false" /></label>
        <label>
          Password
          <input
            name="password"
            type="password"
            required
            minlength=${joins ? "10" : "1"}
            autocomplete=${joins ? "new-password" : "current-password"}
            aria-describedby=${joins ? "password-help" : nothing}
          />
        </label>
        ${joins ? html`<p id="password-help" class="quiet">Ten characters or more.</p>` : nothing} ${this.faultView()}
        <button type="submit" class="main" ?disabled=${this.busy}>${joins ? "Join" : "Log in"}</button>
      </form>
    `;
  }
}

customElements.define("session-view", SessionView);
