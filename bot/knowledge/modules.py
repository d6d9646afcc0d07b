"""Training of knowledge/modules/ and knowledge/first-day.yml: lessons that show topics, questions, scenarios.

A lesson holds no guidance of its own: it shows topics and checks, so that guidance is corrected in one place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.knowledge import reading
from bot.knowledge.model import Explained, Heading, Id, Short, Title

FIRST_DAY_FILE = "first-day.yml"
LEADS_TO_CHECK = "check"
LEADS_TO_END = "end"
FEWEST_QUESTIONS = 12
FEWEST_SCENARIOS = 2
FIRST_DAY_MINUTES = 10

Read = AfterValidator(reading.checked)
Words = Annotated[str, StringConstraints(min_length=1, max_length=160), Read]
Because = Annotated[str, StringConstraints(min_length=1, max_length=300), Read]
Aim = Annotated[str, StringConstraints(min_length=1, max_length=200), Read]
Story = Annotated[str, StringConstraints(min_length=1, max_length=900), Read]
Suggestion = Annotated[str, StringConstraints(min_length=1, max_length=120), Read]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
"""MODULE/QUESTION or MODULE/SCENARIO."""

Goodness = Literal["yes", "partly", "no"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class _About(_Model):
    """Something that rests on one topic or one check."""

    topic: Id | None = None
    check: Id | None = None

    @model_validator(mode="after")
    def _is_about_one(self) -> _About:
        if (self.topic is None) == (self.check is None):
            raise ValueError("needs a topic or a check, and not both")
        return self


class ShownUnit(_About):
    """A topic or check that a lesson shows, with a line on what to look for."""

    intro: Aim | None = None


class QuizOption(_Model):
    """One answer of a question, and why it is right or wrong."""

    text: Words
    right: bool
    because: Because


class QuizQuestion(_About):
    """A question with one best answer. Its reasons rest on a topic or check that its lesson shows."""

    id: Id
    asks: Explained
    options: Annotated[tuple[QuizOption, ...], Field(min_length=3, max_length=4)]

    @model_validator(mode="after")
    def _has_one_right_answer(self) -> QuizQuestion:
        if sum(option.right for option in self.options) != 1:
            raise ValueError(f"the question '{self.id}' must have exactly one right answer")
        return self

    @property
    def right_option(self) -> QuizOption:
        return next(option for option in self.options if option.right)


class Lesson(_Model):
    """What is shown, in order, and the questions at its end."""

    id: Id
    title: Title
    shows: Annotated[tuple[ShownUnit, ...], Field(min_length=1, max_length=6)]
    questions: Annotated[tuple[QuizQuestion, ...], Field(min_length=1, max_length=8)]


class ScenarioChoice(_Model):
    """What one may do at a step. `leads` is a step's id, `check` (now the check is walked) or `end`."""

    text: Words
    good: Goodness
    leads: Id
    because: Because


class ScenarioStep(_Model):
    """What happens, and what one may do."""

    id: Id
    tells: Short
    choices: Annotated[tuple[ScenarioChoice, ...], Field(min_length=2, max_length=4)]


class ExpectedAnswer(_Model):
    """An answer of the check that fits the story, and which fact of the story says so. `at` is [CHECK/]QUESTION."""

    at: Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)?[a-z0-9-]+$")]
    answer: Id
    because: Because

    def place(self, check_id: str) -> tuple[str, str]:
        """The check and the question that are meant, where `check_id` is the check under way."""
        check, _, question = self.at.rpartition("/")
        return check or check_id, question


class Scenario(_Model):
    """A fictitious case with ways to go, the check that is walked in it, and what good practice was."""

    id: Id
    title: Title
    story: Story
    check: Id
    steps: Annotated[tuple[ScenarioStep, ...], Field(min_length=2, max_length=8)]
    expected: Annotated[tuple[ExpectedAnswer, ...], Field(min_length=1)]
    outcome: Id
    debrief: Story

    def step(self, step_id: str) -> ScenarioStep | None:
        return next((step for step in self.steps if step.id == step_id), None)


class Module(_Model):
    """One module of the training. `minutes` is for its lessons and questions."""

    id: Id
    number: Annotated[int, Field(ge=1, le=99)]
    title: Title
    summary: Short
    minutes: Annotated[int, Field(ge=5, le=60)]
    outcomes: Annotated[tuple[Aim, ...], Field(min_length=3, max_length=6)]
    lessons: Annotated[tuple[Lesson, ...], Field(min_length=3, max_length=10)]
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=FEWEST_SCENARIOS)]

    @property
    def questions(self) -> tuple[QuizQuestion, ...]:
        """The questions of all lessons, in order."""
        return tuple(question for lesson in self.lessons for question in lesson.questions)

    def lesson(self, lesson_id: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.id == lesson_id), None)

    def question(self, question_id: str) -> QuizQuestion | None:
        return next((question for question in self.questions if question.id == question_id), None)

    def scenario(self, scenario_id: str) -> Scenario | None:
        return next((scenario for scenario in self.scenarios if scenario.id == scenario_id), None)


class DayStep(_Model):
    """One step of the first day. What `do` needs is given, and nothing else."""

    id: Id
    title: Heading
    tells: Short
    minutes: Annotated[int, Field(ge=1, le=FIRST_DAY_MINUTES)]
    do: Literal["read", "ask", "answer", "walk", "keeps"]
    topic: Id | None = None
    suggests: Annotated[tuple[Suggestion, ...], Field(max_length=4)] = ()
    question: Key | None = None
    scenario: Key | None = None

    @model_validator(mode="after")
    def _has_what_it_does(self) -> DayStep:
        wanted = {"read": "topic", "ask": "suggests", "answer": "question", "walk": "scenario", "keeps": ""}[self.do]
        given = {name for name in ("topic", "suggests", "question", "scenario") if getattr(self, name)}
        if given != {wanted} - {""}:
            raise ValueError(f"a step that does '{self.do}' needs {wanted or 'none of the references'} alone")
        return self


class FirstDay(_Model):
    """The ten-minute path of a newcomer."""

    title: Title
    summary: Explained
    steps: Annotated[tuple[DayStep, ...], Field(min_length=4, max_length=8)]

    @model_validator(mode="after")
    def _ends_with_what_the_log_keeps(self) -> FirstDay:
        minutes = sum(step.minutes for step in self.steps)
        if minutes > FIRST_DAY_MINUTES:
            raise ValueError(f"the steps take {minutes} minutes; the limit is {FIRST_DAY_MINUTES}")
        doing = [step.do for step in self.steps if step.do != "read"]
        needed = [do for do in doing if do in ("ask", "walk", "keeps")]
        if needed != ["ask", "walk", "keeps"] or doing[-1] != "keeps":
            raise ValueError("the path must have one each of ask, walk and keeps, in this order, and end with keeps")
        return self
