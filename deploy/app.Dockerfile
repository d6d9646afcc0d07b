# The application, without Rasa. Never built where it was written: no Docker engine was at hand.
# The model's side files are made by the steps of deploy/rasa.Dockerfile, word for word: a build of both makes them once.
FROM python:3.10-slim-bookworm AS model
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential python3.11
WORKDIR /app
COPY . .
ENV UV_COMPILE_BYTECODE=1
RUN ./sharewell setup

FROM python:3.12-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential
WORKDIR /app
COPY . .
ENV UV_COMPILE_BYTECODE=1
RUN ./sharewell setup --without-rasa

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --no-create-home sharewell && install --directory --owner=10001 --group=10001 --mode=700 /data /keys
COPY --from=build /app /app
COPY --from=model /app/nlu/models /app/nlu/models
USER 10001:10001
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1
CMD [".venv/bin/sharewell", "start", "--host", "0.0.0.0"]
