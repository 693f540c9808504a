"""What is wrong with a step as it is shown: by keyboard, to a screen reader, on a phone, for who knows no terms."""

from __future__ import annotations

import re

from playwright.sync_api import Page, ViewportSize

from tests.browser.quiet import faults_in_each_look

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
MOST_SENTENCES, MOST_WORDS = 2, 20
# Words of the trade that nobody needs who wants a model in a form.
TERMS = re.compile(
    r"\b(spans?|f1|corpus|corpora|hyperparameters?|epochs?|recall|logits?|tokeni[sz]ers?|p-values?|mcnemar\w*|wilson\w*"
    r"|annotator agreement|micro|macro|confidence intervals?|inference|ground truth|blind share)\b",
    re.I,
)
# The walk begins at the page's first link, wherever somebody was.
BEGIN = """() => {
    for (const each of document.querySelectorAll("[data-reached]")) each.removeAttribute("data-reached");
    document.querySelector("a.skip").focus();
}"""
REACHED = """() => {
    const seen = document.activeElement;
    if (seen === null || seen === document.body) return null;
    const { outlineStyle, boxShadow } = getComputedStyle(seen);
    seen.setAttribute("data-reached", "");
    return outlineStyle === "none" && boxShadow === "none" ? seen.outerHTML.slice(0, 200) : "";
}"""
# Of radio buttons of one name, Tab reaches one.
LEFT_OUT = """() => {
    const group = (each) => (each.type === "radio" ? [...document.getElementsByName(each.name)] : [each]);
    return [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary)")]
    .filter((each) => each.checkVisibility({ checkVisibilityCSS: true }))
    .filter((each) => !each.matches(":disabled") && each.tabIndex >= 0)
    .filter((each) => !group(each).some((other) => other.matches("[data-reached]")))
    .map((each) => each.outerHTML.slice(0, 200));
}"""
HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((each) => each.checkVisibility())
    .map((each) => [Number(each.tagName[1]), each.getBoundingClientRect().top, each.textContent.trim()])"""
WORDS = """() => [...document.querySelectorAll("main")].map((main) => {
    const shown = main.cloneNode(true);
    for (const code of shown.querySelectorAll("style, pre, code, .commands, [role=group]")) code.remove();
    return shown.textContent.replaceAll(/\\s+/g, " ");
})[0]"""
MOST_TABS = 400


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with the step that is shown, a line each, once all of it is there."""
    page.locator("main :is(.opening, fieldset:disabled)").first.wait_for(state="detached")
    looks = faults_in_each_look(page, DESKTOP["width"], PHONE["width"])
    return [*_by_keyboard(page), *_in_words(page), *_in_order(page), *looks]


def _by_keyboard(page: Page) -> list[str]:
    """Walk the whole page by Tab: all is reached, and one always sees where one is.

    What came up behind somebody who walked is there on a second walk.
    """
    page.evaluate(BEGIN)
    faults, left = _walked(page), page.evaluate(LEFT_OUT)
    if left:
        faults += _walked(page)
        left = page.evaluate(LEFT_OUT)
    return faults + [f"Tab does not reach {each}" for each in left]


def _walked(page: Page) -> list[str]:
    faults = list[str]()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        unseen = page.evaluate(REACHED)
        if unseen is None:
            return faults
        faults += [f"the focus is not seen on {unseen}"] if unseen else []
    return [*faults, "the focus never left the page"]


def _in_words(page: Page) -> list[str]:
    """Read the lead, and look for terms."""
    lead = page.locator(".lead").inner_text()
    sentences = [each for each in re.split(r"(?<=[.!?])\s+", lead.strip()) if each]
    faults = [f"{len(sentences)} sentences lead: {lead}"] if len(sentences) > MOST_SENTENCES else []
    faults += [f"a long sentence leads: {each}" for each in sentences if len(each.split()) > MOST_WORDS]
    return faults + [f"an unexplained term: {each[0]}" for each in TERMS.finditer(page.evaluate(WORDS))]


def _in_order(page: Page) -> list[str]:
    """Hear the headings: none skips a level, and on a phone none stands above one that is read before."""
    headings = page.evaluate(HEADINGS)
    levels = [level for level, _, _ in headings]
    faults = [] if levels[:1] == [1] and levels.count(1) == 1 else [f"the first heading is no h1: {headings}"]
    return faults + [
        f"{name!r} is an h{level} below an h{above}"
        for above, (level, _, name) in zip(levels, headings[1:], strict=False)
        if level > above + 1
    ]
