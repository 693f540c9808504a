"""What the server counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class RequestMetrics:
    """What every server counts."""

    def __init__(self) -> None:
        """Start at nothing, in a registry of its own."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter("textwright_requests", "Answered requests.", ["status"], registry=self.registry)

    def exposition(self) -> bytes:
        """Return all of it in Prometheus' text format."""
        return generate_latest(self.registry)


class Metrics(RequestMetrics):
    """The counters of a server of models."""

    def __init__(self) -> None:
        """Start at nothing."""
        super().__init__()
        self.texts = Counter("textwright_texts", "Texts given to a model.", ["model"], registry=self.registry)
        self.failed = Counter("textwright_failed_texts", "Texts without answer.", ["model"], registry=self.registry)
        self.seconds = Histogram(
            "textwright_predict_seconds",
            "Time a request spent in the model.",
            ["model"],
            buckets=SECONDS,
            registry=self.registry,
        )
