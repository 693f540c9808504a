# A server of models without torch: docker build -t textwright . && docker run -p 8660:8660 textwright
# It prints the address with the token of its run; keys that stay: docker run -e TEXTWRIGHT_API_KEYS=... A name other
# than this machine's, as behind a proxy: --allow-host NAME.
# Another model: docker run -p 8660:8660 -v ./my-model:/models/my-model:ro textwright serve /models/my-model --host 0.0.0.0
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY tools/install.py tools/
COPY src src
RUN python -m venv /opt/textwright && PIP_NO_CACHE_DIR=1 /opt/textwright/bin/python tools/install.py serve transformer

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home textwright
COPY --from=build /opt/textwright /opt/textwright
ENV PATH=/opt/textwright/bin:$PATH PYTHONUNBUFFERED=1
USER textwright
EXPOSE 8660
STOPSIGNAL SIGTERM
HEALTHCHECK --start-period=20s --interval=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8660/readyz', timeout=3)"]
ENTRYPOINT ["textwright"]
CMD ["serve", "--host", "0.0.0.0", "--log", "json"]
