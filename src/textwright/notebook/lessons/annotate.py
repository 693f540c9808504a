import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Annotate: what do I mean, and do you mean it too?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # What do I mean, and do you mean it too?

    Before a computer can find job titles somebody has to say what one is. That sounds like a definition, and is mostly work: take a text, mark
    what you mean, take the next. After the fifth headline you will be in two minds, and the second person who tries will be in two others. This
    lesson marks texts inside the notebook, looks at what comes back, and measures how far two people agree.
    """)
    return


@app.cell
def _():
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import pandas as pd

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import SCHEMA
    from textwright.predictors.rules.examples import read_marked

    return Path, SCHEMA, alt, draw_html, mo, pd, read_marked, tw


@app.cell
def _():
    HEADLINES = [
        "Senior Beekeeper - Ely - 12 month contract",
        "Head of Lighthouses, Orkney",
        "Junior Pastry Chef / Baker  Whitby  £24k",
        "Lead Software Engineer (Hybrid) Leeds",
        "Deputy Night Manager",
        "Trainee Piano Tuner, part-time, York",
        "Marine Biologist II | remote",
        "Assistant to the Director, Falmouth",
    ]
    return (HEADLINES,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Mark a few

    Put the focus on the text. The arrow keys choose a word, Shift and an arrow take more words, a letter marks them, Enter hands the text in. Marks nest: *Senior Beekeeper*
    is the title (`j`), *Senior* inside it the rank (`s`), *Beekeeper* the core (`c`). `?` shows all keys; mouse and finger work, too.
    """)
    return


@app.cell
def _(HEADLINES, SCHEMA, mo, tw):
    # An id and a text; here the text is its own id.
    texts = [tw.Example(headline, headline) for headline in HEADLINES]
    widget = mo.ui.anywidget(tw.annotate(texts, schema=SCHEMA, annotator="me"))
    widget
    return (widget,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What comes back

    The widget's value is data. This cell names the widget, so it runs again with each thing that you do above. Offsets count characters, from where a
    span starts to where the next thing begins.
    """)
    return


@app.cell
def _(mo, pd, widget):
    rows = pd.DataFrame(
        {
            "text": each.text[span.start : span.end],
            "label": span.label,
            "start": span.start,
            "end": span.end,
            "status": each.extra["status"],
        }
        for each in widget.dataset
        for span in each.gold.spans or ()
    )
    rows if len(rows) else mo.md("*Nothing yet. Mark something above, and it stands here.*")
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## With suggestions

    Typing goes quicker when somebody has begun. Any model may suggest: here the rules that ship with the package. A suggestion is shown as one and becomes a value only
    when it is accepted, all of them by Enter. Beware: people accept too much. For texts that will *judge* models, mark without suggestions.
    """)
    return


@app.cell
def _(HEADLINES, SCHEMA, mo, tw):
    rules = tw.open_model("job_titles.rules")
    helped = mo.ui.anywidget(tw.annotate(HEADLINES, schema=SCHEMA, suggest=rules, annotator="me"))
    helped
    return (rules,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Two people, one guideline

    Anna and Ben have marked the eight headlines without seeing each other's. Both read the same sentence: *a title is the name of the job with its seniority*.
    """)
    return


@app.cell
def _(SCHEMA, read_marked, tw):
    ANNA = """
    [JOBTITLE: [SENIORITY: Senior] [COREJOBTITLE: Beekeeper]] - [LOCATION: Ely] - [DURATION: 12 month] [EMPLOYMENT_TYPE: contract]
    [JOBTITLE: [COREJOBTITLE: [SENIORITY: Head] of Lighthouses]], [LOCATION: Orkney]
    [JOBTITLE: [SENIORITY: Junior] [COREJOBTITLE: Pastry Chef]] / [JOBTITLE: [COREJOBTITLE: Baker]]  [LOCATION: Whitby]  [SALARY: £24k]
    [JOBTITLE: [SENIORITY: Lead] [COREJOBTITLE: Software Engineer]] ([REMOTE_OPTION: Hybrid]) [LOCATION: Leeds]
    [JOBTITLE: [SENIORITY: Deputy] [COREJOBTITLE: Night [SENIORITY: Manager]]]
    [JOBTITLE: [SENIORITY: Trainee] [COREJOBTITLE: Piano Tuner]], [EMPLOYMENT_TYPE: part-time], [LOCATION: York]
    [JOBTITLE: [COREJOBTITLE: Marine Biologist] [SENIORITY: II]] | [REMOTE_OPTION: remote]
    [JOBTITLE: [COREJOBTITLE: Assistant to the Director]], [LOCATION: Falmouth]
    """
    BEN = """
    [JOBTITLE: [SENIORITY: Senior] [COREJOBTITLE: Beekeeper]] - [LOCATION: Ely] - [DURATION: 12 month] [EMPLOYMENT_TYPE: contract]
    [JOBTITLE: [SENIORITY: Head of] [COREJOBTITLE: Lighthouses]], [LOCATION: Orkney]
    [JOBTITLE: [SENIORITY: Junior] [COREJOBTITLE: Pastry Chef / Baker]]  [LOCATION: Whitby]  [SALARY: £24k]
    [JOBTITLE: [SENIORITY: Lead] [COREJOBTITLE: Software Engineer]] ([REMOTE_OPTION: Hybrid]) [LOCATION: Leeds]
    [JOBTITLE: [SENIORITY: Deputy] [COREJOBTITLE: Night Manager]]
    [JOBTITLE: [SENIORITY: Trainee] [COREJOBTITLE: Piano Tuner]], [EMPLOYMENT_TYPE: part-time], [LOCATION: York]
    [JOBTITLE: [COREJOBTITLE: Marine Biologist] [SENIORITY: II]] | [REMOTE_OPTION: remote]
    [JOBTITLE: [SENIORITY: Assistant] to the [SENIORITY: Director]], [LOCATION: Falmouth]
    """

    def work_of(name, written):
        """Read somebody's lines; the same text gets the same id, so that two people's work meets."""
        marked = [read_marked(line.strip()) for line in written.strip().splitlines()]
        return tw.Dataset(
            [tw.Example(text, text, tw.Annotation(spans=spans), annotator=name) for text, spans in marked],
            schema=SCHEMA,
            name=name,
        )

    anna, ben = work_of("anna", ANNA), work_of("ben", BEN)
    {each.name: f"{sum(len(example.gold.spans) for example in each)} spans" for each in (anna, ben)}
    return anna, ben


@app.cell
def _(anna, ben, tw):
    agreed = tw.agreement(anna, ben)
    return (agreed,)


@app.cell(hide_code=True)
def _(agreed, mo):
    _all = agreed.spans.all
    mo.md(f"""
    In {_all.exact.value:.0%} of the texts they say exactly the same. Of all marks, F1 is {_all.f1.value:.2f}. *Gamma*, which also counts a near miss for
    something and takes chance off, is {_all.gamma.value:.2f}, with a 95 % interval from {_all.gamma.low:.2f} to {_all.gamma.high:.2f}: eight texts are few.
    A mean hides what matters, though. Ask it label by label:
    """)
    return


@app.cell
def _(agreed, alt, pd):
    by_label = pd.DataFrame(
        {"label": label, "F1": each.f1.value, "texts": each.support}
        for label, each in agreed.spans.labels.items()
        if each.support
    )
    alt.Chart(by_label, width=340).mark_bar().encode(
        x=alt.X("F1", scale=alt.Scale(domain=[0, 1]), title="F1 of Anna and Ben"),
        y=alt.Y("label", sort="x", title=None),
    )
    return (by_label,)


@app.cell(hide_code=True)
def _(by_label, mo):
    _worst = by_label.sort_values("F1").iloc[0]
    mo.md(f"""
    Places and pay are no question. {_worst.label} is, with {_worst.F1:.2f}. These are the texts on which they differ, Anna's marks above
    Ben's:
    """)
    return


@app.cell
def _(SCHEMA, anna, ben, draw_html, mo, tw):
    TITLE = {"JOBTITLE", "COREJOBTITLE", "SENIORITY"}

    def titles(example):
        spans = tuple(span for span in example.gold.spans if span.label in TITLE)
        return mo.Html(draw_html(example.text, tw.Annotation(spans=spans), SCHEMA))

    apart = [(a, b) for a, b in zip(anna, ben, strict=True) if a.gold != b.gold]
    mo.vstack([titles(each) for pair in apart for each in pair])
    return (apart,)


@app.cell(hide_code=True)
def _(apart, mo):
    mo.md(f"""
    {len(apart)} texts, and each is a question that the guideline had not answered:

    - Is *Head of* a rank, or *Head* inside the core? Without it, *Lighthouses* would be a job.
    - Two jobs and a slash: one title or two?
    - Is a *Manager* a rank, when the whole thing is called *Night Manager*?
    - Is an *Assistant to the Director* high or low?

    Nobody was careless. This is the point of agreement: it is **not** a mark for annotators but a list of sentences that are missing. Write them down, with these
    texts as examples, and mark again. The guideline of the pack answers all four; it began as one sentence, too.
    """)
    return


@app.cell
def _(SCHEMA):
    {"words in the guideline of the pack": len(SCHEMA.guideline.split())}
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Keep it, and use it

    What is settled is written as one line of JSON a text, and is *gold*: everything that follows in the other lessons is judged by such a file. How near do the
    rules come to Anna?
    """)
    return


@app.cell
def _(Path, anna, rules, tw):
    file = Path("annotate_lesson", "gold.jsonl")
    file.parent.mkdir(exist_ok=True)
    anna.write(file)
    gold = tw.Dataset.read(file, schema=anna.schema)
    report = tw.evaluate(rules, gold, labels=["JOBTITLE", "COREJOBTITLE", "SENIORITY"], name="rules")
    {label: round(each["accuracy"], 2) for label, each in report.to_data()["exact"].items()}
    return (report,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    **Try it.** Mark the eight headlines in the first widget, without looking at Anna's. Then, in a new cell, `tw.agreement(anna, widget.done)`, and
    `tw.agreement(ben, widget.done)`. Are you an Anna or a Ben?

    More in textwright's documents: `notebooks.md` (the widget), `annotating.md` (a page for several people, with undo and history on disk), `agreement.md`
    (what gamma is).
    """)
    return


if __name__ == "__main__":
    app.run()
