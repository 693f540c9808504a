import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="How much data is enough?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # How much data is enough?

    You have annotated a few hundred headlines. Somebody asks whether you should go on, and for how long. "More is better" is no answer: an afternoon
    of annotating costs an afternoon. The question has a better one, and it can be had before the afternoon is spent.

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
    from textwright.packs.job_titles import PACK

    return PACK, Path, alt, mo, os, tw


@app.cell
def _(PACK, Path, os, tw):
    # A folder with titles/train.jsonl and titles/dev.jsonl, if you have one.
    more = os.environ.get("TEXTWRIGHT_LESSON_DATA")

    def read(path):
        return tw.Dataset.read(path, schema=PACK.schema)

    if more:
        known = read(Path(more, "titles", "train.jsonl"))
        judged = read(Path(more, "titles", "dev.jsonl"))
    else:
        known, judged = read(PACK.sample).split(0.4, seed=0, by=None)
    {"annotated so far": len(known), "to judge by": len(judged)}
    return judged, known


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Pretend that there were fewer

    Nobody can train on texts that are not annotated yet. But one can train on a tenth of those that are, on a quarter, on half, on all, and look where
    that is going. Each share is drawn twice, because which texts one happens to have makes a difference, too. A quick linear model will do: the
    question is how fast it learns, not how well it ends.
    """)
    return


@app.cell
def _(PACK, judged, known):
    from dataclasses import replace

    from textwright.train.curve import Curve, Plan, run_all
    from textwright.train.linear import LinearTrainer

    def trainer(_part, seed):
        linear = LinearTrainer(schema=PACK.schema, seed=seed)
        fewer = replace(linear.span_settings, epochs=4)
        return replace(linear, span_settings=fewer)

    plan = Plan(known, judged, shares=(0.1, 0.25, 0.5, 1.0), seeds=2)
    runs = list(run_all(plan, trainer))
    curve = Curve.of("linear", runs)
    [(run.texts, run.seed, run.scores) for run in runs]
    return curve, replace, runs, trainer


@app.cell
def _(curve):
    curve.picture("span F1")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    A point is a training. The line is a law of the odds of an error, `error / (1 - error) = a · n⁻ᵇ + c`: they fall like a power of the number of texts,
    down to what no number takes away. The dashed end, up to twice the texts, is a forecast, and 95 of 100 trainings to come would lie in the band. In words:
    """)
    return


@app.cell
def _(curve):
    curve.in_words()
    return


@app.cell(hide_code=True)
def _(curve, mo):
    _none = [name for name, fit in curve.fits.items() if fit.doubt]
    _said = (
        f"There is no forecast for {' and '.join(_none)}, and the reason is said. It is better to say nothing than something wrong."
        if _none
        else "Where the points do not bear a forecast, there would be none, and the reason would be said."
    )
    mo.md(_said)
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What would more bring?

    Move the slider to what you could annotate in an afternoon.
    """)
    return


@app.cell
def _(mo):
    further = mo.ui.slider(20, 600, step=20, value=60, label="more headlines", show_value=True)
    further
    return (further,)


@app.cell
def _(curve, further, known):
    fit = curve.fits["span F1"]

    def forecast(texts):
        """Give what a law expects of so many texts: F1 of 100, and its band."""
        low, high = fit.band(texts)
        return [round(100 * (1 - error), 1) for error in (fit.error(texts), high, low)]

    expected, least, most = forecast(len(known) + further.value)
    now = forecast(len(known))[0]
    measured = round(100 * curve.mean("span F1"), 1)
    {"measured now": measured, "the law now": now, "the law then": expected, "between": (least, most)}
    return expected, fit, least, measured, most, now


@app.cell(hide_code=True)
def _(expected, fit, further, known, least, mo, most, now):
    _enough = fit.law.enough()
    _until = (
        f"By this law a doubling brings less than half a point from about {_enough:,.0f} texts on."
        if _enough < 100 * len(known)
        else "Where a doubling stops paying lies too far away for this law to tell."
    )
    _doubt = f" But mark the doubt: {fit.doubt}." if fit.doubt else ""
    mo.md(f"""
    {further.value} more bring about **{expected - now:.1f} points** of F1, to {expected:.1f} (between {least:.1f} and {most:.1f}). {_until}{_doubt}

    ## Why is everything so wide?

    There are two kinds of chance in these numbers, and only one of them goes away with more texts to *learn* from. The other depends on how many texts
    one *judges* by. If 80 of 100 are right, how sure is that? Here is the 95 % interval by number of texts:
    """)
    return


@app.cell
def _(alt, judged):
    from textwright.evaluate.statistics import wilson

    sizes = sorted({25, 50, len(judged), 250, 500, 1000, 2500, 5000})
    _rows = []
    for _size in sizes:
        _low, _high = wilson(0.8 * _size, _size)
        _said = f"{_size:,}"
        _rows.append({"texts": _said, "low": 100 * _low, "high": 100 * _high})
    _order = [row["texts"] for row in _rows]
    _x = alt.X("texts:N", sort=_order, title="texts to judge by", axis=alt.Axis(labelAngle=0))
    _y = alt.Y("low:Q", title="80 of 100 may be", scale=alt.Scale(domain=[55, 100]))
    _bars = alt.Chart(alt.Data(values=_rows), width=440, height=220)
    _bars.mark_bar(size=14, color="#2f7ed8").encode(_x, _y, alt.Y2("high:Q"))
    return sizes, wilson


@app.cell(hide_code=True)
def _(judged, mo, sizes, wilson):
    _low, _high = wilson(0.8 * len(judged), len(judged))
    _far_low, _far_high = wilson(0.8 * sizes[-1], sizes[-1])
    mo.md(f"""
    With the {len(judged):,} texts that we judge by, "80 of 100" means anything from {100 * _low:.0f} to {100 * _high:.0f}. Four times as many texts halve the width, no
    fewer; {sizes[-1]:,} leave {100 * (_far_high - _far_low):.0f} points. So annotate to judge, too, and first: with too few of them one cannot even see whether
    the others helped.

    Two models on *the same* texts are told apart sooner than such intervals let one think, because only texts count of which one has right what the other
    has wrong. Is that soon enough here? What half of the texts taught against what all of them did:
    """)
    return


@app.cell
def _(judged, known, trainer, tw):
    part, rest = known[::2], known[1::2]
    begun = trainer(part, 0).fit(part, judged)
    half = tw.evaluate(begun, judged, name="half")
    complete = trainer(known, 0).fit(known, judged)
    whole = tw.evaluate(complete, judged, name="all")
    # Whoever asks more questions must correct for more of them: so these two labels alone.
    two = [
        tw.evaluate(model, judged, labels=["JOBTITLE", "LOCATION"], name=name)
        for name, model in (("all", complete), ("half", begun))
    ]
    asked = tw.compare(two).pairs
    [pair.in_words() for pair in asked]
    return asked, begun, half, part, rest, whole


@app.cell(hide_code=True)
def _(asked, judged, mo):
    _apart = [pair.measure for pair in asked if pair.told_apart]
    _said = (
        f"{len(_apart)} of {len(asked)} questions {'tells' if len(_apart) == 1 else 'tell'} the two apart"
        if _apart
        else f"None of {len(asked)} questions tells the two apart, though one learned from twice as many texts: {len(judged):,} texts to judge by are too few for that"
    )
    mo.md(f"{_said}. (The probabilities are corrected for the number of questions, by Holm.)")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Which ones next?

    If there is an afternoon, which texts should get it? Those of which the model is least sure, people say: it learns little from what it knows. Let us
    see, with the other half of our texts as those "not annotated yet". Both lists have the same length; one is drawn by chance, one is the least sure.
    """)
    return


@app.cell
def _(PACK, begun, further, judged, part, rest, trainer, tw):
    import random

    from textwright.predictors.cascade import confidence

    count = min(further.value, len(rest) - 1)
    sure = list(map(confidence, begun.predict(rest.texts), begun.score(rest.texts)))
    places = sorted(range(len(rest)), key=sure.__getitem__)
    drawn = random.Random(0).sample(range(len(rest)), count)

    def with_more(name, chosen):
        data = tw.Dataset([*part, *(rest[place] for place in chosen)], schema=PACK.schema)
        return tw.evaluate(trainer(data, 0).fit(data, judged), judged, name=name)

    unsure = with_more("least sure", places[:count])
    chance = with_more("by chance", drawn)
    verdict = next(pair for pair in tw.compare([unsure, chance]).pairs if pair.measure == "whole_text")
    {each.name: round(each.score.spans.micro.f1, 3) for each in (unsure, chance)}
    return chance, count, unsure, verdict


@app.cell(hide_code=True)
def _(chance, count, half, mo, unsure, verdict):
    _ahead = 100 * (unsure.score.spans.micro.f1 - chance.score.spans.micro.f1)
    mo.md(f"""
    From {100 * half.score.spans.micro.f1:.1f} with half, {count} least sure texts lead to {100 * unsure.score.spans.micro.f1:.1f} of 100, and {count} drawn by chance to
    {100 * chance.score.spans.micro.f1:.1f}: {abs(_ahead):.1f} points {"for" if _ahead > 0 else "against"} the least sure. Is that more than chance? Asked on whole texts:

    > {verdict.in_words()}

    One drawing proves little either way; the annotation page orders texts so, and `annotating.md` in textwright's documents says what it gains.
    """)
    return


@app.cell(hide_code=True)
def _(fit, known, measured, mo, now):
    _twice = 100 * (1 - fit.law.error(2 * len(known)))
    mo.md(f"""
    ## So: how much is enough?

    As much as it takes until the next afternoon buys less than it costs. For these texts and this model: {len(known):,} gave an F1
    of {measured:.1f} of 100 (the law says {now:.1f}), and {len(known):,} more would bring about {_twice - now:.0f} points. If so many points are worth the work to you, go on; if
    not, stop. Then ask again after the next hundred, for a forecast is only about more texts *like these*.

    - Look before you label: the curve costs minutes.
    - Annotate to judge before you annotate to learn.
    - A forecast has a band. Whoever gives you one number has not looked.
    - Mending wrong labels may bring more than new ones: `textwright doubt` finds them.

    **Try it.** Set `seeds=4`: how much narrower is the band? Then judge by a quarter of the texts alone: what can still be told? With texts of your own:

    ```
    textwright curve network --train train.jsonl --dev dev.jsonl --html curve.html
    ```

    More in textwright's documents: `how-much-data.md` has the law and when it says nothing; `doubt.md` finds labels that are probably wrong; `evaluation.md`
    explains intervals and comparisons.
    """)
    return


if __name__ == "__main__":
    app.run()
