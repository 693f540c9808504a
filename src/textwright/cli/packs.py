"""`textwright packs`: what is installed for which kind of text."""

from __future__ import annotations

from textwright import packs as installed_packs


def packs() -> None:
    """List the installed packs with their labels, models and sample.

    Example:
        textwright packs
    """
    for name in installed_packs.installed():
        pack = installed_packs.open_pack(name)
        print(pack.name, pack.summary, sep="  ")
        print(f"  labels  {', '.join(pack.schema.spans)}")
        print(f"  models  {', '.join(f'{name}.{model}' for model in pack.models)}; best: {pack.best}")
        print(f"  sample  {pack.sample}")
