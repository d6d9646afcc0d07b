"""The database of the training: made once, by whoever comes first, and refused where it is somebody else's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.databases import upgrade_tables
from bot.knowledge import Knowledge
from bot.training import Certainty, Mark, Training, TrainingSchemaError, TrainingUnavailable
from bot.training.database import MIGRATIONS
from bot.training.schema import SCHEMA_VERSION, metadata
from tests.support.assistants import Clock
from tests.support.training import MODULE, opened


def test_several_programs_may_open_an_empty_database_at_once(empty_schema: str, clock: Clock) -> None:
    found = [opened(empty_schema, clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda training: training.begin("Quiet Heron"), found))
    assert found[0].open_with(made[-1].code, "a chat") == made[-1].learner
    for training in found:
        training.close()


def test_answers_that_come_at_once_are_all_counted(training: Training, known: Knowledge) -> None:
    learner = training.begin("Quiet Heron").learner
    marks = [Mark(f"{MODULE}/{question.id}", True, Certainty.SURE) for question in known.modules[MODULE].questions]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda mark: training.record(learner.id, mark, known), marks))
    progress = training.progress(learner.id, known)
    assert progress.modules[0].right == len(marks) == progress.bands[0].answered


def test_progress_outlives_the_program(url: str, clock: Clock, known: Knowledge) -> None:
    first = opened(url, clock)
    begun = first.begin("Quiet Heron")
    first.close()
    second = opened(url, clock)
    assert second.open_with(begun.code, "a chat") == begun.learner
    second.close()


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgresql://"])
def test_an_address_of_no_database_is_refused_when_progress_is_asked_for(address: str) -> None:
    training = Training(address)
    with pytest.raises(TrainingUnavailable) as error:
        training.begin("Quiet Heron")
    assert "SHAREWELL_TRAINING_URL" in error.value.remedy


def test_a_database_that_cannot_be_reached_is_tried_again_the_next_time(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    training = Training(f"sqlite:///{folder / 'training.db'}")
    with pytest.raises(TrainingUnavailable):
        training.begin("Quiet Heron")
    folder.mkdir()
    assert training.begin("Quiet Heron").learner.pseudonym == "Quiet Heron"
    training.close()


def test_no_fault_tells_the_address(tmp_path: Path) -> None:
    training = Training("postgresql://sharewell:zebra@127.0.0.1:1/training")
    with pytest.raises(TrainingUnavailable) as error:
        training.begin("Quiet Heron")
    assert "zebra" not in error.value.message + error.value.remedy


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "training.db"
    path.write_bytes(b"not a database, whatever it is called" * 100)
    with pytest.raises(TrainingSchemaError):
        Training(f"sqlite:///{path}").open()


def test_a_newer_schema_is_refused(url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE training_about SET value = '99' WHERE name = 'schema_version'")
    try:
        with pytest.raises(TrainingSchemaError) as error:
            Training(url).open()
        assert "99" in error.value.message
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE training_about SET value = '1' WHERE name = 'schema_version'")
        engine.dispose()


def test_the_revisions_make_the_tables_that_the_schema_describes(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    with engine.begin() as connection:
        upgrade_tables(connection, MIGRATIONS, SCHEMA_VERSION)
        context = MigrationContext.configure(connection, opts={"version_table": "training_version"})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
