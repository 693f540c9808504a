import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="The comparison of everything")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Rules, networks, prompts: which one?

    A cut at the first comma takes a minute to write. Rules take a week, a network takes labels, a prompt takes money with every text. Each has friends who
    know that theirs is best. Here all of them answer the same headlines, and what they say is judged in the same way: for how
    many texts, for how many milliseconds, and is the difference more than chance?

    The lesson needs `pip install 'textwright[notebook,train]'`.
    """)
    return


@app.cell
def _():
    import os
    from importlib.resources import files
    from pathlib import Path

    import altair as alt
    import marimo as mo

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK

    return PACK, Path, alt, draw_html, files, mo, os, tw


@app.cell
def _(PACK, Path, os, tw):
    # A folder with titles/train.jsonl, if you have one: then more is learned from.
    more = os.environ.get("TEXTWRIGHT_LESSON_DATA")

    sample = tw.Dataset.read(PACK.sample, schema=PACK.schema)
    known, held_out = sample.split(0.3, seed=0, by=None)
    if more:
        known = tw.Dataset.read(Path(more, "titles", "train.jsonl"), schema=PACK.schema)
    train, dev = known.split(0.2, seed=0, by=None)
    LABELS = ["JOBTITLE", "SENIORITY", "LOCATION"]
    {"to learn from": len(train), "to choose by": len(dev), "to judge by": len(held_out)}
    return LABELS, dev, held_out, known, more, train


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Two that learn here

    A linear model, in which what speaks for a span adds up, and a small network from scratch. Both learn from the same few headlines; both see
    them a few times only.
    """)
    return


@app.cell
def _(PACK, Path, dev, more, train):
    from dataclasses import replace

    from textwright.bundle import export
    from textwright.train.calibrate import calibrated
    from textwright.train.fitting import Settings
    from textwright.train.linear import LinearTrainer
    from textwright.train.trainers import NetworkTrainer

    linear = LinearTrainer(
        schema=PACK.schema,
        span_settings=replace(LinearTrainer().span_settings, epochs=4),
    ).fit(train, dev)
    trainer = NetworkTrainer(
        schema=PACK.schema,
        embedding=48,
        hidden=64,
        layers=3,
        settings=Settings(epochs=6 if more else 8, batch=16),
    )
    network = calibrated(trainer.fit(train, dev), dev)
    folder = Path("comparison_lesson")
    learned = {"linear": linear, "network": network}
    for _name, _model in learned.items():
        export(_model, folder / _name, samples=dev.texts[:20])
    quick = "network"
    return folder, quick


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## One that asks two

    A cascade answers with the quick model what that one is sure of, and passes the rest on. Here a third of the headlines, the least sure ones, go
    from the small network to the shipped one; whether that pays here, the end will say. A cascade is a file; so is a prompt. Both are models like any other.
    """)
    return


@app.cell
def _(folder, known, quick):
    _steps = f"""
    [[step]]
    model = "./{quick}"
    pass_on = "unsure"
    share = 0.33
    texts = "known.jsonl"

    [[step]]
    model = "job_titles.network"
    """
    known.write(folder / "known.jsonl")
    (folder / "cascade.toml").write_text(_steps)
    cascade = f"cascade:{folder}/cascade.toml"
    return (cascade,)


@app.cell
def _(LABELS, PACK, files, folder, tw):
    from textwrap import dedent

    # The prompt of the lesson "prompts", with its recorded answers.
    (folder / "headline.md").write_text(
        dedent("""
        +++
        name = "headline"
        task = "spans"
        description = "Mark the title, the rank and the place in the headline of a job advert."

        [parameters]
        max_tokens = 80
        +++
        {% block system %}
        You mark words in headlines of job adverts.
        {% if labels %}
        Labels:
        {% for label in labels %}
        - {{ label.name }}: {{ label.meaning }}
        {% endfor %}
        {% endif %}
        Copy the words exactly as they stand in the headline.
        Answer with JSON alone: {"spans": [{"label": "...", "text": "..."}]}
        {% endblock %}

        {% block user %}
        {{ text }}
        {% endblock %}
        """).strip()
    )
    shown, _ = tw.Dataset.read(PACK.sample, schema=PACK.schema).split(0.3, seed=0, by=None)
    shown.write(folder / "shown.jsonl")
    recording = files("textwright.notebook") / "lessons" / "prompts.jsonl"
    (folder / "prompt.toml").write_text(f"""
    template = "headline.md"
    schema = "job_titles"
    labels = {LABELS}
    replay = '{recording}'

    [examples]
    file = "shown.jsonl"
    count = 4
    choose = "similar"
    """)
    prompt = f"prompt:{folder}/prompt.toml"
    return (prompt,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## All of them, on the same texts

    Each name is what one writes after `textwright compare`, too. Scored are three labels, those that the prompt was asked for.
    """)
    return


@app.cell
def _(LABELS, cascade, folder, held_out, prompt, tw):
    MODELS = {
        "cut at a sign": "job_titles.split",
        "linear": f"./{folder}/linear",
        "network": f"./{folder}/network",
        "recorded prompt": prompt,
        "rules": "job_titles.rules",
        "cascade": cascade,
        "shipped network": "job_titles.network",
    }

    def judged(name, model):
        return tw.evaluate(tw.open_model(model), held_out, labels=LABELS, name=name)

    reports = [judged(name, model) for name, model in MODELS.items()]
    return (reports,)


@app.cell
def _():
    from statistics import median

    def milliseconds(report):
        """Give what one text takes; of a recorded answer, what it took when it was given."""
        recorded = [each.answer.usage.seconds for each in report.outcomes if each.answer.usage]
        return 1000 * median(recorded) if recorded else report.speed.latency_ms_p50

    def megabytes(report):
        return report.size_bytes / 1e6 if report.size_bytes else None

    return megabytes, milliseconds


@app.cell
def _(LABELS, megabytes, milliseconds, mo, reports):
    from textwright.evaluate.tables import Table, markdown

    def share(found):
        data = found.to_data()
        low, high = (f"{100 * data[end]:.0f}" for end in ("low", "high"))
        return f"**{100 * data['accuracy']:.0f}** ({low}–{high})"

    def in_words(ms):
        return f"{ms:,.1f}" if ms >= 1 else f"{ms:.2g}"

    def row(report):
        size = megabytes(report)
        return (
            report.name,
            *(share(report.score.exact[label].all) for label in LABELS),
            share(report.score.whole_text),
            in_words(milliseconds(report)),
            f"{size:.1f}" if size else "–",
        )

    _head = ("right texts, of 100", *LABELS, "all three", "ms a text", "MB")
    mo.md(markdown(Table("", _head, tuple(map(row, reports)))))
    return


@app.cell(hide_code=True)
def _(held_out, mo, reports, train):
    _prompt = next(each for each in reports if each.name == "recorded prompt")
    mo.md(f"""
    What the table does not say:

    - The headlines were written by the people who wrote the rules, so that these look better here than they are. Expect less on yours.
    - *linear* and *network* learned from {len(train):,} headlines, in seconds. *shipped network* is what the same network becomes with many more.
    - *recorded prompt* is the smallest of language models, and its milliseconds are those of a busy machine without a graphics card. {_prompt.failed} of {len(held_out)} texts
      have no answer that can be read; a text without an answer is wrong.

    ## Is the difference more than chance?

    Intervals that overlap prove nothing either way: all models answered *the same* texts, so one looks at those where just one of two is right (McNemar's
    exact test). Who asks many questions finds something by chance, so the probabilities are corrected for their number (Holm).
    """)
    return


@app.cell
def _(reports, tw):
    comparison = tw.compare(reports)
    asked = [pair for pair in comparison.pairs if pair.measure == "exact:JOBTITLE"]
    [pair.in_words() for pair in asked if "shipped network" in (pair.a, pair.b)]
    return asked, comparison


@app.cell
def _(alt, asked):
    def signed(pair):
        """Put the better one first."""
        ahead = pair.difference >= 0
        low, high = sorted((100 * end * (1 if ahead else -1)) for end in pair.interval)
        a, b = (pair.a, pair.b) if ahead else (pair.b, pair.a)
        return {
            "pair": f"{a} – {b}",
            "ahead": 100 * abs(pair.difference),
            "low": low,
            "high": high,
            "told apart": "yes" if pair.told_apart else "no",
        }

    _rows = sorted(map(signed, asked), key=lambda row: -row["ahead"])
    _y = alt.Y("pair:N", sort=[row["pair"] for row in _rows], title=None, axis=alt.Axis(labelLimit=240))
    _colour = alt.Color("told apart:N", scale=alt.Scale(domain=["yes", "no"], range=["#2f7ed8", "#d9730d"]))
    _base = alt.Chart(alt.Data(values=_rows), width=300, height=400)
    _ends = _base.mark_rule(strokeWidth=2).encode(
        _y, alt.X("low:Q", title="titles: points ahead"), alt.X2("high:Q"), _colour
    )
    _dots = _base.mark_point(filled=True, size=60, opacity=1).encode(_y, alt.X("ahead:Q"), _colour)
    _ends + _dots
    return


@app.cell(hide_code=True)
def _(asked, comparison, mo):
    _apart = sum(pair.told_apart for pair in asked)
    mo.md(f"""
    Of {len(asked)} pairs {_apart} can be told apart on titles, with {len(comparison.pairs)} questions asked in all. Where a bar crosses nought, say "level" and choose by
    something else, for instance by this:

    ## What does exactness cost?

    To the left is quick, above is exact. Those on the line are worth a thought: whatever is not on it is slower *and* less exact than another one.
    """)
    return


@app.cell
def _(alt, milliseconds, reports):
    def best_for_their_time(rows):
        """Keep those that nothing quicker reaches."""
        best, kept = -1.0, []
        for row in sorted(rows, key=lambda row: (row["ms"], -row["right"])):
            if row["right"] > best:
                best = row["right"]
                kept.append(row)
        return kept

    def point(report):
        right = report.score.exact["JOBTITLE"].all.accuracy
        return {"name": report.name, "ms": milliseconds(report), "right": 100 * right}

    def crowded(row):
        """Say whether the name of a better one stands where this one's name would: then it goes beneath."""
        near = [other for other in points if 1 / 4 < other["ms"] / row["ms"] < 4]
        return any(0 < other["right"] - row["right"] < 8 for other in near)

    points = list(map(point, reports))
    front = best_for_their_time(points)
    _x = alt.X(
        "ms:Q",
        title="milliseconds a text",
        axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000, 10000], format="~g"),
        scale=alt.Scale(type="log", padding=40),
    )
    _y = alt.Y("right:Q", title="titles right, of 100", scale=alt.Scale(zero=False, padding=20))
    _line = alt.Chart(alt.Data(values=front)).mark_line(color="#d9730d", strokeDash=[5, 4]).encode(_x, _y)
    _base = alt.Chart(alt.Data(values=points), width=460, height=300)
    _dots = _base.mark_point(filled=True, size=80, color="#2f7ed8", opacity=1).encode(_x, _y)
    _named = [
        alt.Chart(alt.Data(values=[row for row in points if crowded(row) == below]))
        .mark_text(dy=16 if below else -12, fontSize=11)
        .encode(_x, _y, text="name:N")
        for below in (False, True)
    ]
    alt.layer(_line, _dots, *_named)
    return crowded, front, points


@app.cell(hide_code=True)
def _(front, mo):
    mo.md(f"""
    Worth a thought, from quick to exact: {", ".join(f"*{row['name']}*" for row in front)}. Milliseconds are of this machine, now; it may have had other work.

    ## Look at what they get wrong

    Figures say how often. Only texts say *what*. Here are headlines on which they disagree most, each drawn as everybody read it.
    """)
    return


@app.cell
def _(LABELS, PACK, draw_html, mo, reports, tw):
    def rights(place):
        return [each.rights["whole_text"][place] for each in reports]

    def scored(annotation):
        spans = (annotation and annotation.spans) or ()
        return tw.Annotation(spans=tuple(span for span in spans if span.label in LABELS))

    def drawn(name, text, annotation):
        return f"<p><small>{name}</small></p>{draw_html(text, scored(annotation), PACK.schema)}"

    half = len(reports) / 2
    places = sorted(range(len(reports[0].outcomes)), key=lambda place: abs(sum(rights(place)) - half))[:2]
    pieces = []
    for place in places:
        example = reports[0].outcomes[place].example
        pieces.append(drawn("as it should be", example.text, example.gold))
        for each in reports:
            answer = each.outcomes[place].answer
            mark = "right" if each.rights["whole_text"][place] else "wrong"
            pieces.append(drawn(f"{each.name}: {mark}", example.text, answer.annotation))
    mo.Html("".join(pieces))
    return


@app.cell(hide_code=True)
def _(front, milliseconds, mo, reports):
    _right = {each.name: 100 * each.score.whole_text.accuracy for each in reports}
    _ms = {each.name: milliseconds(each) for each in reports}
    _pays = "cascade" in [row["name"] for row in front]
    mo.md(f"""
    ## Which one, then?

    - **Nothing annotated yet**: cut, or prompt for first suggestions, and annotate two hundred texts to judge by.
    - **Rules that one can state**: write them. They are quick, they explain themselves, and they never change by night.
    - **A few hundred labels and more**: a network; lesson *how_much_data* says whether more would pay.
    - **One quick, and one that is exact and dear**, by seconds or by money: a cascade. The share that it passes on is what it costs and what it gains. Here it
      brings the small network from {_right["network"]:.0f} to {_right["cascade"]:.0f} whole headlines of 100, in {_ms["cascade"]:.1f} ms. The second
      one alone has {_right["shipped network"]:.0f}, in {_ms["shipped network"]:.1f} ms: {"so it is worth a thought" if _pays else "it is quick itself, so here a cascade does not pay"}.

    **Try it.** Let the cascade pass on half (`share = 0.5`), or put `job_titles.rules` with `pass_on = "empty"` first. Where does its point move? The same comparison
    for texts of yours, as a page that stands alone:

    ```
    textwright compare job_titles.rules cascade:comparison_lesson/cascade.toml --data gold.jsonl --html compared.html
    ```

    More in textwright's documents: `evaluation.md` explains scores, intervals and tests; `cascades.md` when two are better than one.
    """)
    return


if __name__ == "__main__":
    app.run()
