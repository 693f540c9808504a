import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Wrangling: what is a text?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # What is a text?

    To us it is sentences; to a computer a row of numbers, one for each character. Between the two lies a day's work that nobody boasts of and everything
    rests on: getting the text out of a web page, mending what is broken in it, cutting it into words, seeing how these hang together, and counting. This lesson
    takes one advert apart, and then a few hundred headlines at once.

    It needs `pip install 'textwright[notebook,wrangle,spacy]'`.
    """)
    return


@app.cell
def _():
    import altair as alt
    import marimo as mo
    import pandas as pd

    import textwright as tw
    from textwright import wrangle
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK
    from textwright.wrangle import tree

    return PACK, alt, draw_html, mo, pd, tree, tw, wrangle


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 1. From a page to a text, and back

    Real adverts are HTML, and they have been through many hands. This one has a tag in the middle of its title, entities, and a dash that
    somebody read in the wrong encoding.
    """)
    return


@app.cell
def _():
    SOURCE = """<div class="ad"><h2>Planning <em>Officer</em> &ndash; Coast &amp; Islands</h2>
    <p>We're planning for the next thirty years, and our planner retires in May.<br>
    It isn't a desk job: you'll sail, walk and argue. A well-planned harbour can't wait!</p>
    <ul><li>Lerwick, Shetland<li>£38,000 â€“ £42,500</ul>
    <script>track("ad")</script></div>"""
    return (SOURCE,)


@app.cell
def _(SOURCE, wrangle):
    mended = wrangle.repair(SOURCE)
    page = mended.then(wrangle.from_html(mended.text))
    page.text
    return (page,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    That is the text as a browser would show it: a line for each block, no script, the dash whole again. `page` also knows where each character came
    from. So a model may read the clean text, and what it finds is given back in the page as it was, tags and broken dash and all:
    """)
    return


@app.cell
def _(SOURCE, page, tw):
    headline = page.text.splitlines()[0]
    [annotation] = tw.open_model("job_titles").predict([headline])
    found = [
        (span.label, headline[span.start : span.end], SOURCE[slice(*page.raw(span.start, span.end))])
        for span in annotation.spans
    ]
    found
    return (found,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 2. Words, twice

    The first tokenizer that a course teaches is two lines: lower case, signs out, split at spaces. `simple_words` does just that, as Keras does. The second one
    loses nothing: each token knows its kind and its place, and all of them joined are the text again.
    """)
    return


@app.cell
def _(page, wrangle):
    sentence = page.text.splitlines()[3]
    wrangle.simple_words(sentence), wrangle.simple_words(page.text.splitlines()[-1])
    return (sentence,)


@app.cell
def _(page, pd, wrangle):
    tokens = wrangle.tokenize(page.text)
    assert "".join(token.text for token in tokens) == page.text
    pd.DataFrame(token for token in tokens if token.kind != "white_space").tail(12)
    return (tokens,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    Look at the pay. Here *£38,000* is one token, and is known to be money. The two lines made *£38* and *000* of it, and that is when one begins to
    distrust a bar chart.

    ## 3. A tree

    A text is paragraphs of sentences of words. The tree has a node for each, and positions; point at a node and its words light up. (`nlcst` is the
    specification; the tools of *unified* in JavaScript read the same JSON.)
    """)
    return


@app.cell
def _(sentence, tree):
    parsed = tree.parse(sentence.split(":")[0])
    parsed
    return (parsed,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    *isn't* is one word of three parts. Ask the tree for things as a style sheet would, or visit its nodes one by one:
    """)
    return


@app.cell
def _(page, parsed, tree):
    whole = tree.parse(page.text)
    {
        "sentences": len(tree.select_all("SentenceNode", whole)),
        "words": len(tree.select_all("WordNode", whole)),
        "words with a sign inside": [
            tree.to_text(node) for node in tree.select_all("WordNode:has(PunctuationNode)", whole)
        ],
        "first word": tree.to_text(tree.select("WordNode", parsed)),
    }
    return (whole,)


@app.cell
def _(tree, whole):
    shouting = []

    def visitor(node, index, ancestors):
        """Keep each sentence that ends in an exclamation mark, and look no deeper."""
        if tree.to_text(node).endswith("!"):
            shouting.append((node.position.start.line, tree.to_text(node)))
        return tree.SKIP

    tree.visit(whole, "SentenceNode", visitor)
    shouting
    return (shouting,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 4. A table

    *Planning, planner, planned*: one idea or three? A stemmer cuts the ends off by rule, a lemmatiser looks the word up, and they do not agree.
    """)
    return


@app.cell
def _(page, wrangle):
    table = wrangle.features(
        page.text, backend="pandas", columns=("text", "shape", "stop_word", "part_of_speech", "lemma", "stem")
    )
    table[table.text.str.lower().str.contains("plan")]
    return (table,)


@app.cell
def _(table):
    table[table.part_of_speech.isin(["VERB", "NOUN"]) & ~table.stop_word].head(10)
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 5. From text to numbers

    Now a few hundred headlines at once, written by ourselves and installed with the package. Which words are in many of them? And which weigh most in one of them?
    The first is counting. The second is TF-IDF: often here, seldom elsewhere.
    """)
    return


@app.cell
def _(PACK, tw):
    headlines = tw.Dataset.read(PACK.sample).texts
    f"{len(headlines)} headlines, {sum(map(len, headlines)):,} characters"
    return (headlines,)


@app.cell
def _(alt, headlines, pd, wrangle):
    counted = wrangle.counts(headlines, leave_out=wrangle.STOP_WORDS)
    totals = pd.DataFrame({"word": counted.words, "headlines": counted.matrix.astype(bool).sum(axis=0).A1})
    top = totals.nlargest(15, "headlines")
    alt.Chart(top, width=420).mark_bar().encode(x="headlines", y=alt.Y("word", sort="-x", title=None))
    return (top,)


@app.cell
def _(headlines, pd, wrangle):
    weighed = wrangle.tf_idf(headlines)
    one = headlines[0]
    row = weighed.matrix[0].toarray()[0]
    weights = pd.DataFrame({"word": weighed.words, "weight": row}).query("weight > 0").nlargest(6, "weight")
    weights
    return one, weights


@app.cell(hide_code=True)
def _(mo, one):
    mo.md(f"""
    (The headline is *{one}*.) The numbers know nothing of meaning: *nurse* and *carer* are as far apart as *nurse* and *welder*. A sentence model has read enough to
    know better. It gives each text 384 numbers; near numbers, near meaning. Type something else into the field when you run this.
    """)
    return


@app.cell
def _(mo):
    asked = mo.ui.text(value="looks after old people at night", label="Find headlines near to", full_width=True)
    asked
    return (asked,)


@app.cell
def _(asked, headlines, pd, wrangle):
    ranked = {by: wrangle.similar(asked.value, headlines, top=5, by=by) for by in ("meaning", "words")}
    near = pd.DataFrame({by: pd.Series([each.text for each in texts]) for by, texts in ranked.items()}).fillna("")
    near
    return (near,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    And a map. Each point is a headline, its neighbours are like it, colours are clusters with their typical words. Drag a rectangle over some points, and their texts
    are listed beside: a good way to see what there is, and what to label next. (`how="tsne"` takes longer and keeps neighbours together.)
    """)
    return


@app.cell
def _(headlines, wrangle):
    rows = wrangle.points(headlines)
    groups = wrangle.clusters(headlines, k=8, at=rows)
    [f"{each.number}. {', '.join(each.words[:3])} ({len(each.places)} headlines)" for each in groups]
    return groups, rows


@app.cell
def _(groups, headlines, rows, wrangle):
    wrangle.scatter(headlines, how="pca", at=rows, clusters=groups)
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 6. Before you start: a profile

    All of this in one page for a file of your own: lengths, languages, odd characters, what stands twice, how it is labelled. `textwright profile
    titles.csv --column title -o profile.html` does it for a million lines.
    """)
    return


@app.cell
def _(PACK, tw, wrangle):
    profiled = wrangle.profile(tw.Dataset.read(PACK.sample), name="sample.jsonl")
    profiled
    return (profiled,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What one takes home

    - Keep the way back. A span that cannot be found in the source is no use to anybody.
    - Know which tokenizer you count with. Most surprises in a bar chart are made in the line before it.
    - Look at the texts: at a profile, at a map, at twenty of them with your own eyes.

    **Try it.** Put an advert from the web into `SOURCE` and see what remains of it. Then let `visitor` collect all questions.

    More in textwright's documents: `source-html-markdown.md`, `tokens.md`, `tree.md`, `features.md`, `numbers.md`, `profile.md`.
    """)
    return


if __name__ == "__main__":
    app.run()
