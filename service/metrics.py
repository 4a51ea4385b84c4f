"""What Prometheus reads at `/metrics`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

LOOKS_EVERY = 0.5
"""Seconds between two looks at how late the event loop is."""


class Metrics:
    """The figures of one process."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "kopa_requests_total", "Requests answered.", ["route", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "kopa_request_seconds",
            "Seconds from the first byte of a request to the last of its answer.",
            ["route"],
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=self.registry,
        )
        self.ready = Gauge("kopa_ready", "Whether the catalogue is loaded: 1 or 0.", registry=self.registry)
        self.records = Gauge("kopa_catalogue_records", "Published records in memory.", ["noun"], registry=self.registry)
        self.applied = Gauge("kopa_applied_seq", "The newest change in memory.", registry=self.registry)
        self.lag = Gauge(
            "kopa_apply_lag_seconds",
            "Seconds between the newest change in memory being made and being applied.",
            registry=self.registry,
        )
        self.silence = Gauge(
            "kopa_database_silence_seconds",
            "Seconds since the database last told how far the change log is.",
            registry=self.registry,
        )
        self.loop_delay = Gauge(
            "kopa_loop_delay_seconds",
            "How late the event loop came back from a short sleep, the worst since the last reading.",
            registry=self.registry,
        )
        self._worst = 0.0

    def shown(self, sizes: Mapping[str, int], applied: int | None, lag: float, silence: float) -> bytes:
        """All figures as text, those of the catalogue as they are now."""
        self.ready.set(applied is not None)
        self.records.clear()
        for noun, size in sizes.items():
            self.records.labels(noun).set(size)
        if applied is not None:
            self.applied.set(applied)
        self.lag.set(lag)
        self.silence.set(silence)
        self.loop_delay.set(self._worst)
        self._worst = 0.0
        return generate_latest(self.registry)

    async def watch_loop(self) -> None:
        """Measure how late the event loop is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOKS_EVERY
            await asyncio.sleep(LOOKS_EVERY)
            self._worst = max(self._worst, loop.time() - due)
