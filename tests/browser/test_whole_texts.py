"""Models of whole texts in Chromium: the same categories and evidence as in Python, shown by the playground."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import playground, served
from tests.browser.test_playground import write
from tests.train import tiny_texts
from textwright.bundle import export
from textwright.predictors.linear import LinearPredictor
from textwright.predictors.text import TextPredictor
from textwright.train.linear import LinearTrainer

pytestmark = pytest.mark.browser

TEXT = "Look, soup. 👩‍🍳 So good!"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("models")
    for name, trainer in (("linear", LinearTrainer(features=tiny_texts.FEATURES)), ("network", tiny_texts.trainer())):
        model = trainer.fit(tiny_texts.TRAIN, tiny_texts.DEV)
        export(model, made / name)
    return made


@pytest.fixture(scope="module")
def url(folders: Path) -> Iterator[str]:
    with served(f"{folders}/linear", f"{folders}/network") as found:
        yield found


@pytest.fixture(scope="module")
def opened(browser: Browser, url: str) -> Iterator[Page]:
    with playground(browser, url) as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page with the first model in it."""
    opened.uncheck("#explain")
    for field, value in (("#model", "linear"), ("#place", "in a worker")):
        opened.select_option(field, value)
    return opened


@pytest.mark.parametrize(("name", "kind"), [("linear", LinearPredictor), ("network", TextPredictor)])
def test_categories_are_those_of_python(
    page: Page, folders: Path, name: str, kind: type[LinearPredictor | TextPredictor]
) -> None:
    model = kind.open(folders / name)
    page.select_option("#model", name)
    write(page, TEXT)
    page.wait_for_function("() => document.querySelector('#summary').textContent.includes(' a text, in a worker')")
    expected = [
        f"{each.task}: {each.label} {round((each.score or 0) * 100)} %"
        for each in model.predict([TEXT])[0].categories or ()
    ]
    assert page.locator(".categories li").all_text_contents() == expected
    page.check("#explain")
    page.wait_for_selector(".rules li")
    shown = [f"{each.label} +{each.score:.1f} by “{TEXT[each.start : each.end]}”" for each in model.evidence([TEXT])[0]]
    assert page.locator(".rules li").all_text_contents() == shown


def test_the_server_gives_the_same(page: Page) -> None:
    write(page, TEXT)
    here = page.locator(".categories li").all_text_contents()
    page.select_option("#place", "on the server")
    page.wait_for_function("() => /on the server/.test(document.querySelector('#summary').textContent)")
    assert page.locator(".categories li").all_text_contents() == here
    assert "2 categories" in page.inner_text("#summary")
