"""docker-compose.yml and deploy/, read as data and run as far as that goes without a Docker engine.

No engine was at hand. So the rules of the file are held here one by one, `docker-compose config` reads it (that needs
no engine; on Debian it is in the package docker-compose), and what its commands do is tried with the real programs:
Rasa, Redis, PostgreSQL, and the scripts of deploy/.
"""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from redis import Redis
from redis.exceptions import NoPermissionError

from bot.benchmark.postgresql_server import postgresql_server
from bot.conversation.redis_store import RedisSessions
from bot.conversation.session import Session
from bot.conversation.store import StoreError
from bot.settings import ROOT, from_environment
from deploy import make_secrets
from tests.support.redis_server import redis_server

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILES = sorted((ROOT / "deploy").glob("*.Dockerfile"))
OF_THE_IMAGES = ("POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS")
"""What the image of PostgreSQL documents; it is no variable of ours."""

KEYS = {
    "build", "cap_drop", "command", "depends_on", "environment", "healthcheck", "image", "init",
    "networks", "ports", "read_only", "restart", "secrets", "security_opt", "tmpfs", "user", "volumes",
}  # fmt: skip
"""Keys that a service of this file may have, as the Compose Specification names them: a misspelt one is not there."""

each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_the_four_services_are_there() -> None:
    assert set(SERVICES) == {"app", "rasa", "postgres", "redis"}
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"services", "networks", "volumes", "secrets"}


@each_service
def test_no_key_is_misspelt(name: str) -> None:
    assert set(SERVICES[name]) <= KEYS
    assert set(SERVICES[name].get("build", {})) <= {"context", "dockerfile"}
    assert set(SERVICES[name]["healthcheck"]) <= {"test", "interval", "timeout", "retries", "start_period"}


def test_compose_accepts_the_file(tmp_path: Path) -> None:
    found = shutil.which("docker-compose")
    command = [found] if found else ["docker", "compose"]
    assert found or shutil.which("docker"), "install docker-compose: it reads the file, and needs no engine for that"
    done = subprocess.run(
        [*command, "--file", ROOT / "docker-compose.yml", "config"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(SERVICES)


def test_the_model_is_made_by_the_same_steps_for_both_images() -> None:
    def building(path: Path, name: str) -> list[tuple[str, str]]:
        steps = _steps(path)
        begin = next(place for place, (step, words) in enumerate(steps) if step == "FROM" and words.endswith(name))
        end = next(place for place, (step, _) in enumerate(steps) if step == "FROM" and place > begin)
        return steps[begin + 1 : end]

    app, rasa = DOCKERFILES
    assert building(app, "AS model") == building(rasa, "AS build")


@each_service
def test_every_service_is_shut_in(name: str) -> None:
    service = SERVICES[name]
    user, group = service["user"].split(":")
    assert int(user) > 0 and int(group) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["init"] is True
    assert service["tmpfs"]
    assert not {"privileged", "cap_add", "pid", "network_mode", "devices"} & set(service)


@each_service
def test_every_service_is_looked_after(name: str) -> None:
    health = SERVICES[name]["healthcheck"]
    assert health["test"][0] in ("CMD", "CMD-SHELL")
    assert {"interval", "timeout", "retries"} <= set(health)


def test_the_application_alone_has_a_port_and_only_for_this_machine() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"app"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["app"]["ports"])


def test_rasa_has_no_way_out_and_no_secret_but_its_key() -> None:
    rasa = SERVICES["rasa"]
    assert rasa["networks"] == ["understanding"]
    assert COMPOSE["networks"]["understanding"] == {"internal": True}
    assert rasa["secrets"] == ["rasa_key"]
    assert set(rasa["environment"]) == {"SHAREWELL_NLU_KEY_FILE"}
    assert "volumes" not in rasa
    beside = {name for name, service in SERVICES.items() if "understanding" in service["networks"]}
    assert beside == {"app", "rasa"}, "Rasa reaches nobody but the application"


def test_the_databases_are_reached_by_the_application_alone() -> None:
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["keeping"]
    assert COMPOSE["networks"]["keeping"] == {"internal": True}
    assert [name for name, network in COMPOSE["networks"].items() if not (network or {}).get("internal")] == ["outside"]
    assert [name for name, service in SERVICES.items() if "outside" in service["networks"]] == ["app"]


@each_service
def test_everything_that_is_named_is_there(name: str) -> None:
    service = SERVICES[name]
    assert set(service["networks"]) <= set(COMPOSE["networks"])
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]
        assert not source.startswith("./") or volume.endswith(":ro")
    for other in service.get("depends_on", {}):
        assert other in SERVICES
    for value in service.get("environment", {}).values():
        if str(value).startswith("/run/secrets/"):
            assert Path(value).name in service["secrets"]
    if "build" in service:
        assert (ROOT / service["build"]["dockerfile"]).is_file()
    else:
        assert re.fullmatch(r"[a-z]+:\d+(\.\d+)?-bookworm", service["image"]), "a name with its version"


def test_no_secret_stands_in_the_file() -> None:
    assert {path["file"] for path in COMPOSE["secrets"].values()} == {
        f"deploy/secrets/{name}" for name in make_secrets.contents()
    }
    assert set(COMPOSE["secrets"]) == {name for service in SERVICES.values() for name in service["secrets"]}
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert name.endswith("_FILE") or not re.search("PASSWORD|KEY|TOKEN|SECRET", name), name
            assert "@" not in str(value)
    done = subprocess.run(["git", "-C", str(ROOT), "check-ignore", "deploy/secrets/log_url"], check=False,
                          stdout=subprocess.DEVNULL)  # fmt: skip
    assert done.returncode == 0, "git would take the secrets"
    assert "deploy/secrets" in (ROOT / ".dockerignore").read_text().split(), "an image would take the secrets"


def test_every_variable_is_documented() -> None:
    documented = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    for name, service in SERVICES.items():
        for variable in service.get("environment", {}):
            known = variable in OF_THE_IMAGES if name == "postgres" else f"`{variable}`" in documented
            assert known, f"{name}: {variable}"


def test_the_application_reads_its_variables_as_they_stand(tmp_path: Path) -> None:
    given = {}
    for name, (_, text) in make_secrets.contents().items():
        (tmp_path / name).touch(0o600)
        (tmp_path / name).write_text(text)
    for name, value in SERVICES["app"]["environment"].items():
        given[name] = value.replace("/run/secrets", str(tmp_path))
    settings = from_environment(given)
    assert settings.log_url == (tmp_path / "log_url").read_text()
    assert settings.accounts_url == (tmp_path / "accounts_url").read_text()
    assert settings.advice_url == (tmp_path / "advice_url").read_text()
    assert settings.training_url == (tmp_path / "training_url").read_text()
    assert settings.sessions_url == (tmp_path / "sessions_url").read_text()
    assert settings.rasa.key() == (tmp_path / "rasa_key").read_text()
    assert settings.rasa.url == f"http://rasa:{_option(DOCKERFILES[1], '--port')}"
    password = (tmp_path / "postgres_password").read_text()
    assert password in settings.log_url and password in settings.accounts_url
    assert all(secret not in repr(settings) for secret in (password, settings.sessions_url))


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_every_command_of_an_image_is_there(path: Path) -> None:
    steps = _steps(path)
    assert {step for step, _ in steps} <= {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "CMD"}
    made = [shlex.split(words) for step, words in steps if step == "RUN"]
    ours = [words for words in made if words[0].startswith("./")]
    assert ours and all(words[:2] == ["./sharewell", "setup"] for words in ours), "the image is made by the set-up"
    assert (ROOT / "sharewell").stat().st_mode & stat.S_IXUSR
    assert [words[0] for words in made if words not in ours] == [*["apt-get"] * len(ours), "useradd"]
    users = [words for step, words in steps if step == "USER"]
    assert users == ["10001:10001"]
    assert steps.index(("USER", users[0])) > max(number for number, (step, _) in enumerate(steps) if step == "RUN")
    for step, words in steps:
        if step == "COPY" and "/app/" in words:
            source = words.split()[-2].removeprefix("/app/")
            assert (ROOT / source).exists(), f"{path.name} copies {source}"


def test_the_commands_that_the_images_run_are_there() -> None:
    app, rasa = (yaml.safe_load(_last(path, "CMD")) for path in DOCKERFILES)
    assert app[:2] == [".venv/bin/sharewell", "start"]
    assert rasa[:5] == [".venv/bin/python", "-W", "ignore", "-m", "understanding.serve"]
    for folder, command in ((ROOT, app), (ROOT / "nlu", rasa)):
        done = subprocess.run(
            [folder / command[0], *command[1 : command.index("--host")], "--help"],
            cwd=folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
        for option in (word for word in command if word.startswith("--")):
            assert option in done.stdout
    for name, folder in (("app", ROOT), ("rasa", ROOT / "nlu")):
        kind, python, script, *_ = SERVICES[name]["healthcheck"]["test"]
        assert kind == "CMD"
        assert (folder / python).exists() and (folder / script).is_file()


@pytest.mark.parametrize("status", [200, 403, 500, None])
def test_the_question_after_health(status: int | None, tmp_path: Path) -> None:
    """Against a port that answers so, or on which nobody listens; with the key that Rasa wants."""
    key = tmp_path / "key"
    key.write_text("a-key\n")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/ready"
        if status is not None:
            listening.listen(1)
        asking = subprocess.Popen(
            [sys.executable, ROOT / "deploy/healthy.py", address, key], env={"http_proxy": "http://127.0.0.1:9"}
        )
        if status is not None:
            connection, _ = listening.accept()
            with connection:
                asked = connection.recv(10_000)
                connection.sendall(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)
            assert b"a-key" in asked
        assert asking.wait(20) == (0 if status == 200 else 1)


def test_secrets_are_new_each_time_and_closed(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert make_secrets.main(folder) == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = {path.name: path for path in folder.iterdir()}
    assert set(files) == set(COMPOSE["secrets"])
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    readers = {name: {SERVICES[service]["user"] for service in SERVICES if name in SERVICES[service]["secrets"]}
               for name in files}  # fmt: skip
    for name, (owner, text) in make_secrets.contents().items():
        assert readers[name] == {f"{owner}:{owner}"}
        assert text.strip() != files[name].read_text().strip()
    before = {name: path.read_text() for name, path in files.items()}
    assert make_secrets.main(folder) == 1
    assert {name: path.read_text() for name, path in files.items()} == before


def test_redis_with_its_users_lets_the_application_in_and_no_further(tmp_path: Path) -> None:
    made = make_secrets.contents()
    users, address = tmp_path / "users", made["sessions_url"][1]
    users.write_text(made["redis_users"][1] + "\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # The user of the tests beside those of the file: the server of the tests wants to be asked whether it is there.
    with users.open("a") as file:
        file.write("user tester on nopass ~* +@all\n")
    options = [*_redis_options(users), "--port", str(port), "--bind", "127.0.0.1"]
    with redis_server(more=options, account="tester") as server:
        here = address.replace("redis:6379", f"127.0.0.1:{port}")
        store = RedisSessions(here, 60)
        store.save("a chat", Session(sender_turns=1), 1000.0)
        assert store.holds("a chat")
        assert store.load("a chat", 1000.0).session is not None
        assert len(store.sweep(9000.0)) == 1
        store.wipe("a chat")
        store.close()
        with Redis.from_url(here, protocol=2) as redis:
            for command in ("KEYS *", "CONFIG GET *", "FLUSHALL", "SAVE", "GET another"):
                with pytest.raises(NoPermissionError):
                    redis.execute_command(*command.split())
        stranger = RedisSessions(f"redis://127.0.0.1:{port}/0", 60)
        with pytest.raises(StoreError, match="refuses"):
            stranger.ping()
        stranger.close()
        assert list(server.folder.glob("*.rdb")) == []


def test_postgresql_makes_the_other_databases() -> None:
    """The statements are those that its image runs; the names are those of the addresses."""
    with postgresql_server(["fsync=off"]) as server:
        for name in ("accounts", "advice", "training"):
            wanted = make_secrets.contents()[f"{name}_url"][1].rsplit("/", 1)[1]
            with server.connect() as connection:
                connection.execute((ROOT / "deploy" / f"{name}.sql").read_bytes())
            with psycopg.connect(host=str(server.socket), user="postgres", dbname=wanted) as connection:
                assert connection.info.encoding == "utf-8"


def _redis_options(users: Path) -> list[str]:
    """The options of docker-compose.yml, with a file of users of our own."""
    program, *options = SERVICES["redis"]["command"]
    assert program == "redis-server"
    assert options[options.index("--save") + 1] == ""
    assert options[options.index("--appendonly") + 1] == "no"
    return [option.replace("/run/secrets/redis_users", str(users)) for option in options]


def _steps(path: Path) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, each on a line of its own, with their words."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [(line.split()[0], line.partition(" ")[2]) for line in lines if line and not line.startswith("#")]


def _last(path: Path, step: str) -> str:
    return [words for name, words in _steps(path) if name == step][-1]


def _option(path: Path, name: str) -> str:
    words: list[str] = yaml.safe_load(_last(path, "CMD"))
    return words[words.index(name) + 1]
