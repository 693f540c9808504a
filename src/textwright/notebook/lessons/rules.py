import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Rules: how far does one get without learning?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # How far does one get without learning?

    *Senior UX Researcher - 6 month contract, Edinburgh.* A person sees at once what is the title, what is the rank, and what merely
    stands beside it. The first programme that anybody writes for this is one line long: cut at the first dash or comma. It is a fine
    programme. The question of this lesson is what each further line brings, and we ask it of texts that no rule was written from.
    """)
    return


@app.cell
def _():
    import json
    import os
    import re
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import pandas as pd

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK
    from textwright.predictors.rules import RulesPredictor

    return PACK, Path, RulesPredictor, alt, draw_html, json, mo, os, pd, re, tw


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Two halves, and one of them stays shut

    The package brings headlines that we wrote and annotated ourselves. We look at one half, and write rules from it. The other half only
    gives marks.
    """)
    return


@app.cell
def _(PACK, Path, os, tw):
    # A folder with titles/train.jsonl and titles/dev.jsonl, if you have one.
    more = os.environ.get("TEXTWRIGHT_LESSON_DATA")

    def read(path):
        return tw.Dataset.read(path, schema=PACK.schema)

    if more:
        seen, held_out = read(Path(more, "titles", "train.jsonl")), read(Path(more, "titles", "dev.jsonl"))
    else:
        seen, held_out = read(PACK.sample).split(0.5, seed=7, by=None)
    f"{len(seen)} headlines to look at, {len(held_out)} to be judged by"
    return held_out, seen


@app.cell
def _(PACK, draw_html, mo, seen):
    mo.vstack([mo.Html(draw_html(each.text, each.gold, PACK.schema)) for each in list(seen)[:3]])
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Step 1: cut once

    Anything with a `schema` and a `predict` that gives one annotation a text is a model here. Two follow: one that calls the whole headline
    a title, and the one-liner.
    """)
    return


@app.cell
def _(PACK, re, tw):
    class Cut:
        """Calls everything before the first match the title and its core."""

        schema = PACK.schema

        def __init__(self, pattern):
            self.pattern = re.compile(pattern)

        def predict(self, texts):
            return [self.marked(text) for text in texts]

        def marked(self, text):
            title = self.pattern.split(text, maxsplit=1)[0].rstrip()
            labels = ("JOBTITLE", "COREJOBTITLE") if title else ()
            return tw.Annotation(spans=tuple(tw.Span(0, len(title), label) for label in labels))

    whole = Cut(r"$")
    split = Cut(r"\s-|[–—,(|]|\s/\s|\s{2}")
    return split, whole


@app.cell
def _(held_out, tw):
    def judged(name, model):
        """Judge a model on the half that stayed shut."""
        return tw.evaluate(model, held_out, name=name)

    def right(report, label="JOBTITLE"):
        return report.to_data()["exact"][label]["accuracy"]

    return judged, right


@app.cell
def _(judged, right, split, whole):
    reports = [judged("whole headline", whole), judged("cut once", split)]
    {report.name: round(right(report), 3) for report in reports}
    return (reports,)


@app.cell(hide_code=True)
def _(mo, reports, right):
    mo.md(f"""
    The whole headline is the title in {right(reports[0]):.0%} of the texts; one cut brings {right(reports[1]):.0%}. The score is strict:
    a text counts when its titles are found to the letter, and nothing else is called a title.

    Where does the cut fail? Its report holds every mistake. Here are the first three; what was found stands under what was wanted.
    """)
    return


@app.cell
def _(PACK, draw_html, mo, reports, tw):
    wrong = [each for each in reports[1].mistakes if "JOBTITLE" in each.labels]

    def titles_in(text, annotation):
        spans = tuple(span for span in annotation.spans if span.label == "JOBTITLE")
        return mo.Html(draw_html(text, tw.Annotation(spans=spans), PACK.schema))

    mo.vstack([titles_in(each.text, marked) for each in wrong[:3] for marked in (each.gold, each.predicted)])
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Step 2: a dictionary

    The half that we may look at holds titles. Collect them, and mark what is known wherever it stands. A rule set is a folder of text
    files; this one has a list and a lookup, and marks what the lookup found.
    """)
    return


@app.cell
def _(PACK, Path, RulesPredictor, json):
    def rule_set(name, rules, **lists):
        """Write a rule set and open it: a folder with rules, lists and the schema."""
        folder = Path(name)
        folder.mkdir(exist_ok=True)
        config = {"kind": "rules", "rules": "rules.toml", "schema": PACK.schema.to_data()}
        (folder / "config.json").write_text(json.dumps(config))
        (folder / "rules.toml").write_text(rules, encoding="utf-8")
        for each, entries in lists.items():
            (folder / f"{each}.txt").write_text("\n".join(entries), encoding="utf-8")
        return RulesPredictor.open(folder)

    return (rule_set,)


@app.cell
def _(rule_set, seen):
    def texts_of(label):
        spans = ((each.text, span) for each in seen for span in each.gold.spans if span.label == label)
        return sorted({text[span.start : span.end] for text, span in spans})

    known = texts_of("COREJOBTITLE")
    DICTIONARY = """
    language = 1

    [lists]
    known = "known.txt"

    [[phases]]
    name = "known titles"
    lookup = "known"

    [[phases]]
    name = "titles"
    [[phases.rules]]
    name = "known title"
    match = "[JOBTITLE: [COREJOBTITLE: <known>]]"
    """
    dictionary = rule_set("dictionary", DICTIONARY, known=known)
    f"{len(known)} titles, from {known[0]!r} to {known[-1]!r}"
    return dictionary, known, texts_of


@app.cell
def _(dictionary, judged, reports, right):
    by_dictionary = judged("dictionary", dictionary)
    {report.name: round(right(report), 3) for report in (*reports, by_dictionary)}
    return (by_dictionary,)


@app.cell(hide_code=True)
def _(by_dictionary, mo, reports, right):
    mo.md(f"""
    A disappointment: {right(by_dictionary):.0%}, where one cut had {right(reports[1]):.0%}. A dictionary only knows what it has seen, and
    people never tire of inventing titles. The one that ships with the package holds some ten thousand, and still misses many.

    What the titles have in common is their *last word*. *Designer*, *engineer*, *manager*: there are few of them, and before them
    stand words of any kind.
    """)
    return


@app.cell
def _(alt, known, pd):
    ends = pd.Series([title.split()[-1].lower() for title in known]).value_counts().head(12)
    counted = ends.rename_axis("last word").reset_index(name="titles")
    alt.Chart(counted, width=420).mark_bar().encode(x="titles", y=alt.Y("last word", sort="-x", title=None))
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Step 3: patterns

    So we write down how a title is built: perhaps ranks, then words of any kind, then a last word that we know. `<part>` is any word but
    those that never stand in a title. The pattern nests: a rank stands inside the title, and outside its core.
    """)
    return


@app.cell
def _(known, rule_set):
    heads = sorted({title.split()[-1].lower() for title in known})
    TITLES = """
    [[phases]]
    name = "titles"
    [[phases.rules]]
    name = "rank of something"
    match = "[JOBTITLE: [COREJOBTITLE: [SENIORITY: {chief}] of <part>+]]"
    as = "title"
    examples = ["[JOBTITLE: [COREJOBTITLE: [SENIORITY: Head] of Design]] - our London studio"]
    [[phases.rules]]
    name = "title"
    match = "[JOBTITLE: ([SENIORITY: {rank} {rank}?])? [COREJOBTITLE: <part>* {head}] ([SENIORITY: {level}])?]"
    as = "title"
    examples = ["[JOBTITLE: [SENIORITY: Junior] [COREJOBTITLE: Web Designer]], starting soon"]
    """
    LISTS = """
    language = 1

    [lists]
    head = "head.txt"
    rank = [
      "junior", "senior", "sr", "lead", "principal", "staff", "mid", "mid-weight", "middleweight",
      "graduate", "jr", "chief", "trainee",
    ]
    chief = ["head", "director", "vp", "vice president"]
    level = ["i", "ii", "iii", "iv"]
    no_part = ["at", "for", "in", "with", "from", "required", "wanted", "needed"]
    """
    CLASSES = """
    [classes]
    part = "<word> - {rank} - {no_part}"
    piece = '<part> + / + & + <number> + "-"'
    """
    patterns = rule_set("patterns", LISTS + CLASSES + TITLES, head=heads)
    return CLASSES, LISTS, TITLES, heads, patterns


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Step 4: take away what surely is something else

    Pay, working time and places are easier than titles, and a word that is taken by them cannot be swallowed by one. Phases run one after
    another, so these go first.
    """)
    return


@app.cell
def _(CLASSES, LISTS, TITLES, heads, rule_set, texts_of):
    FACTS = """
    [[phases]]
    name = "facts"
    [[phases.rules]]
    name = "pay"
    match = "[SALARY: (up to)? {sign} ~<number> ~{thousand}? ((to | - | <dash>) {sign}? <number> ~{thousand}?)? ({per} {time})?]"
    as = "fact"
    examples = ["[SALARY: £38k - £44k]"]
    [[phases.rules]]
    name = "how long"
    match = "[DURATION: <number> (- <number>)? {length}]"
    as = "fact"
    examples = ["[DURATION: 6 months]"]
    [[phases.rules]]
    name = "working time"
    match = "[EMPLOYMENT_TYPE: {form}]"
    as = "fact"
    [[phases.rules]]
    name = "where from"
    match = "[REMOTE_OPTION: {remote}]"
    as = "fact"

    [[phases]]
    name = "places"
    lookup = "place"

    [[phases]]
    name = "places, marked"
    [[phases.rules]]
    name = "place"
    match = "[LOCATION: <place>]"
    after = '<start> | <dash> | - | , | "(" | "|" | <gap> | in | <fact>'
    as = "fact"
    """
    MORE_LISTS = """
    place = "place.txt"
    form = "form.txt"
    remote = ["remote", "hybrid", "on-site", "onsite", "wfh", "work from home", "field based"]
    sign = ["£", "$", "€"]
    thousand = ["k"]
    per = ["per", "/", "a", "an"]
    time = ["hour", "hr", "day", "week", "year", "annum"]
    length = ["week", "weeks", "month", "months", "mth", "year", "years"]
    """
    with_facts = rule_set(
        "patterns_and_facts",
        LISTS + MORE_LISTS + CLASSES + FACTS + TITLES,
        head=heads,
        place=texts_of("LOCATION"),
        form=texts_of("EMPLOYMENT_TYPE"),
    )
    return FACTS, MORE_LISTS, with_facts


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Step 5: the cut comes back

    The one-liner was not stupid: most headlines do begin with the title. Now that the facts are out of its way, let it go first, ranks and all,
    and let the patterns look only at those headlines in which it found nothing.
    """)
    return


@app.cell
def _(CLASSES, FACTS, LISTS, MORE_LISTS, TITLES, heads, rule_set, texts_of):
    CUT = """
    [[phases]]
    name = "cut"
    [[phases.rules]]
    name = "rank of something at the start"
    match = "[JOBTITLE: [COREJOBTITLE: [SENIORITY: {chief}] of <part>+]]"
    after = "<start>"
    as = "title"
    [[phases.rules]]
    name = "title at the start"
    match = "[JOBTITLE: ([SENIORITY: {rank} .? {rank}?])? [COREJOBTITLE: <part> (<piece>* <part>)?]]"
    after = "<start>"
    before = '<dash> | <gap> | - | , | "(" | "|" | "[" | "@" | <fact> | {no_part} | <end>'
    as = "title"
    examples = ["[JOBTITLE: [SENIORITY: Sr.] [COREJOBTITLE: Lighthouse Keeper]], on the coast"]

    [[phases]]
    name = "what follows it"
    [[phases.rules]]
    name = "no second title"
    match = "<title> <any>*"
    as = "done"
    """
    with_cut = rule_set(
        "my_rules",
        LISTS + MORE_LISTS + CLASSES + FACTS + CUT + TITLES,
        head=heads,
        place=texts_of("LOCATION"),
        form=texts_of("EMPLOYMENT_TYPE"),
    )
    return (with_cut,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    Every rule may carry examples, and they are tests: `textwright rules test my_rules` runs them. A rule set also says *why*. This is
    what a network cannot do:
    """)
    return


@app.cell
def _(mo):
    headline = mo.ui.text(
        value="Senior Beekeeping Consultant - 6 months, £45k, Leeds", label="a headline", full_width=True
    )
    headline
    return (headline,)


@app.cell
def _(headline, pd, with_cut):
    pd.DataFrame(
        {
            "text": headline.value[each.span.start : each.span.end],
            "label": each.span.label,
            "rule": f"{each.phase} / {each.rule}",
        }
        for each in with_cut.explain(headline.value)
    )
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What each step brought

    The last column is the rule set that ships with the package: the same language, long lists, and many evenings of looking at mistakes. Its
    authors also wrote these headlines, so take its figures here with a pinch of salt; the README has those on headlines that it never met. All steps are
    judged on the same half.
    """)
    return


@app.cell
def _(by_dictionary, judged, patterns, reports, tw, with_cut, with_facts):
    shipped = tw.open_model("job_titles.rules")
    steps = [
        *reports,
        by_dictionary,
        judged("patterns", patterns),
        judged("patterns, facts", with_facts),
        judged("cut, then patterns", with_cut),
        judged("shipped rules", shipped),
    ]
    return shipped, steps


@app.cell
def _(pd, steps):
    LABELS = ["JOBTITLE", "COREJOBTITLE", "SENIORITY", "LOCATION", "SALARY"]
    figures = pd.DataFrame(
        {"step": report.name, "label": label, **report.to_data()["exact"][label]}
        for report in steps
        for label in LABELS
    )
    figures.pivot(index="label", columns="step", values="accuracy")[[report.name for report in steps]].round(
        2
    ).reset_index()
    return LABELS, figures


@app.cell
def _(LABELS, alt, figures, steps):
    order = [report.name for report in steps]
    base = alt.Chart(figures).encode(
        x=alt.X("step", sort=order, title=None, axis=alt.Axis(labelAngle=-35)),
        color=alt.Color("label", sort=LABELS, legend=None),
    )
    dots = base.mark_point(filled=True, size=60).encode(
        y=alt.Y("accuracy", title="texts right", axis=alt.Axis(format="%"))
    )
    spread = base.mark_rule().encode(y="low", y2="high")
    (spread + dots).properties(width=150, height=140).facet(alt.Facet("label", sort=LABELS, title=None), columns=3)
    return


@app.cell(hide_code=True)
def _(mo, right, steps):
    _shares = ", ".join(f"{right(report):.0%}" for report in steps)
    mo.md(f"""
    For titles, step by step: {_shares}. The bars are 95 % intervals; with
    {len(steps[0].outcomes)} texts they are wide, and two steps whose bars overlap may well be level. `tw.compare` asks the sharper question,
    on the same texts and pair by pair:
    """)
    return


@app.cell
def _(steps, tw):
    comparison = tw.compare([steps[1], steps[5], steps[6]])
    [said for said in comparison.verdicts() if said.startswith(("exact:JOBTITLE", "exact:LOCATION"))]
    return (comparison,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What one takes home

    - Begin with the cut. It costs a minute, and everything that follows must beat it.
    - A dictionary finds what it knows and nothing else; a pattern finds what it has never seen, and now and then what it should not.
    - Rules explain themselves and never change by night. When they are right often enough for you, stop here. When they are not, they are
      still good first suggestions for whoever annotates the texts that a network learns from.

    The folder `my_rules` beside this notebook is a model: `textwright predict ./my_rules titles.txt` uses it, and so does a page in
    the browser.

    **Try it.** Type a headline of yours into the field above and look at which rule took which word. Then teach step 5 one thing more: `COMPANY`
    after `at` or `@`, say. Put an example beside your rule, and see whether its column in the table rises without another one falling.

    More in textwright's documents: `rules.md` has the whole language, `tutorial-rules.md` writes rules for your own texts in half an hour.
    """)
    return


if __name__ == "__main__":
    app.run()
