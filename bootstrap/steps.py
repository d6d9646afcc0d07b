"""The steps of the set-up. Each knows whether it has anything to do, and leaves nothing that breaks the next run.

A step is done when its stamp holds the hash of all that it was made from. The stamp is written last, so a step that
was interrupted is simply run again.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Callable, List, NamedTuple

from bootstrap import interpreters
from bootstrap.layout import Layout, digest
from bootstrap.problems import SetupProblem
from bootstrap.running import run

_STAMP = ".sharewell-stamp"
_MODEL_NAME_LENGTH = 16
_OF_A_MODEL = (".tar.gz", ".danger.json", ".confusions.json")


class Step(NamedTuple):
    """One step: what it does in words, whether it is done, and how to do it."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[], None]


def app_steps(layout: Layout, groups: List[str]) -> List[Step]:
    """Tools and the application's environment with the requirement files of `groups`."""
    return [
        Step("Installing the package tool", lambda: _tools_done(layout), lambda: _make_tools(layout)),
        Step("Installing the application", lambda: _app_done(layout, groups), lambda: _make_app(layout, groups)),
    ]


def nlu_steps(layout: Layout) -> List[Step]:
    """Rasa's environment and the trained model."""
    return [
        Step("Installing Rasa (about 2.6 GB)", lambda: _nlu_done(layout), lambda: _make_nlu(layout)),
        Step("Training the model", lambda: _model_done(layout), lambda: _make_model(layout)),
    ]


def current_model(layout: Layout) -> Path:
    """The trained model in use. Raises SetupProblem when there is none."""
    pointer = layout.models / "current"
    model = layout.models / pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else None
    if model is None or not model.is_file():
        raise SetupProblem("There is no trained model.", "Run ./sharewell setup.")
    return model


def _tools_done(layout: Layout) -> bool:
    return layout.uv.is_file() and _stamped(layout.tools, _tools_hash(layout))


def _tools_hash(layout: Layout) -> str:
    return digest([layout.requirement("tools")], layout.root)


def _make_tools(layout: Layout) -> None:
    shutil.rmtree(str(layout.tools), ignore_errors=True)
    try:
        run(layout, [sys.executable, "-m", "venv", str(layout.tools)])
    except SetupProblem as problem:
        raise _without_venv(problem) from problem
    pip = [str(layout.tools / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(layout, [*pip, "--retries", "2", "--require-hashes", "-r", str(layout.requirement("tools"))])
    _stamp(layout.tools, _tools_hash(layout))


def _without_venv(problem: SetupProblem) -> SetupProblem:
    if "ensurepip" not in problem.message and "venv" not in problem.message:
        return problem
    return SetupProblem("This Python cannot make environments.", "Install its venv module (on Debian: python3-venv).")


def _app_hash(layout: Layout, groups: List[str]) -> str:
    return digest([layout.requirement(name) for name in groups] + [layout.root / "pyproject.toml"], layout.root)


def _app_done(layout: Layout, groups: List[str]) -> bool:
    if not (layout.app / "bin" / "sharewell").is_file():
        return False
    # An environment with the test packages also runs the application.
    wanted = [groups] if "test" in groups else [groups, [*groups, "test"]]
    return any(_stamped(layout.app, _app_hash(layout, names)) for names in wanted)


def _make_app(layout: Layout, groups: List[str]) -> None:
    _make_environment(layout, layout.app, interpreters.app_python, interpreters.APP_VERSIONS)
    _sync(layout, layout.app, groups)
    python = str(layout.app / "bin" / "python")
    install = [str(layout.uv), "pip", "install", "--quiet", "--python", python, "--no-deps", "--no-build-isolation"]
    run(layout, [*install, "--offline", "--editable", str(layout.root)])
    _stamp(layout.app, _app_hash(layout, groups))


def _nlu_hash(layout: Layout) -> str:
    return digest([layout.requirement("nlu")], layout.root)


def _nlu_done(layout: Layout) -> bool:
    return (layout.nlu / "bin" / "python").is_file() and _stamped(layout.nlu, _nlu_hash(layout))


def _make_nlu(layout: Layout) -> None:
    _make_environment(layout, layout.nlu, interpreters.nlu_python, (interpreters.NLU_VERSION,))
    _sync(layout, layout.nlu, ["nlu"])
    _stamp(layout.nlu, _nlu_hash(layout))


def _make_environment(
    layout: Layout, folder: Path, find: Callable[[Layout], str], versions: "tuple[interpreters.Version, ...]"
) -> None:
    _unstamp(folder)
    if interpreters.version_of(folder / "bin" / "python") in versions:
        return
    run(layout, [str(layout.uv), "venv", "--quiet", "--clear", "--no-project", "--python", find(layout), str(folder)])


def _sync(layout: Layout, folder: Path, groups: List[str]) -> None:
    files = [str(layout.requirement(name)) for name in groups]
    python = str(folder / "bin" / "python")
    run(layout, [str(layout.uv), "pip", "sync", "--quiet", "--require-hashes", "--python", python, *files])


def _model_done(layout: Layout) -> bool:
    try:
        current_model(layout)
    except SetupProblem:
        return False
    return _stamped(layout.models, digest(layout.model_inputs(), layout.root))


def _make_model(layout: Layout) -> None:
    inputs = digest(layout.model_inputs(), layout.root)
    _unstamp(layout.models)
    folders = [str(folder) for folder in (layout.knowledge, layout.nlu_project, layout.stories, layout.build)]
    data = run(layout, [str(layout.app / "bin" / "python"), "-m", "bot.nlu_build", *folders]).strip()
    code = sorted((layout.nlu_project / "understanding").glob("*.py"))
    pipeline = [*code, layout.nlu_project / "config.yml", layout.requirement("nlu")]
    model = layout.models / (digest(pipeline, layout.root, data)[:_MODEL_NAME_LENGTH] + ".tar.gz")
    if not model.is_file():
        _train(layout, model)
    _write_whole(layout.models / "current", model.name)
    _remove_others(layout.models, model)
    _stamp(layout.models, inputs)


def _train(layout: Layout, model: Path) -> None:
    python = str(layout.nlu / "bin" / "python")
    arguments = ["--build", str(layout.build), "--config", "config.yml", "--output", str(model)]
    run(layout, [python, "-W", "ignore", "-m", "understanding.train", *arguments], cwd=layout.nlu_project)


def _remove_others(folder: Path, kept: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(str(path), ignore_errors=True)
        elif path.name.endswith(_OF_A_MODEL) and path.name[:_MODEL_NAME_LENGTH] not in kept.name:
            path.unlink()


def _stamped(folder: Path, value: str) -> bool:
    try:
        return (folder / _STAMP).read_text(encoding="utf-8") == value
    except OSError:
        return False


def _stamp(folder: Path, value: str) -> None:
    _write_whole(folder / _STAMP, value)


def _unstamp(folder: Path) -> None:
    try:
        (folder / _STAMP).unlink()
    except FileNotFoundError:
        return


def _write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(str(beside), str(path))
