"""What a static site says to the person who puts it on a host."""

from __future__ import annotations

from textwright.server.envelope import HEADERS


def _nginx() -> str:
    lines = [f'    add_header {name} "{value}" always;' for name, value in HEADERS.items()]
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
        ]
    )


README = f"""A static site made by textwright: pages, the runtime and models. Any host of files will do, at any path.

    python -m http.server --directory THIS_FOLDER       http://localhost:8000/

Pages need https, or localhost: browsers keep nothing for visits without network otherwise.

Headers
-------
Netlify and Cloudflare Pages read them from the file _headers. They make the pages work with more than one thread
(Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy) and let them load nothing from elsewhere
(Content-Security-Policy, with 'wasm-unsafe-eval' for WebAssembly). Without headers all works, on one thread.

GitHub Pages cannot set headers. Nothing is to be done there: push the folder as it is.

nginx, in a server block whose root is this folder:

{_nginx()}

Apache, in its configuration with mod_headers:

{_apache()}

Files that end in .gz and .br are FILE packed, for hosts that send such a file in the place of FILE. Hosts that pack by
themselves do not need them: they may be deleted. Files in assets/ never change under their name. All others must be
asked for again at each visit (Cache-Control: no-cache, or max-age=0), or else an update comes late.
"""
