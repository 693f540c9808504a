"""What a static site says to the person who puts it on a host."""

from __future__ import annotations

from collections.abc import Mapping

from textwright.server.envelope import HEADERS, OWN_POLICIES


def _for_nginx(headers: Mapping[str, str]) -> list[str]:
    return [f'    add_header {name} "{value}" always;' for name, value in headers.items()]


def _nginx() -> str:
    lines = _for_nginx(HEADERS)
    own = [(name, _for_nginx({**HEADERS, "Content-Security-Policy": each})) for name, each in OWN_POLICIES.items()]
    return "\n".join(
        [
            "location / {",
            "    gzip_static on;      # FILE.gz in the place of FILE",
            "    brotli_static on;    # FILE.br; only with the module ngx_brotli, else leave the line out",
            "    types { text/javascript js; application/wasm wasm; application/json json; text/html html;",
            "            text/css css; text/plain txt toml; application/octet-stream onnx gz; }",
            *lines,
            "}",
            "# add_header here hides those above: a location of its own repeats all of them.",
            "location /assets/ {",
            "    gzip_static on;",
            '    add_header Cache-Control "public, max-age=31536000, immutable" always;',
            *lines,
            "}",
            *(line for name, each in own for line in (f"location ~ /{name.replace('.', '[.]')}$ {{", *each, "}")),
        ]
    )


def _apache() -> str:
    lines = [f'Header always set {name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join(
        [
            *lines,
            '<LocationMatch "/assets/">',
            '    Header set Cache-Control "public, max-age=31536000, immutable"',
            "</LocationMatch>",
            *(line for name, policy in OWN_POLICIES.items() for line in _own_for_apache(name, policy)),
        ]
    )


def _own_for_apache(name: str, policy: str) -> list[str]:
    match = f'<LocationMatch "/{name.replace(".", "[.]")}$">'
    return [match, f'    Header always set Content-Security-Policy "{policy}"', "</LocationMatch>"]


README = f"""A static site made by textwright: pages, the runtime and models. Any host of files will do, at any path.

    python -m http.server --directory THIS_FOLDER       http://localhost:8000/

Pages need https, or localhost: browsers keep nothing for visits without network otherwise.

Headers
-------
Netlify and Cloudflare Pages read them from the file _headers. They make the pages work with more than one thread
(Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy) and let them load nothing from elsewhere
(Content-Security-Policy, with 'wasm-unsafe-eval' for WebAssembly). One script, cells/worker.js, has its own policy:
it runs the code that one types into the cells, apart from the page. Without headers all works, on one thread.

GitHub Pages cannot set headers. Nothing is to be done there: push the folder as it is.

nginx, in a server block whose root is this folder:

{_nginx()}

Apache, in its configuration with mod_headers:

{_apache()}

Files that end in .gz and .br are FILE packed, for hosts that send such a file in the place of FILE. Hosts that pack by
themselves do not need them: they may be deleted. Files in assets/ never change under their name. All others must be
asked for again at each visit (Cache-Control: no-cache, or max-age=0), or else an update comes late.
"""
