/** Draw Markdown. The text is taken apart by `marked`; what is drawn is made here, so that HTML in it stays text. */

import { html, type TemplateResult } from "lit";
import { marked, type Token, type Tokens } from "marked";

type Drawn = TemplateResult | string | readonly Drawn[];

/** Draw a text of Markdown whose first headings are of a level from 2 to 6. */
export function markdownView(text: string, level = 3): Drawn {
  return marked.lexer(text).map((token) => block(token, level));
}

function block(token: Token, level: number): Drawn {
  switch (token.type) {
    case "heading":
      return heading(inline(token as Tokens.Heading), level + (token as Tokens.Heading).depth - 1);
    case "paragraph":
      return html`<p>${inline(token)}</p>`;
    case "list":
      return list(token as Tokens.List, level);
    case "blockquote":
      return html`<blockquote>${(token as Tokens.Blockquote).tokens.map((each) => block(each, level))}</blockquote>`;
    case "code":
      return html`<pre><code>${(token as Tokens.Code).text}</code></pre>`;
    case "table":
      return table(token as Tokens.Table);
    case "hr":
      return html`<hr />`;
    case "space":
    case "def":
      return "";
    case "text":
      return inline(token);
    default:
      return html`<p>${token.raw}</p>`;
  }
}

function heading(drawn: Drawn, level: number): Drawn {
  if (level <= 2) return html`<h2>${drawn}</h2>`;
  if (level === 3) return html`<h3>${drawn}</h3>`;
  if (level === 4) return html`<h4>${drawn}</h4>`;
  return level === 5 ? html`<h5>${drawn}</h5>` : html`<h6>${drawn}</h6>`;
}

function list({ ordered, items }: Tokens.List, level: number): Drawn {
  const drawn = items.map(({ tokens }) => html`<li>${tokens.map((each) => block(each, level))}</li>`);
  return ordered ? html`<ol>${drawn}</ol>` : html`<ul>${drawn}</ul>`;
}

function table({ header, rows }: Tokens.Table): Drawn {
  return html`<div class="wide" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>${header.map((cell) => html`<th scope="col">${inline(cell)}</th>`)}</tr>
      </thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`;
}

function inline(token: { readonly tokens?: readonly Token[]; readonly text?: string }): Drawn {
  return token.tokens?.map(piece) ?? unescaped(token.text ?? "");
}

function piece(token: Token): Drawn {
  switch (token.type) {
    case "strong":
      return html`<strong>${inline(token as Tokens.Strong)}</strong>`;
    case "em":
      return html`<em>${inline(token as Tokens.Em)}</em>`;
    case "del":
      return html`<del>${inline(token as Tokens.Del)}</del>`;
    case "codespan":
      return html`<code>${unescaped((token as Tokens.Codespan).text)}</code>`;
    case "br":
      return html`<br />`;
    case "link":
      return link(token as Tokens.Link);
    case "image":
      return (token as Tokens.Image).text;
    case "escape":
      return (token as Tokens.Escape).text;
    case "text":
      return inline(token);
    default:
      return token.raw;
  }
}

/** Follow links to the web only; what else a link may do stays text. */
function link(token: Tokens.Link): Drawn {
  const isWeb = /^https?:\/\//i.test(token.href);
  return isWeb ? html`<a href=${token.href} rel="noopener noreferrer" target="_blank">${inline(token)}</a>` : inline(token);
}

const ENTITIES: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

/** Take back the escapes that `marked` makes for HTML: here text stays text. */
function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] as string);
}
