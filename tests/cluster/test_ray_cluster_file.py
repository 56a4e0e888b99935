"""ray_cluster.yaml is what Ray's cluster launcher accepts, and it starts a cluster that asks for a token."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import ray.autoscaler
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cluster() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "ray_cluster.yaml").read_text("utf-8"))


def test_rays_own_schema_accepts_the_file(cluster):
    schema = json.loads((Path(ray.autoscaler.__file__).parent / "ray-schema.json").read_text("utf-8"))
    jsonschema.validate(cluster, schema)


def test_ray_fills_in_its_defaults_for_machines_of_our_own(cluster):
    from ray.autoscaler._private.util import prepare_config, validate_config

    prepared = prepare_config(cluster)
    validate_config(prepared)
    node_types = prepared["available_node_types"]
    assert set(node_types) == {"local.cluster.node"}
    assert node_types["local.cluster.node"]["max_workers"] == len(cluster["provider"]["worker_ips"])


def test_the_bound_on_workers_is_the_number_of_worker_addresses(cluster):
    assert cluster["max_workers"] == len(cluster["provider"]["worker_ips"])


@pytest.mark.parametrize("commands", ["head_start_ray_commands", "worker_start_ray_commands"])
def test_every_process_is_started_with_token_authentication(cluster, commands):
    starts = [command for command in cluster[commands] if "ray start" in command]
    assert starts
    for command in starts:
        before = command.partition("ray start")[0]
        assert "export RAY_AUTH_MODE=token" in before
        assert "RAY_AUTH_TOKEN_PATH=" in before
    assert "~/.ray/auth_token" in cluster["file_mounts"]


def test_docmill_is_installed_with_an_extra_that_the_project_has(cluster):
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    installs = [command for command in cluster["setup_commands"] if "docmill[" in command]
    assert len(installs) == 1
    wanted = installs[0].partition("docmill[")[2].partition("]")[0].split(",")
    assert set(wanted) == {"cpu", "ray"}
    assert set(wanted) <= set(extras)


def test_the_job_command_of_the_file_names_a_config_that_exists():
    text = (ROOT / "ray_cluster.yaml").read_text("utf-8")
    named = text.partition("pipeline run ")[2].split()[0]
    assert (ROOT / named).is_file()
