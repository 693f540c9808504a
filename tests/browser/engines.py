"""Three engines behind one small interface: Chromium and Firefox through Playwright, WebKit through its WebDriver.

Playwright drives Debian's Firefox by WebDriver BiDi, but no WebKit that it has not built itself. WebKitGTK's own driver
speaks W3C's WebDriver, of which a tab needs ten commands. `tools/find_browsers.sh` finds or installs all three.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn, Protocol

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

from tests.conftest import ARGUMENTS, chromium

ENGINES = ("chromium", "firefox", "webkit")
# Seconds: a busy machine is slow, and what never comes must not hang a test for minutes.
PATIENCE = 60.0
WINDOW = {"width": 1100, "height": 900}
FIREFOXES = ("firefox-esr", "firefox")
MINI_BROWSERS = "/usr/lib/*/webkit*gtk-*/MiniBrowser", "/usr/libexec/webkit*gtk-*/MiniBrowser"
# WebDriver's names of keys that Playwright calls so.
KEYS = {
    **{"Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009"},
    **{"Escape": "\ue00c", "Space": " ", "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014"},
    **{"ArrowDown": "\ue015", "Delete": "\ue017", "Period": ">", "Comma": "<"},
}
# A function of the page and what it is given, both as JSON: no other way hands over half a character.
ASKED = """async (given) => {
  const found = await (%s)(...JSON.parse(given));
  return JSON.stringify(found ?? null);
}"""
# Put into a field at once, as Playwright does: the driver types letter by letter, and no ends of lines.
WRITTEN = """(selector, text) => {
  const field = document.querySelector(selector);
  field.focus();
  field.select();
  document.execCommand("insertText", false, text);
}"""
LISTEN = """window.said = [];
  for (const kind of ["error", "unhandledrejection", "securitypolicyviolation"]) {
    addEventListener(kind, (event) => said.push(`${kind}: ${event.message ?? event.reason ?? event.blockedURI}`));
  }
  for (const kind of ["warn", "error"]) console[kind] = (...words) => said.push(words.join(" "));"""
FOUND = """(selector, text) => [...document.querySelectorAll(selector)].find((each) =>
  each.checkVisibility() && each.textContent.includes(text))"""


class Tab(Protocol):
    """A tab of some engine. Selectors are CSS; `text` chooses among what they find; keys have Playwright's names."""

    engine: str

    @property
    def messages(self) -> list[str]:
        """What stands on the console."""
        ...

    def open(self, url: str) -> None: ...

    def ask(self, script: str, *given: Any) -> Any: ...

    def press(self, *keys: str) -> None: ...

    def click(self, selector: str, text: str = "") -> None: ...

    def write(self, selector: str, text: str) -> None: ...

    def picture(self, path: Path) -> None: ...


def wait(tab: Tab, condition: str, *given: Any, patience: float = PATIENCE) -> Any:
    """Wait until a function of the page gives something that is true; return that."""
    deadline = time.monotonic() + patience
    while not (found := tab.ask(condition, *given)):
        if time.monotonic() > deadline:
            raise AssertionError(f"never true in {tab.engine}: {condition} of {given}")
        time.sleep(0.03)
    return found


# --- Chromium and Firefox -----------------------------------------------------------------------


class PlaywrightTab:
    """A page of Playwright's."""

    def __init__(self, engine: str, page: Page) -> None:
        self.engine, self.page, self.messages = engine, page, list[str]()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.messages.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if not message.location["url"].endswith("favicon.ico"):  # what a browser asks for by itself
            self.messages.append(message.text)

    def open(self, url: str) -> None:
        self.page.goto(url)

    def ask(self, script: str, *given: Any) -> Any:
        return json.loads(self.page.evaluate(ASKED % script, json.dumps(given)))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def click(self, selector: str, text: str = "") -> None:
        self.page.locator(selector).filter(has_text=text, visible=True).first.click()

    def write(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path)


@contextmanager
def playwright_tab(engine: str, browser: Browser) -> Iterator[Tab]:
    """Open a tab in a context of its own."""
    context = browser.new_context(viewport={"width": WINDOW["width"], "height": WINDOW["height"]})
    context.set_default_timeout(PATIENCE * 1000)
    try:
        yield PlaywrightTab(engine, context.new_page())
    finally:
        context.close()


# --- WebKit -------------------------------------------------------------------------------------


class WebKitTab:
    """The one tab of a session of WebKitWebDriver."""

    engine = "webkit"

    def __init__(self, client: httpx.Client) -> None:
        self._client, self._said = client, list[str]()

    @property
    def messages(self) -> list[str]:
        """What the pages said once they were there: the driver tells nothing of the console."""
        said: list[str] = _asked(self._client, "execute/sync", {"script": "return window.said ?? []", "args": []})
        return self._said + said

    def open(self, url: str) -> None:
        self._said = self.messages
        _asked(self._client, "url", {"url": url})
        _asked(self._client, "execute/sync", {"script": LISTEN, "args": []})

    def ask(self, script: str, *given: Any) -> Any:
        called = f"""const done = arguments[1];
          ({ASKED % script})(arguments[0]).then((found) => done([found]), (error) => done([null, `${{error}}`]));"""
        found, *error = _asked(self._client, "execute/async", {"script": called, "args": [json.dumps(given)]})
        if error:
            raise AssertionError(f"webkit: {error[0]}")
        return json.loads(found)

    def press(self, *keys: str) -> None:
        for key in keys:
            *held, last = (KEYS.get(each, each) for each in re.split(r"(?<=.)\+", key))
            acts = [
                *(("keyDown", each) for each in (*held, last)),
                *(("keyUp", each) for each in (last, *reversed(held))),
            ]
            actions = [{"type": kind, "value": value} for kind, value in acts]
            _asked(self._client, "actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def click(self, selector: str, text: str = "") -> None:
        _asked(self._client, f"element/{self._element(selector, text)}/click", {})

    def write(self, selector: str, text: str) -> None:
        self._element(selector, "")
        self.ask(WRITTEN, selector, text)

    def _element(self, selector: str, text: str) -> str:
        deadline = time.monotonic() + PATIENCE
        asked = {"script": f"return ({FOUND})(...arguments)", "args": [selector, text]}
        while (found := _asked(self._client, "execute/sync", asked)) is None:
            if time.monotonic() > deadline:
                raise AssertionError(f"webkit finds no {selector} {text!r}")
            time.sleep(0.03)
        return str(next(iter(found.values())))

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(_asked(self._client, "screenshot")))


def _asked(client: httpx.Client, command: str, given: Mapping[str, Any] | None = None) -> Any:
    """Ask the driver; without anything given by GET."""
    answer = client.get(command) if given is None else client.post(command, content=json.dumps(given))
    found = answer.json()["value"]
    if answer.is_error:
        raise AssertionError(f"webkit, {command}: {found['error']}: {found['message']}")
    return found


class WebKit:
    """WebKitGTK's browser on a screen that nobody sees, with a driver for each tab: one holds a single session."""

    def __init__(self, driver: str, browser: Path, folder: Path, display: str) -> None:
        self._driver, self._browser, self._folder = driver, browser, folder
        self.version = ""  # known when the first tab is open
        self._environment = {**os.environ, **_QUIET, "DISPLAY": display}
        self._environment |= dict.fromkeys(("HOME", "XDG_RUNTIME_DIR"), str(folder))

    @contextmanager
    def tab(self) -> Iterator[Tab]:
        """Open a window of its own, which keeps nothing for the next one."""
        options = {"binary": str(self._browser), "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "timeouts": {"script": 600_000}}
        with self._started() as address, httpx.Client(base_url=address, timeout=700) as client:
            session = _asked(client, "session", {"capabilities": {"alwaysMatch": wanted}})
            self.version = session["capabilities"]["browserVersion"]
            client.base_url = f"{address}session/{session['sessionId']}/"
            _asked(client, "window/rect", WINDOW)
            try:
                yield WebKitTab(client)
            finally:
                client.delete("")

    @contextmanager
    def _started(self) -> Iterator[str]:
        """Start the driver; give its address."""
        port = _free_port()
        with (self._folder / "webkit.txt").open("ab") as said:
            command = [self._driver, f"--port={port}"]
            process = subprocess.Popen(command, env=self._environment, stdout=said, stderr=said, start_new_session=True)
        try:
            _until_it_listens(port, process)
            yield f"http://127.0.0.1:{port}/"
        finally:
            _end(process)


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """Find the driver and its browser, and start a screen for them."""
    driver, browser, screen = shutil.which("WebKitWebDriver"), mini_browser(), shutil.which("Xvfb")
    if driver is None or browser is None or screen is None:
        missing("WebKit")
    with (folder / "screen.txt").open("wb") as said, _screen(screen, said) as display:
        yield WebKit(driver, browser, folder, display)


# A machine for tests has neither a desktop's services nor a graphics card, and its user may be root.
_QUIET = {
    "GSETTINGS_BACKEND": "memory",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
}


def mini_browser() -> Path | None:
    """Find the browser that the driver starts."""
    return next((path for pattern in MINI_BROWSERS for path in sorted(Path("/").glob(pattern[1:]))), None)


@contextmanager
def _screen(program: str, said: Any) -> Iterator[str]:
    """Start a screen that chooses its own number; give its name."""
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "1400x1200x24", "-nolisten", "tcp"]
    started = subprocess.Popen(command, pass_fds=[writing], stdout=said, stderr=said, start_new_session=True)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        _end(started)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    raise AssertionError("WebKitWebDriver does not answer")


def missing(name: str) -> NoReturn:
    """Skip without an engine, but fail where every test must run."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no {name}: make setup")


# --- all of them --------------------------------------------------------------------------------


class Engines:
    """The three engines, each started when its first tab is opened, and ended with the tests."""

    def __init__(self, playwright: Playwright, folder: Path, stack: ExitStack) -> None:
        self._playwright, self._folder, self._stack = playwright, folder, stack
        self._browsers: dict[str, Browser] = {}
        self._webkit: WebKit | None = None

    @contextmanager
    def tab(self, engine: str) -> Iterator[Tab]:
        """Open a tab that shares nothing with others."""
        with (
            self._started_webkit().tab() if engine == "webkit" else playwright_tab(engine, self._browser(engine)) as tab
        ):
            yield tab

    def version(self, engine: str) -> str:
        """Name the version of an engine that has a tab, or had one."""
        return self._started_webkit().version if engine == "webkit" else self._browser(engine).version

    def _browser(self, engine: str) -> Browser:
        if engine not in self._browsers:
            launch = {"chromium": self._chromium, "firefox": self._firefox}[engine]
            self._browsers[engine] = browser = launch()
            self._stack.callback(browser.close)
        return self._browsers[engine]

    def _chromium(self) -> Browser:
        return self._playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)

    def _firefox(self) -> Browser:
        program = next((path for name in FIREFOXES if (path := shutil.which(name))), None)
        if program is None:
            missing("Firefox")
        return self._playwright.firefox.launch(channel="moz-firefox", executable_path=program)

    def _started_webkit(self) -> WebKit:
        self._webkit = self._webkit or self._stack.enter_context(webkit(self._folder))
        return self._webkit
