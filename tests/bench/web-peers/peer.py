"""The same form in Flask and sqlite3: no sessions, no checks, no HTML; one row, durable before the reply."""
import json
import os
import sqlite3

from flask import Flask, request

app = Flask(__name__)
db = None


def connection():
    """One for each worker: connections must not be inherited."""
    global db
    if db is None:
        db = sqlite3.connect(os.environ["PEER_DB"], timeout=60, isolation_level=None)
        db.execute("PRAGMA journal_mode = TRUNCATE")
        db.execute("PRAGMA synchronous = FULL")
    return db


def answers():
    return {name[2:]: int(value) for name, value in request.form.items() if name.startswith("q.")}


@app.post("/submit/<reference>")
def submit(reference):
    given = answers()
    connection().execute("INSERT INTO submission (reference, answers, total) VALUES (?, ?, ?)",
                         (reference, json.dumps(given), sum(given.values())))
    return "", 303, {"Location": "/"}


@app.post("/save/<reference>")
def save(reference):
    """The answers of one page into those that are there."""
    given, at = answers(), connection()
    at.execute("BEGIN IMMEDIATE")
    kept = json.loads(at.execute("SELECT answers FROM draft WHERE reference = ?", (reference,)).fetchone()[0])
    at.execute("UPDATE draft SET answers = ?, version = version + 1 WHERE reference = ?",
               (json.dumps(kept | given), reference))
    at.execute("COMMIT")
    return "", 303, {"Location": "/"}
