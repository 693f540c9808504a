"""What pages say while they open their model, and when there is none that they can use."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TOLD = """() => {
  window.told = [];
  const look = () => told.push(document.querySelector("#loading")?.textContent ?? "");
  new MutationObserver(look).observe(document, { childList: true, characterData: true, subtree: true });
}"""


def test_a_named_model_of_another_kind_is_refused_and_closed(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({TOLD})()")
    page.goto(f"{url}agency/?model=job_titles")
    page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem").startswith("This page needs a model that answers advertiser")
    assert page.workers == []
    told = page.evaluate("told")
    assert any(each.startswith("Loading the model job_adverts") for each in told)
    assert any(each.startswith("Starting the model job_adverts") for each in told)
    page.close()


def test_a_site_without_the_model_says_how_to_write_one_with_it(browser: Browser, url: str) -> None:
    page = browser.new_page(service_workers="block")
    page.route("**/models/index.json", lambda route: route.fulfill(json={"models": [{"name": "emotion"}]}))
    page.goto(f"{url}headline/")
    page.wait_for_selector("#problem:not([hidden])")
    needed = "This page needs the model job_titles, which is not here. Write the site with it: "
    assert page.inner_text("#problem").splitlines() == [
        f"{needed}textwright pages FOLDER emotion job_titles",
        "Rules that need no model work all the same.",
    ]
    page.close()
