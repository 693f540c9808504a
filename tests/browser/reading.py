"""In which order a reader meets the words of an element: from the left of the screen, whatever they are written in."""

from __future__ import annotations

from playwright.sync_api import Page

# Each word with its left edge; the words of text nodes that nobody sees, and labels' names, are none.
ORDER = r"""element => {
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words = [];
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    if (node.parentElement.closest(".name, .visually-hidden") !== null) continue;
    for (const { index, 0: word } of node.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      words.push([range.getBoundingClientRect().left, word]);
    }
  }
  return words.sort((a, b) => a[0] - b[0]).map(([, word]) => word);
}"""
BARE = """([text, id]) => {
  const bare = document.createElement("p");
  Object.assign(bare, { id, dir: "auto", textContent: text });
  document.body.append(bare);
}"""


def words_from_the_left(page: Page, place: str) -> list[str]:
    """List the words of an element whose text stands on one line."""
    found: list[str] = page.eval_on_selector(place, ORDER)
    return found


def words_when_bare(page: Page, text: str) -> list[str]:
    """List the words of a text as the browser sets it where nothing is drawn in it."""
    page.evaluate(BARE, [text, "bare-text"])
    try:
        return words_from_the_left(page, "#bare-text")
    finally:
        page.evaluate("document.querySelector('#bare-text').remove()")
