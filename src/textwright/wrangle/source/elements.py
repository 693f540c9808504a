"""The open elements of HTML, as far as its text depends on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from textwright.wrangle.source.flow import Flow


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What the tokenizer reads as text alone until the end tag.
RAW = _names("script style title textarea xmp iframe noembed noframes noscript plaintext")
VOID = _names("area base br col embed hr img input link meta param source track wbr frame basefont bgsound")
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section summary table ul xmp"
)
HIDDEN = _names(
    "script style title template noscript noembed noframes iframe object audio video canvas datalist rp textarea"
)
# Within drawings and formulas.
FOREIGN_HIDDEN = _names("desc metadata defs symbol clippath mask pattern annotation annotation-xml")
FOREIGN = frozenset({"svg", "math"})
KEEPS_SPACE = frozenset({"pre", "listing", "xmp", "plaintext"})
GROUPS = frozenset({"tbody", "thead", "tfoot"})
CELLS = frozenset({"td", "th"})
TABLE_PARTS = GROUPS | CELLS | {"tr"}
# An end tag reaches no element beyond these.
BARRIERS = CELLS | FOREIGN | {"table", "caption", "template", "foreignobject"}
# A paragraph ends where one of these begins.
ENDS_PARAGRAPH = BLOCKS - {"body", "caption", "html", "legend", "optgroup", "option"}
# What a start tag ends when it stands right within it.
ENDS = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
}
_NOT_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)


class Tag(NamedTuple):
    """A start or end tag at `[start, end)`."""

    name: str
    start: int
    end: int
    opens: bool
    closes_itself: bool
    attributes: Mapping[str, str]


class Opened(NamedTuple):
    """An open element: whether its content is shown, and whether its white space stays."""

    name: str
    hides: bool
    keeps_space: bool


class Elements:
    """The stack of open elements that matter: it tells the flow where blocks, rows and cells begin and end."""

    def __init__(self, flow: Flow) -> None:
        """Begin with none open."""
        self._flow = flow
        self._open: list[Opened] = []
        self._names: list[Counter[str]] = [Counter()]
        self._barriers: dict[str, list[int]] = {name: [] for name in BARRIERS}
        self._hiding = 0
        self._keeping = 0
        self._foreign = 0
        self._rows: list[int] = []
        self._cells: list[int] = []

    @property
    def hides(self) -> bool:
        """Say whether text here is not shown."""
        return self._hiding > 0

    @property
    def keeps_space(self) -> bool:
        """Say whether text here is shown with its white space."""
        return self._keeping > 0 and not self._hiding

    @property
    def is_foreign(self) -> bool:
        """Say whether this is within a drawing or a formula."""
        return self._foreign > 0

    def meet(self, tag: Tag) -> None:
        """Go on by a tag."""
        if tag.opens:
            self._begin(tag)
        elif tag.name in ("br", "p") and not self._names[-1][tag.name]:
            self._empty(tag)
        else:
            self._end(tag.name)

    def _empty(self, tag: Tag) -> None:
        """Read `</br>` and `</p>` that close nothing as browsers do: a line break, an empty paragraph."""
        if not self.hides and tag.name == "br":
            self._flow.sign("\n", tag.start, tag.end)
        elif not self.hides:
            self._flow.part(2)

    # --- begin --------------------------------------------------------------------------------

    def _begin(self, tag: Tag) -> None:
        name = tag.name
        self._close_what_ends(name)
        if name in TABLE_PARTS and not self._begin_in_table(tag):
            return
        if name == "br" and not self.hides:
            self._flow.sign("\n", tag.start, tag.end)
        hides = self._is_hidden(tag)
        if not hides and not self.hides:
            self._part(name)
        if name not in VOID and not (tag.closes_itself and self.is_foreign | (name in FOREIGN)):
            self._push(Opened(name, hides, name in KEEPS_SPACE))

    def _is_hidden(self, tag: Tag) -> bool:
        by_name = tag.name in HIDDEN or (self.is_foreign and tag.name in FOREIGN_HIDDEN)
        by_attribute = "hidden" in tag.attributes or _NOT_SHOWN.search(tag.attributes.get("style", "")) is not None
        return by_name or by_attribute or (tag.name == "dialog" and "open" not in tag.attributes)

    def _close_what_ends(self, name: str) -> None:
        """Close what the start tag ends without saying so."""
        if self.is_foreign and name in BLOCKS and not self._names[-1]["foreignobject"]:
            self._close_foreign()
        if name in ENDS_PARAGRAPH and self._names[-1]["p"]:
            self._end("p")
        while self._open and self._open[-1].name in ENDS.get(name, ()):
            self._pop()

    def _close_foreign(self) -> None:
        while self.is_foreign and self._open[-1].name != "foreignobject":
            self._pop()

    def _begin_in_table(self, tag: Tag) -> bool:
        """Say whether a row or cell stands in a table, and part it from the one before."""
        if not self._rows:
            return False
        holders = {"table", "template"} | (GROUPS if tag.name not in GROUPS else set())
        holders |= {"tr"} if tag.name in CELLS else set()
        while self._open[-1].name not in holders:
            self._pop()
        if self.hides or self._is_hidden(tag):
            return True
        if tag.name == "tr" or (tag.name in CELLS and self._open[-1].name != "tr"):
            self._next(self._rows, "\n", tag)
            self._cells[-1] = 0
        if tag.name in CELLS:
            self._next(self._cells, "\t", tag)
        return True

    def _next(self, counts: list[int], sign: str, tag: Tag) -> None:
        if counts[-1]:
            self._flow.sign(sign, tag.start, tag.end)
        counts[-1] += 1

    def _part(self, name: str) -> None:
        if name in BLOCKS:
            self._flow.part(2 if name == "p" else 1)

    # --- end ----------------------------------------------------------------------------------

    def _end(self, name: str) -> None:
        """Close the nearest element of that name, and all in it; nothing where none is in reach."""
        if name in TABLE_PARTS - CELLS:
            self._leave_cell()
        if self._reaches(name):
            self._pop_to(name)

    def _reaches(self, name: str) -> bool:
        if name not in BARRIERS:
            return self._names[-1][name] > 0
        stops = {"template", "table"} if name in CELLS | {"caption"} else {"template"}
        return self._innermost(name) > max([self._innermost(stop) for stop in stops - {name}], default=0)

    def _innermost(self, barrier: str) -> int:
        """Count the barriers up to the innermost of that name; 0 when there is none."""
        return self._barriers[barrier][-1] if self._barriers[barrier] else 0

    def _leave_cell(self) -> None:
        """Let the end tag of a row close the cell that is still open."""
        for name in (*CELLS, "caption"):
            if self._reaches(name):
                self._pop_to(name)

    def _pop_to(self, name: str) -> None:
        while self._pop() != name:
            pass

    def _push(self, opened: Opened) -> None:
        matters = opened.hides or opened.keeps_space or opened.name in BLOCKS | TABLE_PARTS | BARRIERS
        if not (matters or self._hiding or self._foreign):
            return
        self._open.append(opened)
        self._hiding += opened.hides
        self._keeping += opened.keeps_space
        self._foreign += opened.name in FOREIGN
        if opened.name in BARRIERS:
            self._names.append(Counter())
            self._barriers[opened.name].append(len(self._names))
        else:
            self._names[-1][opened.name] += 1
        if opened.name == "table":
            self._rows.append(0)
            self._cells.append(0)

    def _pop(self) -> str:
        opened = self._open.pop()
        self._hiding -= opened.hides
        self._keeping -= opened.keeps_space
        self._foreign -= opened.name in FOREIGN
        if opened.name in BARRIERS:
            self._names.pop()
            self._barriers[opened.name].pop()
        else:
            self._names[-1][opened.name] -= 1
        if opened.name == "table":
            self._rows.pop()
            self._cells.pop()
        if not self.hides and not opened.hides:
            self._part(opened.name)
        return opened.name
