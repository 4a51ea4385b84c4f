"""Directus: which of its tables refer to which, and that everybody may read them; told to it over its own API."""

from __future__ import annotations

import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from benchmarks.peers.node import Node

EMAIL = "admin@example.com"

REFERENCES = {
    ("region_inside", "region"): ("region", "inside"),
    ("region_inside", "ancestor"): ("region", None),
    ("category_inside", "category"): ("category", "inside"),
    ("category_inside", "ancestor"): ("category", None),
    ("organisation", "region"): ("region", None),
    ("organisation_place", "organisation"): ("organisation", "places"),
    ("organisation_place", "region"): ("region", None),
    ("service", "organisation"): ("organisation", "services"),
    ("service_category", "service"): ("service", "categories"),
    ("service_category", "category"): ("category", None),
    ("service_region", "service"): ("service", "regions"),
    ("service_region", "region"): ("region", None),
    ("cooperation", "organisation"): ("organisation", "cooperation"),
    ("cooperation", "partner"): ("organisation", None),
}
"""Each column that refers to another table: to which, and under which name the other way round is asked for."""

TABLES = tuple(dict.fromkeys(table for pair in REFERENCES.items() for table in (pair[1][0], pair[0][0])))


class NotSetUp(Exception):
    """Directus refused a part of its set-up."""


@dataclass(frozen=True, slots=True)
class Directus:
    """An installed Directus, and where PostgreSQL has its sockets."""

    node: Node
    folder: Path
    sockets: Path
    password: str = secrets.token_urlsafe()

    @property
    def environment(self) -> dict[str, str]:
        return self.node.environment | {
            "HOST": "127.0.0.1",
            "DB_CLIENT": "pg",
            "DB_HOST": str(self.sockets),
            "DB_PORT": "5432",
            "DB_DATABASE": "directus",
            "DB_USER": "postgres",
            "DB_PASSWORD": "not asked for",
            "SECRET": secrets.token_urlsafe(),
            "ADMIN_EMAIL": EMAIL,
            "ADMIN_PASSWORD": self.password,
            "LOG_LEVEL": "warn",
            "TELEMETRY": "false",
            "PRESSURE_LIMITER_ENABLED": "false",  # else it refuses what comes while it is busy
            "EXTENSIONS_PATH": str(self.folder / "extensions"),
        }

    def command(self, act: str) -> list[str]:
        return [self.node.command, "node_modules/directus/cli.js", act]

    def bootstrap(self) -> None:
        """Let it make its own tables beside the directory's. Raises NotSetUp."""
        environment = {**os.environ, **self.environment}
        run = subprocess.run(
            self.command("bootstrap"), cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise NotSetUp((run.stdout + run.stderr)[-1500:])

    def set_up(self, address: str) -> None:
        """Tell a running Directus what the tables are. Raises NotSetUp."""
        with httpx2.Client(base_url=address, timeout=60) as client:
            given = {"email": EMAIL, "password": self.password}
            token = client.post("/auth/login", json=given).raise_for_status().json()["data"]["access_token"]
            client.headers["Authorization"] = f"Bearer {token}"
            _relate(client)
            _open(client)


def _relate(client: httpx2.Client) -> None:
    for table in TABLES:
        _tell(client, "PATCH", f"/collections/{table}", {"meta": {"hidden": False}})
    for (table, column), (other, back) in REFERENCES.items():
        _tell(client, "PATCH", f"/fields/{table}/{column}", {"meta": {"special": ["m2o"]}})
        if back:
            field = {"field": back, "type": "alias", "meta": {"special": ["o2m"]}, "schema": None}
            _tell(client, "POST", f"/fields/{other}", field)
        relation = {"collection": table, "field": column, "related_collection": other, "meta": {"one_field": back}}
        _tell(client, "PATCH", f"/relations/{table}/{column}", relation)


def _open(client: httpx2.Client) -> None:
    policies = client.get("/policies", params={"limit": -1}).raise_for_status().json()["data"]
    public = next(policy["id"] for policy in policies if policy["name"] == "$t:public_label")
    for table in TABLES:
        rule = {"policy": public, "collection": table, "action": "read", "fields": ["*"], "permissions": {}}
        _tell(client, "POST", "/permissions", rule)


def _tell(client: httpx2.Client, method: str, path: str, given: dict[str, Any]) -> None:
    answer = client.request(method, path, json=given)
    if answer.status_code >= 300:
        raise NotSetUp(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
