"""What happened while learning: loss and dev score of each epoch, as JSON and as a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from textwright.train.fitting import Progress

DATA, PICTURE = "training.json", "training.svg"
WIDTH, HEIGHT = 300, 180
BLUE, ORANGE = "#0b6bcb", "#c2410c"


@dataclass(frozen=True, slots=True)
class History:
    """Collects the progress of each part that is learned; give `add` as the `report` of a trainer."""

    parts: dict[str, list[Progress]] = field(default_factory=dict)

    def add(self, part: str, progress: Progress) -> None:
        """Take an epoch."""
        self.parts.setdefault(part, []).append(progress)

    def files(self) -> Mapping[str, bytes]:
        """Give what belongs into a model's folder: nothing when no epoch was reported.

        The picture is left out where what draws it is not installed.
        """
        if not self.parts:
            return {}
        data = {DATA: (json.dumps(self.to_data(), indent=1) + "\n").encode()}
        picture = self.picture()
        return data | ({PICTURE: picture} if picture else {})

    def to_data(self) -> dict[str, list[dict[str, Any]]]:
        """Give each part's epochs with train loss and dev score; `best` marks those better than all before."""
        return {
            part: [{"epoch": e.epoch, "loss": e.loss, "score": e.score, "best": e.best} for e in epochs]
            for part, epochs in self.parts.items()
        }

    def picture(self) -> bytes | None:
        """Draw loss and score by epoch as SVG; None where altair or vl-convert is not installed."""
        try:
            import altair
            import vl_convert
        except ImportError:
            return None
        rows = [self._row(altair, part) for part in self.parts]
        svg: str = vl_convert.vegalite_to_svg(altair.vconcat(*rows).to_dict())
        return svg.encode()

    def _row(self, altair: Any, part: str) -> Any:
        loss = self._curve(altair, part, "loss", f"{part}: loss on the train set", BLUE)
        score = self._curve(altair, part, "score", f"{part}: score on the dev set", ORANGE)
        chosen = [each for each in self.to_data()[part] if each["best"]][-1:]
        best = altair.Chart(altair.Data(values=chosen))
        mark = best.mark_point(size=90, color=ORANGE, filled=True).encode(x="epoch:Q", y="score:Q")
        said = [{**each, "said": f"epoch {each['epoch']}: {each['score']:.3f}"} for each in chosen]
        late = bool(chosen) and 2 * chosen[0]["epoch"] > len(self.parts[part])
        place = {"align": "right", "dx": 8} if late else {"align": "left", "dx": -8}
        label = altair.Chart(altair.Data(values=said)).mark_text(dy=16, **place)
        return altair.hconcat(loss, score + mark + label.encode(x="epoch:Q", y="score:Q", text="said:N"))

    def _curve(self, altair: Any, part: str, figure: str, title: str, colour: str) -> Any:
        count = len(self.parts[part])
        ticks = [1, *range(5, count + 1, 5)] if count > 8 else list(range(1, count + 1))
        epochs = altair.X("epoch:Q", title="epoch", axis=altair.Axis(values=ticks, format="d", grid=False))
        values = altair.Y(f"{figure}:Q", title=None, scale=altair.Scale(zero=figure == "loss"))
        chart = altair.Chart(altair.Data(values=self.to_data()[part]), title=title, width=WIDTH, height=HEIGHT)
        return chart.mark_line(color=colour, point={"color": colour, "size": 25}).encode(epochs, values)
