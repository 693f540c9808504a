/** For owners: accounts, invitation links, what happened. */

import { html, nothing, type TemplateResult } from "lit";
import { get, send } from "./api.js";
import type { Role } from "./data.js";
import { type Part, View } from "./view.js";

interface Account {
  readonly name: string;
  readonly role: Role;
  readonly created: string;
  readonly disabled: boolean | string | null;
}

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly detail: unknown;
}

const ROLES: readonly Role[] = ["annotator", "reviewer", "owner"];

export class PeopleView extends View {
  #accounts: readonly Account[] = [];
  #entries: readonly Entry[] = [];
  #link = "";
  #expires = "";

  protected override async load(): Promise<void> {
    this.#accounts = (await get<{ accounts: Account[] }>("api/accounts")).accounts;
    this.#entries = await allEntries();
  }

  protected override render(): Part {
    return html`
      <h1>People</h1>
      ${this.faultView()} ${this.desk.project?.login ? this.invite() : nothing}
      <section class="card" aria-labelledby="accounts-heading">
        <h2 id="accounts-heading">Accounts</h2>
        ${this.#accounts.length === 0
          ? html`<p class="soft">There are none: nobody logs in on this machine. Add one with <code>textwright accounts add</code>.</p>`
          : html`<div class="scrolls" tabindex="0" role="region" aria-labelledby="accounts-heading">
              <table>
                <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Since</th><th scope="col">Log-in</th></tr></thead>
                <tbody>${this.#accounts.map((account) => this.account(account))}</tbody>
              </table>
            </div>`}
      </section>
      <section class="card" aria-labelledby="audit-heading">
        <h2 id="audit-heading">What happened</h2>
        <div class="scrolls log" tabindex="0" role="region" aria-labelledby="audit-heading">
          <table>
            <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Detail</th></tr></thead>
            <tbody>
              ${this.#entries.map(
                ({ at, who, what, detail }) => html`<tr><td>${when(at)}</td><td>${who}</td><td>${what}</td><td>${inWords(detail)}</td></tr>`,
              )}
            </tbody>
          </table>
        </div>
      </section>
    `;
  }

  private invite(): TemplateResult {
    return html`<section class="card" aria-labelledby="invite-heading">
      <h2 id="invite-heading">Invite somebody</h2>
      <form class="row" @submit=${(event: SubmitEvent) => this.makeLink(event)}>
        <label>Role <select name="role">${ROLES.map((role) => html`<option>${role}</option>`)}</select></label>
        <label>Days <input type="number" name="days" min="1" max="90" value="7" required /></label>
        <button type="submit">Make a link</button>
      </form>
      ${this.#link === ""
        ? nothing
        : html`<p role="status">
            One person can join with it until ${when(this.#expires)}:
            <input class="link" readonly aria-label="Invitation link" .value=${this.#link} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
          </p>`}
    </section>`;
  }

  private account({ name, role, created, disabled }: Account): TemplateResult {
    const isDisabled = disabled !== null && disabled !== false;
    const change = (body: object): void => void this.attempt(() => this.change(name, body));
    return html`<tr>
      <th scope="row">${name}</th>
      <td>
        <select aria-label="Role of ${name}" @change=${(event: Event) => change({ role: (event.target as HTMLSelectElement).value })}>
          ${ROLES.map((each) => html`<option .selected=${each === role}>${each}</option>`)}
        </select>
      </td>
      <td>${when(created)}</td>
      <td><button type="button" aria-label="${isDisabled ? "Enable" : "Disable"} ${name}" @click=${() => change({ disabled: !isDisabled })}>${isDisabled ? "Enable" : "Disable"}</button></td>
    </tr>`;
  }

  private async change(name: string, body: object): Promise<void> {
    try {
      await send("PATCH", `api/accounts/${encodeURIComponent(name)}`, body);
    } finally {
      await this.load();
    }
  }

  private makeLink(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    void this.attempt(async () => {
      const body = { role: data.get("role"), days: Number(data.get("days")) };
      const made = await send<{ url: string; expires: string }>("POST", "api/invitations", body);
      [this.#link, this.#expires] = [made.url, made.expires];
      this.#entries = await allEntries();
    });
  }
}

/** The log comes oldest first; the page shows the newest first. */
async function allEntries(): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let page = await entriesAfter(0); page.length > 0 && found.length < 5000; page = await entriesAfter(found.at(-1)?.id ?? 0)) {
    found.push(...page);
  }
  return found.reverse();
}

async function entriesAfter(id: number): Promise<Entry[]> {
  return (await get<{ entries: Entry[] }>(`api/audit?after=${id}&limit=1000`)).entries;
}

function when(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

function inWords(detail: unknown): string {
  if (typeof detail === "string") return detail;
  return Object.entries((detail ?? {}) as object).map(([name, value]) => `${name}: ${String(value)}`).join(", ");
}
