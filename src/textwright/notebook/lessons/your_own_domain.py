import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="Your own domain: a shopping list from recipes")


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    # Your own domain: a shopping list from recipes

    *2 x 400g tins chickpeas, drained.* How much, of what, and what happens to it: everybody reads that in a glance, and few forms do. All the
    other lessons are about jobs. This one begins with nothing but lines of text from another world, and ends with a form that fills itself. Where it
    says *recipes*, put whatever you have.

    It needs `pip install 'textwright[notebook,train]'`.
    """)
    return


@app.cell
def _():
    import json
    import random
    from importlib.resources import files
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import pandas as pd

    import textwright as tw
    from textwright.draw import draw_html
    from textwright.predictors.rules.examples import read_marked

    return Path, alt, draw_html, files, json, mo, pd, random, read_marked, tw


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 1. Decide what to mark

    The most important quarter of an hour of the whole undertaking, and no computer is needed. Each label gets a meaning that settles the doubtful
    cases. A unit stands inside an amount: labels may nest.
    """)
    return


@app.cell
def _(tw):
    schema = tw.Schema.from_data(
        {
            "name": "recipe_lines",
            "labels": {
                "AMOUNT": {
                    "meaning": "How much, with its unit: 200g, a handful, 2 x 400g tins. Without `of`.",
                    "key": "a",
                },
                "UNIT": {"meaning": "What is counted or weighed in: g, tbsp, tins.", "key": "u", "parent": "AMOUNT"},
                "INGREDIENT": {"meaning": "What to buy, with its kind: large free-range eggs.", "key": "i"},
                "PREPARATION": {"meaning": "What is done to it: finely chopped.", "key": "p"},
                "NOTE": {"meaning": "What for, or whether at all: to serve, for frying, optional.", "key": "n"},
            },
            "rules": [{"kind": "inside", "inner": "UNIT", "outer": "AMOUNT"}],
        }
    )
    return (schema,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 2. Annotate a little

    Ninety lines took us half an hour. Below stand the first ones, with our answers as proposals: put the focus on the text, press Enter to accept, or mark
    with the letters beside the labels.
    """)
    return


@app.cell
def _(files, read_marked, schema, tw):
    written = (files("textwright.notebook") / "lessons" / "your_own_domain.txt").read_text(encoding="utf-8")

    def example(number, marked):
        """Read a line with marks, such as `[AMOUNT: 2] [INGREDIENT: eggs]`."""
        text, spans = read_marked(marked)
        return tw.Example(f"line-{number:03}", text, tw.Annotation(spans=spans))

    lines = tw.Dataset([example(*each) for each in enumerate(written.splitlines())], schema=schema, name="recipes")
    f"{len(lines)} lines, {sum(len(each.gold.spans) for each in lines)} spans"
    return (lines,)


@app.cell
def _(lines, mo, tw):
    widget = mo.ui.anywidget(tw.annotate(lines[:6]))
    widget
    return


@app.cell
def _(lines):
    seen, held_out = lines[:30], lines[30:]
    f"{len(seen)} lines to learn from, {len(held_out)} that only give marks"
    return held_out, seen


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 3. Rules first

    A few patterns are written in minutes. Anything with a `schema` and a `predict` is a model, but the rule language saves the work, tests its
    examples, and also runs in the browser.
    """)
    return


@app.cell
def _(Path, json, schema, tw):
    RULES = """
    language = 1
    examples = [
      "[AMOUNT: 200[UNIT: g]] [INGREDIENT: plain flour], [PREPARATION: sifted]",
      "[INGREDIENT: Salt], [NOTE: to taste]",
    ]

    [lists]
    unit = [
      "g", "kg", "ml", "l", "litre", "tsp", "tbsp", "cup", "tin", "tins", "clove", "cloves",
      "pinch", "handful", "bunch", "sprig", "stick",
    ]
    some = ["a", "an"]
    no_food = ["of", "to", "for", "plus", "or"]

    [classes]
    food = '<word> - {unit} - {no_food} + "-"'
    bit = '<word> + <number> + "-"'

    [[phases]]
    name = "line"
    [[phases.rules]]
    name = "weighed"
    match = "[AMOUNT: (<number> | {some}) (- <number>)? [UNIT: {unit}]]"
    as = "amount"
    [[phases.rules]]
    name = "counted"
    match = "[AMOUNT: <number> (- <number>)?]"
    after = "<start>"
    as = "amount"
    [[phases.rules]]
    name = "what for"
    match = '[NOTE: (to | for | plus) <bit>*]'
    after = ', | "("'
    [[phases.rules]]
    name = "what is done"
    match = "[PREPARATION: <bit>+]"
    after = ","

    [[phases]]
    name = "foods"
    [[phases.rules]]
    name = "food"
    match = "[INGREDIENT: <food>+]"
    after = "<start> | <amount> | of"
    """
    folder = Path("recipe_rules")
    folder.mkdir(exist_ok=True)
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    config = {"kind": "rules", "rules": "rules.toml", "schema": schema.to_data()}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    rules = tw.open_model("./recipe_rules")
    return (rules,)


@app.cell
def _(draw_html, mo, rules, schema, seen):
    mo.vstack([mo.Html(draw_html(each.text, rules.predict([each.text])[0], schema)) for each in list(seen)[:5]])
    return


@app.cell
def _(held_out, rules, tw):
    by_rules = tw.evaluate(rules, held_out, name="rules")

    def whole(report):
        """Say in how many lines every label is right."""
        return report.to_data()["whole_text"]["accuracy"]

    f"Lines that are right in every label: {whole(by_rules):.0%}"
    return by_rules, whole


@app.cell(hide_code=True)
def _(mo, seen):
    mo.md(f"""
    ## 4. A network wants more lines, so let us make some

    {len(seen)} lines teach a network little. One can annotate more; one can ask a language model; or, when lines are built as regularly as these, one can
    write down how they are built and draw some hundred. These lines are *synthetic*, and it would be cheating to be judged by them: they are used to
    learn from, and the lines that people wrote to be judged by.
    """)
    return


@app.cell
def _():
    FOODS = """
    flour, plain flour, eggs, large eggs, butter, salted butter, brown sugar, golden caster sugar,
    red onion, shallots, garlic, leeks, milk, soured cream, crème fraîche, natural yogurt,
    mature cheddar, mozzarella ball, stilton, spaghetti, long-grain rice, couscous, red lentils,
    kidney beans, plum tomatoes, sun-dried tomatoes, sweet potatoes, parsnips, baby spinach,
    kale, green beans, sweetcorn, mushrooms, chestnut mushrooms, cucumber, apples, Bramley
    apples, pears, raspberries, blueberries, raisins, hazelnuts, flaked almonds, cocoa powder,
    milk chocolate, vanilla extract, honey, black treacle, rapeseed oil, extra virgin olive oil,
    balsamic vinegar, fish sauce, Dijon mustard, ketchup, curry powder, turmeric, chilli flakes,
    caraway seeds, fresh thyme, dill, chives, sage leaves, beef stock, white wine, chicken
    breasts, lamb shoulder, pork loin, prawns, cod fillets, smoked mackerel, tofu, puff pastry,
    breadcrumbs, rolled oats, bicarbonate of soda, sea salt flakes, black pepper, dried yeast,
    water
    """
    MEASURES = """
    g, kg, ml, l, litre, tsp, tbsp, tablespoons, teaspoons, heaped tbsp, level tsp, cup, cups, oz,
    fl oz
    """
    THINGS = """
    clove, cloves, sprig, sprigs, slice, slices, bunch, small bunch, head, stick, tin, jar, pack,
    piece, rashers, sheets, drops, dash
    """
    VAGUE = "handful, pinch, knob, splash, drizzle, few drops, large handful, squeeze, glug"
    DONE = """
    chopped, finely chopped, roughly chopped, peeled, peeled and crushed, diced, sliced, finely
    sliced, cut into chunks, cut into 1cm dice, grated, beaten, lightly beaten, whisked, melted,
    softened, sifted, drained, drained and rinsed, trimmed, halved, quartered, cored, torn into
    pieces, toasted, at room temperature, leaves only, bones removed, zest only, crushed, well
    washed, thawed, warmed
    """
    NOTES = """
    optional, to serve, to taste, to finish, to decorate, for frying, for greasing, for the tin,
    plus extra to serve, plus a little extra, if you like
    """

    f"{len(FOODS.split(','))} foods, {len(DONE.split(','))} things to do with them"
    return DONE, FOODS, MEASURES, NOTES, THINGS, VAGUE


@app.cell
def _(DONE, FOODS, MEASURES, NOTES, THINGS, VAGUE, random, read_marked, schema, tw):
    def words(listed):
        return [" ".join(each.split()) for each in listed.split(",")]

    def made_line(draw):
        """Draw one line of a recipe, with its marks."""
        amount = draw.choice([weighed, weighed, weighed, things, counted, counted, vague, tinned, nothing])(draw)
        food = draw.choice(words(FOODS))
        line = f"{amount}[INGREDIENT: {food[:1].upper() + food[1:] if not amount else food}]"
        if draw.random() < 0.5:
            line += f", [PREPARATION: {draw.choice(words(DONE))}]"
        if draw.random() < (0.6 if not amount else 0.15):
            line += draw.choice([", [NOTE: {}]", " ([NOTE: {}])"]).format(draw.choice(words(NOTES)))
        return line

    def number(draw):
        whole = draw.choice([1, 2, 3, 4, 5, 6, 8, 10, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750])
        return draw.choice([str(whole)] * 6 + ["1/2", "½", "1¼", "2½", "1.5", "2-3", "about 6"])

    def weighed(draw):
        return f"[AMOUNT: {number(draw)}{draw.choice(['', ' ', ' '])}[UNIT: {draw.choice(words(MEASURES))}]] "

    def things(draw):
        return f"[AMOUNT: {number(draw)} [UNIT: {draw.choice(words(THINGS))}]] {draw.choice(['', '', 'of '])}"

    def counted(draw):
        return f"[AMOUNT: {number(draw)}] "

    def vague(draw):
        return f"[AMOUNT: {draw.choice('aA')} [UNIT: {draw.choice(words(VAGUE))}]] of "

    def tinned(draw):
        several = draw.choice(["", "2 x ", "3 x "])
        size = draw.choice(["200[UNIT: g]", "400[UNIT: g]", "150[UNIT: ml]"])
        return (
            f"[AMOUNT: {several}{size} [UNIT: {draw.choice(['tin', 'pack', 'jar', 'tub'])}{'s' if several else ''}]] "
        )

    def nothing(_):
        return ""

    draw = random.Random(7)
    drawn = sorted({made_line(draw) for _ in range(450)})
    made = tw.Dataset(
        [
            tw.Example(f"made-{place}", text, tw.Annotation(spans=spans))
            for place, (text, spans) in enumerate(map(read_marked, drawn))
        ],
        schema=schema,
        name="made",
    )
    drawn[::90]
    return (made,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    Before a network sees them: does any made line stand among the lines that judge? `tw.leaks` finds the same and nearly the same ones. What it
    finds is left out.
    """)
    return


@app.cell
def _(held_out, made, tw):
    leaked = {leak.id_a for leak in tw.leaks(made, held_out)}
    taught = made.with_examples(each for each in made if each.id not in leaked)
    f"{len(leaked)} of {len(made)} made lines are left out"
    return leaked, taught


@app.cell
def _(schema, seen, taught):
    from textwright.train.fitting import Settings
    from textwright.train.trainers import NetworkTrainer

    trainer = NetworkTrainer(
        schema=schema,
        name="recipe_lines",
        embedding=48,
        hidden=64,
        layers=3,
        settings=Settings(epochs=12, patience=12, batch=16, average=0.98),
    )
    network = trainer.fit(taught, dev=seen)
    f"{network.size_bytes / 1e6:.2f} MB"
    return (network,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 5. Which is better, and is it luck?
    """)
    return


@app.cell
def _(by_rules, held_out, network, tw):
    by_network = tw.evaluate(network, held_out, name="network")
    comparison = tw.compare([by_rules, by_network])
    [said for said in comparison.verdicts() if said.startswith(("whole_text", "exact:INGREDIENT", "exact:UNIT"))]
    return (by_network,)


@app.cell
def _(alt, by_network, by_rules, pd, schema):
    figures = pd.DataFrame(
        {"model": report.name, "label": label, **report.to_data()["exact"][label]}
        for report in (by_rules, by_network)
        for label in schema.spans
    )
    base = alt.Chart(figures, width=360).encode(
        y=alt.Y("label", sort=list(schema.spans), title=None), yOffset="model", color=alt.Color("model", title=None)
    )
    bars = base.mark_rule(strokeWidth=2).encode(
        x=alt.X("low", title="lines right, with 95 % interval", axis=alt.Axis(format="%")), x2="high"
    )
    bars + base.mark_point(filled=True, size=70).encode(x="accuracy")
    return


@app.cell(hide_code=True)
def _(by_network, by_rules, held_out, mo, whole):
    mo.md(f"""
    Every label right in {whole(by_rules):.0%} of the lines by rules, and in {whole(by_network):.0%} by the network, on {len(held_out)} lines that people
    wrote. Look at what it gets wrong before you believe a figure; what was wanted stands above what was found:
    """)
    return


@app.cell
def _(by_network, draw_html, mo, schema):
    mo.vstack(
        [
            mo.Html(draw_html(each.text, marked, schema))
            for each in by_network.mistakes[:4]
            for marked in (each.gold, each.predicted)
        ]
    )
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## 6. Take it home

    A model is a folder. It opens in Python and in the browser, and holds answers that prove that both give the same.
    """)
    return


@app.cell
def _(held_out, network, tw):
    from textwright.bundle import export

    export(network, "recipe_lines", samples=held_out.texts[:20])
    opened = tw.open_model("./recipe_lines")
    text = "3 x 200g packs halloumi, thickly sliced"
    [(text[span.start : span.end], span.label) for span in opened.predict([text])[0].spans]
    return (opened,)


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    And the form. Write it beside the model, let the package put the runtime there, and open it: what is pasted into the first field fills the others, and
    never what somebody has typed.

    ```
    textwright pages public ./recipe_lines
    cp recipe_form/form.html public/form.html
    python -m http.server --directory public       # http://localhost:8000/form.html
    ```
    """)
    return


@app.cell
def _(Path):
    FORM = """<!doctype html>
    <meta charset="utf-8">
    <title>Shopping list</title>
    <form id="item">
      <p><label>Line of a recipe <input name="line" size="60"></label>
      <p><label>Buy <input name="INGREDIENT"></label>
      <p><label>How much <input name="AMOUNT"></label>
      <p><label>Then <input name="PREPARATION"></label>
    </form>
    <script type="module">
      import { latest, load } from "./runtime/textwright.js";

      const form = document.querySelector("#item");
      const typed = new Set();
      const newest = load("./models/recipe_lines/", { worker: true }).then(latest);

      form.addEventListener("input", async ({ target }) => {
        if (target.name !== "line") return void typed.add(target.name);
        const annotation = await (await newest).predict(target.value);
        if (annotation) fill(target.value, annotation.spans);
      });

      function fill(line, spans) {
        for (const field of form.elements) {
          if (field.name === "line" || typed.has(field.name)) continue;
          const found = spans.filter(({ label }) => label === field.name);
          field.value = found.map(({ start, end }) => line.slice(start, end)).join(", ");
        }
      }
    </script>
    """
    form = Path("recipe_form", "form.html")
    form.parent.mkdir(exist_ok=True)
    form.write_text(FORM, encoding="utf-8")
    f"{form}: {len(FORM.splitlines())} lines"
    return


@app.cell(hide_code=True)
def _(mo):
    mo.md(r"""
    ## What one takes home

    Decide, annotate a little, write rules, make or find more texts, train, and be judged by texts that nothing was written from: the order is the same
    for orders, tickets, addresses or the names of galaxies.

    **Try it.** The network stumbles over words that it never met. Put a dozen foods and words of your own kitchen into `FOODS` and see what that brings.
    From your kitchen, not from the mistakes above: lines from which one has written judge no longer. To learn from mistakes part the lines in three, look at
    one part as often as you like, and keep the last one shut to the end. Then change the schema and the lines to your own.

    More in textwright's documents: `tutorial-rules.md` (rules), `training.md` (training), `tutorial-form.md` (the form), `annotating.md` (annotating with others).
    """)
    return


if __name__ == "__main__":
    app.run()
