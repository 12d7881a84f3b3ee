"""Readings of sensors in FastAPI, through a2wsgi: models, a stream and a long poll."""

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from a2wsgi import ASGIMiddleware
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Readings")


class Reading(BaseModel):
    value: float = Field(ge=-273.15)


def database() -> sqlite3.Connection:
    """Several processes serve requests, so nothing is kept in memory."""
    here = Path(__file__).parent / "instance"
    directory = Path(os.environ.get("ISTHMUS_DATA_DIR", here))
    directory.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(directory / "readings.sqlite3")
    connection.execute("create table if not exists readings (sensor text, value real)")
    return connection


def number_of_readings() -> int:
    with closing(database()) as book:
        return book.execute("select count(*) from readings").fetchone()[0]


# A function without async runs in a thread, and may wait for a database.
@app.get("/sensors/{name}", name="sensor")
def last_reading(name: str) -> Reading:
    query = "select value from readings where sensor = ? order by rowid desc"
    with closing(database()) as book:
        found = book.execute(query, (name,)).fetchone()
    if found is None:
        raise HTTPException(404, f"Nothing is called {name}.")
    return Reading(value=found[0])


@app.post("/sensors/{name}", status_code=201)
def add_reading(
    name: str, reading: Reading, request: Request, response: Response
) -> Reading:
    with closing(database()) as book, book:
        book.execute("insert into readings values (?, ?)", (name, reading.value))
    # With the context path, which is the application's root_path.
    response.headers["Location"] = str(request.url_for("sensor", name=quote(name)))
    return reading


@app.get("/readings")
async def wait_for_readings(after: int = -1, seconds: float = 20) -> dict[str, int]:
    """How many there are, as soon as there are more than that: a long poll."""
    clock = asyncio.get_running_loop()
    end = clock.time() + min(seconds, 60)
    while (number := number_of_readings()) <= after and clock.time() < end:
        await asyncio.sleep(0.1)
    return {"readings": number}


@app.get("/count")
async def count() -> StreamingResponse:
    async def numbers() -> AsyncIterator[str]:
        for number in range(1, 4):
            yield f"{number}\n"

    return StreamingResponse(numbers(), media_type="text/plain")


@app.get("/share/{people}")
async def share(people: int) -> dict[str, float]:
    """Each one's part; with nobody it fails: a 500, and a traceback in the log."""
    return {"part": 1 / people}


@app.exception_handler(Exception)
async def failed(request: Request, error: Exception) -> Response:
    # Starlette leaves that to the server, and a2wsgi does not log it.
    logging.getLogger("readings").error("%s failed", request.url.path, exc_info=error)
    return PlainTextResponse("Internal Server Error", 500)


application = ASGIMiddleware(app)
