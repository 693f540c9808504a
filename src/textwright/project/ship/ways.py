"""The ways to use a shipped model, each as lines to copy: a page, Node, Python, a server, a container."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from textwright.schema import Schema

# The container of any web server does for the form; this one is small and well known.
WEB_SERVER = "nginx:alpine"
PACK = "npm ci --ignore-scripts --prefix web && npm pack ./web/runtime"
COPY = "a copy of the textwright project"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to use a model: what it is called, a sentence before its lines, and the lines.

    `before` are lines for a terminal that bring what `code` needs.
    """

    name: str
    title: str
    words: str
    code: str
    before: str = ""


def ways(schema: Schema, kind: str, text: str, *, in_pages: bool = True) -> tuple[Way, ...]:
    """Return the ways to use a model of a kind, shown on a text. `in_pages` says whether a page can run it."""
    return (
        *(_in_pages(schema, text) if in_pages else ()),
        _python(kind, text),
        _server(text),
        _docker(in_pages=in_pages),
    )


def _in_pages(schema: Schema, text: str) -> Iterator[Way]:
    words = "Put the form's folders runtime and model beside your page."
    yield Way("page", "In a page of yours", words, _page(schema, text))
    words = f"For a page that is built, or a program in Node. The first line makes the package, in {COPY}."
    yield Way("npm", "With npm", words, _npm(schema, text), f"{PACK}\nnpm install ./textwright-*.tgz")


def _page(schema: Schema, text: str) -> str:
    # A script ends at its first </script>, wherever that stands.
    asked = _asked(schema, text).replace("</", "<\\/")
    head = [
        'import { load } from "./runtime/textwright.js";',
        'const model = await load("./model/", { worker: true });',
    ]
    inside = "\n".join(f"  {line}" for line in [*head, *asked.split("\n")])
    return f'<script type="module">\n{inside}\n</script>'


def _npm(schema: Schema, text: str) -> str:
    head = [
        'import { load } from "textwright";',
        'const model = await load("./model");',
    ]
    return "\n".join([*head, _asked(schema, text)])


def _asked(schema: Schema, text: str) -> str:
    """Write the JavaScript that asks a model and shows all that it answers."""
    layers = [name for name, has in (("spans", schema.labels), ("categories", schema.tasks)) if has]
    lines = [f"const text = {json.dumps(text, ensure_ascii=False)};"]
    lines += [f"const [{{ {', '.join(layers)} }}] = await model.predict([text]);"]
    if schema.labels:
        lines += ["for (const { label, start, end } of spans) console.log(label, text.slice(start, end));"]
    if schema.tasks:
        lines += ["for (const { task, label } of categories) console.log(task, label);"]
    return "\n".join(lines)


def _python(kind: str, text: str) -> Way:
    extra = "[transformer]" if kind == "transformer" else ""
    lines = [
        "import textwright as tw",
        'model = tw.open_model("model/")',
        f"text = {text!r}",
        "[annotation] = model.predict([text])",
        "for span in annotation.spans or ():",
        "    print(span.label, text[span.start : span.end])",
        "for category in annotation.categories or ():",
        "    print(category.task, category.label)",
    ]
    words = f"Nothing that trains models is needed. In {COPY} write '.' for 'textwright'."
    return Way("python", "In Python", words, "\n".join(lines), f"pip install {shlex.quote('textwright' + extra)}")


def _server(text: str) -> Way:
    body = shlex.quote(json.dumps({"texts": [text]}, ensure_ascii=False))
    lines = [
        "textwright serve model/",
        "curl localhost:8660/v1/models/model/predict -H 'Authorization: Bearer TOKEN' "
        f"-H 'Content-Type: application/json' -d {body}",
    ]
    words = (
        "The first line answers over HTTP and prints its token; the second asks from another window, with that token."
    )
    return Way("curl", "Over HTTP, with curl", words, "\n".join(lines))


def _docker(*, in_pages: bool) -> Way:
    form = [f'docker run -p 8080:80 -v "$PWD/form:/usr/share/nginx/html:ro" {WEB_SERVER}'] if in_pages else []
    serve = [
        "docker build -t textwright .",
        'docker run -p 8660:8660 -v "$PWD/model:/models/model:ro" textwright serve /models/model --host 0.0.0.0',
    ]
    form_words = "The first line serves the form at http://localhost:8080. " if in_pages else ""
    words = f"{form_words}The last two, in {COPY}, answer over HTTP to who has the token that is printed."
    return Way("docker", "With Docker", words, "\n".join([*form, *serve]))
