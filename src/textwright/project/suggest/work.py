"""The step at work: what the page shows and does, over one workbench. Threads share it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from textwright.errors import TextwrightError
from textwright.predictors.rules import RulesPredictor
from textwright.project.look_for.shown import read_places
from textwright.project.state import Suggesting
from textwright.project.suggest.absent import absent_words
from textwright.project.suggest.asking import Asking
from textwright.project.suggest.choosing import choose, open_suggester, source_of, suggester_of
from textwright.project.suggest.compiling import Compiled, compile_page
from textwright.project.suggest.folder import is_by_hand, rules_file, save_rules, use_page_rules
from textwright.project.suggest.forms import PageRule, read_rules
from textwright.project.suggest.language_model import Asked, address_of, asked_of, at_hand, write_prompt
from textwright.project.suggest.meant import meant
from textwright.project.suggest.models import offers
from textwright.project.suggest.proposals import proposals
from textwright.project.suggest.trial import (
    MOST_TEXTS,
    Show,
    Trial,
    check_rules,
    some_of,
    texts_to_try,
    try_model,
    try_rules,
    try_slowly,
)
from textwright.trust import confirm, is_confirmed
from textwright.types import Example

if TYPE_CHECKING:
    from textwright.project.files import Project
    from textwright.project.workbench import Workbench

# Whoever types is left alone so long before the desk suggests with what he typed.
QUIET_SECONDS = 1.5
# So many texts a model is tried on, so that the answer comes at once.
MOST_BY_MODEL = 200


class Work:
    """What people do in the step."""

    def __init__(self, bench: Workbench) -> None:
        """Begin over a workbench."""
        self._bench, self._project = bench, bench.project
        self._asking = Asking[Trial]()
        self._later: threading.Timer | None = None
        self._opened: tuple[str, Any] = ("", None)
        self._is_proven = False
        self._read: tuple[int, list[str]] = (0, [])
        bench.works["suggest"] = self

    def data(self) -> dict[str, Any]:
        """Return all that the page shows beside the trial, as plain data."""
        project, schema = self._project, self._project.schema
        page = read_rules(project)
        asked = asked_of(project)
        return {
            "suggesting": project.state.suggesting,
            "model": project.state.model,
            "schema": schema.to_data(),
            "rules": [asdict(rule) for rule in page.rules],
            "by_hand": is_by_hand(project),
            "rules_file": str(rules_file(project)),
            "models": [asdict(offer) for offer in offers(schema)],
            "language_model": asdict(at_hand()),
            "prompt": None if asked is None else asked_data(asked),
            "proposals": self._proposals(page.rules),
            "set_aside": len(project.texts) - len(self._texts()),
        }

    def choose(self, suggesting: Suggesting, model: str | None) -> None:
        """Let something else suggest. Raise `DataError` or `ModelError` when it cannot."""
        with self._bench.lock:
            choose(self._project, suggesting, model=model)
            if suggesting == "prompt":
                self._wait_for_proof()
            else:
                self._apply()

    def save(self, rules: Sequence[PageRule]) -> dict[str, Any]:
        """Keep the page's rules. Return by place what is wrong with them, and what could be added to them.

        The desk follows when nobody has typed for a moment.
        """
        with self._bench.lock:
            compiled = save_rules(self._project, rules)
            if self._project.state.suggesting == "rules":
                self._apply_later()
        return {"faults": dict(compiled.faults), "proposals": self._proposals(rules)}

    def _proposals(self, rules: Sequence[PageRule]) -> list[dict[str, Any]]:
        """Propose what was marked; a label of which nothing was gets what its meaning names."""
        schema = self._project.schema
        marked = proposals(self._corrected(), rules, schema)
        named = meant(schema, self._texts()[:MOST_TEXTS], read_places(self._project), rules)
        known = {each.label for each in marked}
        return [asdict(each) for each in (*marked, *(each for each in named if each.label not in known))]

    def use_page_rules(self) -> None:
        """Use the page's rules in place of what was written by hand."""
        with self._bench.lock:
            use_page_rules(self._project)
            self._apply()

    def save_prompt(self, asked: Asked, *, confirmed: bool = False) -> None:
        """Ask another language model from now on. Raise `ModelError` when it cannot be asked.

        `confirmed`: whoever looks at the page was asked whether texts may be sent to that address, and said yes.
        """
        with self._bench.lock:
            if confirmed and (address := address_of(asked)):
                confirm(address)
            write_prompt(self._project, asked)
            choose(self._project, "prompt")
            open_suggester(self._project)
            self._wait_for_proof()

    def _wait_for_proof(self) -> None:
        """Let the desk ask a language model only when it has answered once: a server that is gone costs minutes."""
        self._cancel()
        self._asking.stop()
        self._opened = ("", None)
        self._is_proven = False
        self._bench.desk.suggest_with({})

    def trial(self, show: Show, skip: int) -> tuple[Trial, bool]:
        """Show what suggests at work, and say whether more is to come: a language model answers text by text."""
        found = self._suggester()
        if found is None:
            return Trial(), False
        name, predictor = found
        texts, schema = self._texts(), self._project.schema
        if isinstance(predictor, RulesPredictor) and self._project.state.suggesting == "rules":
            return self._try_rules(predictor, texts, show, skip), False
        if self._project.state.suggesting == "prompt":
            trials = try_slowly(predictor, schema, texts, skip=skip)
            so_far, running = self._asking.ask((name, skip), lambda: (self._noted(name, trial) for trial in trials))
            return so_far or Trial(of=len(texts)), running
        return try_model(predictor, schema, texts, show=show, skip=skip, most=MOST_BY_MODEL), False

    def _noted(self, name: str, trial: Trial) -> Trial:
        """Let the desk suggest with a language model as soon as it has answered, whether somebody looks or not.

        `name` says which one it was: another may have taken its place meanwhile.
        """
        with self._bench.lock:
            if self._opened[0] == name and trial.tried > trial.failed and not self._is_proven:
                self._is_proven = True
                self._apply()
        return trial

    def _try_rules(self, predictor: RulesPredictor, texts: Sequence[str], show: Show, skip: int) -> Trial:
        compiled = self._compiled()
        trial = try_rules(predictor, texts, made_by=compiled.made_by, show=show, skip=skip)
        checked = check_rules(predictor, self._corrected(), compiled.made_by)
        return replace(trial, checked=checked, absent=self._absent(texts), shapes=compiled.shapes)

    def _absent(self, texts: Sequence[str]) -> Mapping[int, tuple[str, ...]]:
        """Name the words of the page's rules that none of the tried texts has."""
        if is_by_hand(self._project):
            return {}
        return absent_words(read_rules(self._project).rules, some_of(texts))

    def _corrected(self) -> Iterator[Example]:
        """Yield the texts that somebody is done with."""
        return self._bench.desk.examples(which="gold", status="done")

    def _texts(self) -> list[str]:
        """Return the texts to try, read again when their file changed: who types asks several times a second."""
        path = self._project.texts_file
        changed = path.stat().st_mtime_ns if path.exists() else 0
        if changed != self._read[0]:
            self._read = changed, texts_to_try(self._project)
        return self._read[1]

    def _compiled(self) -> Compiled:
        """Say from which rule of the page each rule comes; of those written by hand nobody knows."""
        page = () if is_by_hand(self._project) else read_rules(self._project).rules
        return compile_page(page, self._project.schema)

    def _suggester(self) -> tuple[str, Any] | None:
        """Return what suggests under its name, opened once."""
        with self._bench.lock:
            found = open_suggester_once(self._project, self._opened)
            self._opened = found or ("", None)
        return found

    def close(self) -> None:
        """End what waits; the desk takes it up at the next start."""
        self._cancel()
        self._asking.stop()

    def _apply(self) -> None:
        self._cancel()
        self._bench.take_suggester()

    def _apply_later(self) -> None:
        self._cancel()
        self._later = threading.Timer(QUIET_SECONDS, self._apply_now)
        self._later.daemon = True
        self._later.start()

    def _cancel(self) -> None:
        if self._later is not None:
            self._later.cancel()

    def _apply_now(self) -> None:
        try:
            self._bench.take_suggester()
        except TextwrightError as error:
            self._bench.say(f"the rules do not suggest: {error}")


def asked_data(asked: Asked) -> dict[str, Any]:
    """Return whom the prompt asks, and whether somebody confirmed that address in this installation."""
    return {**asdict(asked), "confirmed": not asked.address.strip() or is_confirmed(asked.address)}


def open_suggester_once(project: Project, opened: tuple[str, Any]) -> tuple[str, Any] | None:
    """Open what suggests, unless it is what was opened last; None where nothing suggests."""
    reference = suggester_of(project)
    if reference is None:
        return None
    name = source_of(project, reference)
    return opened if opened[0] == name else next(iter(open_suggester(project).items()))
