"""What Prometheus reads at `/metrics`."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

LOOKS_EVERY = 0.5
"""Seconds between two looks at how late the event loop is."""

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Counts(Collector):
    """A counter by its labels. Only one thread counts, so it needs none of the locks that Prometheus' own have."""

    def __init__(self, name: str, words: str, labels: tuple[str, ...]) -> None:
        self.counts: Counter[tuple[object, ...]] = Counter()
        self._described = name, words, labels

    def collect(self) -> Iterator[Metric]:
        name, words, labels = self._described
        family = CounterMetricFamily(name, words, labels=labels)
        for values, count in self.counts.items():
            family.add_metric([*map(str, values)], count)
        yield family


class Durations(Collector):
    """How long something took, by one label."""

    def __init__(self, name: str, words: str, label: str) -> None:
        self._buckets: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}
        self._described = name, words, label

    def observe(self, value: str, seconds: float) -> None:
        buckets = self._buckets.get(value)
        if buckets is None:
            buckets = self._buckets[value] = [0] * (len(BOUNDS) + 1)
            self._sums[value] = 0.0
        buckets[bisect_left(BOUNDS, seconds)] += 1
        self._sums[value] += seconds

    def collect(self) -> Iterator[Metric]:
        name, words, label = self._described
        family = HistogramMetricFamily(name, words, labels=[label])
        for value, buckets in self._buckets.items():
            bounds = [*map(str, map(float, BOUNDS)), "+Inf"]
            family.add_metric([value], list(zip(bounds, accumulate(buckets), strict=True)), self._sums[value])
        yield family


class Metrics:
    """The figures of one process."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counts("kopa_requests", "Requests answered.", ("route", "method", "status"))
        self.seconds = Durations(
            "kopa_request_seconds", "Seconds from the first byte of a request to the last of its answer.", "route"
        )
        self.answers = Counts(
            "kopa_graphql_answers",
            "Answers of the endpoint by how they were found: compiled, interpreted, introspection, unchanged (304).",
            ("outcome",),
        )
        self.refusals = Counts("kopa_graphql_refusals", "Requests that the endpoint refused, by why.", ("code",))
        self.fallbacks = Counts("kopa_graphql_fallbacks", "Operations that could not be compiled, by why.", ("reason",))
        for each in (self.requests, self.seconds, self.answers, self.refusals, self.fallbacks):
            self.registry.register(each)
        self.plans = self._gauge("kopa_graphql_plans", "Compiled plans in memory.")
        self.plan_bytes = self._gauge("kopa_graphql_plan_bytes", "About the bytes that the plans take.")
        self.ready = self._gauge("kopa_ready", "Whether the catalogue is loaded: 1 or 0.")
        self.records = Gauge("kopa_catalogue_records", "Published records in memory.", ["noun"], registry=self.registry)
        self.applied = self._gauge("kopa_applied_seq", "The newest change in memory.")
        self.lag = self._gauge(
            "kopa_apply_lag_seconds", "Seconds between the newest change in memory being made and being applied."
        )
        self.silence = self._gauge(
            "kopa_database_silence_seconds", "Seconds since the database last told how far the change log is."
        )
        self.loop_delay = self._gauge(
            "kopa_loop_delay_seconds",
            "How late the event loop came back from a short sleep, the worst since the last reading.",
        )
        self._worst = 0.0

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(name, words, registry=self.registry)

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
