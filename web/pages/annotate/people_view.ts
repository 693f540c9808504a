/** `<people-view>`: an owner's view of accounts, invitations and what happened. */

import { html, nothing, type TemplateResult } from "lit";
import { get, send } from "./api.js";
import type { Role } from "./data.js";
import { View, when } from "./view.js";

interface Account {
  readonly name: string;
  readonly role: Role;
  readonly created: string;
  readonly disabled: boolean;
}

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const ROLES: readonly Role[] = ["annotator", "reviewer", "owner"];

class PeopleView extends View {
  static override properties = {
    ...View.properties,
    accounts: { state: true },
    entries: { state: true },
    invitation: { state: true },
    copied: { state: true },
  };

  declare accounts: readonly Account[];
  declare entries: readonly Entry[];
  declare invitation: { readonly url: string; readonly expires: string } | null;
  declare copied: boolean;

  constructor() {
    super();
    this.accounts = [];
    this.entries = [];
    this.invitation = null;
    this.copied = false;
  }

  protected override async load(): Promise<void> {
    await this.#read();
  }

  async #read(): Promise<void> {
    const [people, log] = await Promise.all([
      get<{ accounts: Account[] }>("api/accounts"),
      get<{ entries: Entry[] }>("api/audit?newest=true"),
    ]);
    this.accounts = people.accounts;
    this.entries = [...log.entries].reverse();
  }

  async #change(name: string, change: Partial<Pick<Account, "role" | "disabled">>): Promise<void> {
    await this.attempt(() => send("PATCH", `api/accounts/${encodeURIComponent(name)}`, change));
    const failure = this.fault;
    await this.attempt(() => this.#read());
    this.fault ||= failure;
    this.requestUpdate();
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    await this.attempt(async () => {
      const asked = { role: values.get("role"), days: Number(values.get("days")) };
      this.invitation = await send("POST", "api/invitations", asked);
      this.copied = false;
    });
  }

  async #copy(url: string): Promise<void> {
    await this.attempt(() => navigator.clipboard.writeText(url));
    this.copied = this.fault === "";
  }

  protected override render(): TemplateResult {
    return html`
      <h1>People</h1>
      ${this.faultView()} ${this.#accounts()} ${this.#invitations()} ${this.#log()}
    `;
  }

  #accounts(): TemplateResult {
    return html`<div class="wide" tabindex="0" role="group" aria-label="Accounts">
      <table>
        <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Since</th><th scope="col">May come in</th></tr></thead>
        <tbody>${this.accounts.map((account) => this.#account(account))}</tbody>
      </table>
    </div>`;
  }

  #account({ name, role, created, disabled }: Account): TemplateResult {
    const changed = (event: Event): Promise<void> => this.#change(name, { role: (event.target as HTMLSelectElement).value as Role });
    return html`<tr>
      <th scope="row">${name}</th>
      <td><select aria-label="Role of ${name}" @change=${changed}>${roleOptions(role)}</select></td>
      <td>${when(created)}</td>
      <td>${disabled ? "no" : "yes"} <button type="button" aria-label="${disabled ? "Enable" : "Disable"} ${name}" @click=${() => this.#change(name, { disabled: !disabled })}>${disabled ? "Enable" : "Disable"}</button></td>
    </tr>`;
  }

  #invitations(): TemplateResult {
    return html`
      <h2>Invite somebody</h2>
      <form class="filters" @submit=${this.#invite}>
        <label>As <select name="role">${roleOptions("annotator")}</select></label>
        <label>Days that the link holds <input name="days" type="number" value="7" min="1" max="90" required /></label>
        <button type="submit">Make a link</button>
      </form>
      ${this.invitation === null ? nothing : this.#link(this.invitation)}
    `;
  }

  #link({ url, expires }: { readonly url: string; readonly expires: string }): TemplateResult {
    return html`<p class="card link" role="status">
      <code>${url}</code>
      <button type="button" @click=${() => this.#copy(url)}>${this.copied ? "Copied" : "Copy"}</button>
      <span class="quiet">for one person, until ${when(expires)}; shown only now</span>
    </p>`;
  }

  #log(): TemplateResult {
    return html`<h2>What happened</h2>
      <div class="wide" tabindex="0" role="group" aria-label="Log">
        <table>
          <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">More</th></tr></thead>
          <tbody>
            ${this.entries.map(({ at, who, what, detail }) => html`<tr><td>${when(at)}</td><td>${who}</td><td>${what}</td><td class="quiet">${inWords(detail)}</td></tr>`)}
          </tbody>
        </table>
      </div>`;
  }
}

function roleOptions(chosen: Role): TemplateResult[] {
  return ROLES.map((role) => html`<option ?selected=${role === chosen}>${role}</option>`);
}

function inWords(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail).map(([name, value]) => `${name}: ${String(value)}`).join(", ");
}

customElements.define("people-view", PeopleView);
