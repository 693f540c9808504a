/** Log in, or join by an invitation. */

import { html, type TemplateResult } from "lit";
import { send } from "./api.js";
import { type Part, View } from "./view.js";

export class LoginView extends View {
  static override properties = { ...View.properties, invitation: {} };
  /** The token of an invitation, or empty to log in. */
  declare invitation: string;
  #isBusy = false;

  protected override render(): Part {
    const isJoining = (this.invitation ?? "") !== "";
    const waits = this.desk.outbox?.size ?? 0;
    return html`<div class="login card">
      <h1>${isJoining ? "Join" : "Log in"}</h1>
      <p class="soft">${isJoining ? "Choose a name and a password of at least 10 characters." : (this.desk.project?.name ?? "")}</p>
      ${waits > 0 ? html`<p class="hint">What you did is kept in this browser and is sent once you are logged in.</p>` : ""} ${this.faultView()}
      <form @submit=${(event: SubmitEvent) => this.enter(event, isJoining)}>
        <label>Name <input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="100" /></label>
        ${this.password(isJoining)}
        <button type="submit" class="main" ?disabled=${this.#isBusy}>${isJoining ? "Join" : "Log in"}</button>
      </form>
    </div>`;
  }

  private password(isJoining: boolean): TemplateResult {
    return isJoining
      ? html`<label>Password <input type="password" name="password" autocomplete="new-password" required minlength="10" /></label>`
      : html`<label>Password <input type="password" name="password" autocomplete="current-password" required /></label>`;
  }

  private enter(event: SubmitEvent, isJoining: boolean): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const body = { name: String(data.get("name")), password: String(data.get("password")) };
    this.#isBusy = true;
    void this.attempt(async () => {
      try {
        if (isJoining) await send("POST", "api/accounts", { ...body, invitation: this.invitation });
        else await send("POST", "api/session", body);
        location.hash = "#/";
        await this.desk.reopen();
      } finally {
        this.#isBusy = false;
      }
    });
  }
}
