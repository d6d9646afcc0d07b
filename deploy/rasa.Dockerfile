# Rasa with the trained model, and nothing else. Never built where it was written: no Docker engine was at hand.
# The set-up trains the model: it needs the application's environment (Python 3.11) for the data, so both are made.
FROM python:3.10-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential python3.11
WORKDIR /app
COPY . .
ENV UV_COMPILE_BYTECODE=1
RUN ./sharewell setup

FROM python:3.10-slim-bookworm
RUN useradd --uid 10001 --no-create-home sharewell
COPY --from=build /app/nlu /app/nlu
COPY --from=build /app/deploy/healthy.py /app/deploy/healthy.py
USER 10001:10001
WORKDIR /app/nlu
ENV PYTHONDONTWRITEBYTECODE=1 RASA_TELEMETRY_ENABLED=false LOG_LEVEL=CRITICAL HOME=/tmp
CMD [".venv/bin/python", "-W", "ignore", "-m", "understanding.serve", "--model", "models", "--host", "0.0.0.0", "--port", "5005"]
