"""An admin list of Django with PostgreSQL over the cases of a store: queue-django.py STORE PORT FOLDER.

Debian's packages as they come: a cluster of its own in FOLDER, the table review_case copied with the indexes that it has
here, Django's admin with the same columns, filters, search and 50 rows a page, served by gunicorn on PORT. The session
of its user is printed, as a cookie; then it serves until it is ended.
"""
import os
import pwd
import signal
import sqlite3
import subprocess
import sys

STORE, PORT, FOLDER = sys.argv[1], int(sys.argv[2]), sys.argv[3]
BIN = "/usr/lib/postgresql/15/bin"
COLUMNS = ("id", "due_on", "state", "name", "name_fold", "tax_code", "area", "section", "size_class", "points", "level", "margin",
           "support_vnd", "files", "asked", "flags", "assignee", "round")
NUMBERS = ("id", "points", "level", "margin", "support_vnd", "files", "asked", "flags", "assignee")
APP = '''
import os, sys
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF="app", DEBUG=False, USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "HOST": os.environ["SOCKETS"],
                           "USER": "bench", "CONN_MAX_AGE": 600}},
    INSTALLED_APPS=["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "django.contrib.messages"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages"]}}], STATIC_URL="/static/")
django.setup()
from django.contrib import admin
from django.db import models
from django.urls import path

columns, numbers = os.environ["COLUMNS"].split(), os.environ["NUMBERS"].split()
fields = {name: models.BigIntegerField(null=True, primary_key=name == "id") if name in numbers else models.TextField() for name in columns}
Case = type("Case", (models.Model,), {"__module__": "app", "Meta": type("Meta", (), {"app_label": "auth", "managed": False,
                                                                               "db_table": "review_case"}), **fields})


@admin.register(Case)
class Cases(admin.ModelAdmin):
    list_display = ("due_on", "state", "name", "area", "section", "size_class", "points", "level", "margin", "support_vnd", "files",
                    "asked", "flags")
    list_filter = ("state", "assignee", "area", "section", "size_class", "level")
    search_fields, list_per_page, ordering = ("name_fold",), 50, ("due_on", "id")


urlpatterns = [path("admin/", admin.site.urls)]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
'''
SETUP = '''
import app
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
user = User.objects.create_superuser("bench", "", "bench")
store = SessionStore()
store[SESSION_KEY], store[BACKEND_SESSION_KEY], store[HASH_SESSION_KEY] = (
    user.pk, "django.contrib.auth.backends.ModelBackend", user.get_session_auth_hash())
store.create()
print("sessionid=" + store.session_key)
'''


def as_postgres(*words, **more):
    """The server refuses to be root."""
    def become():
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
    return subprocess.run(words, check=True, stdout=subprocess.DEVNULL, preexec_fn=become, cwd="/", **more)


def start_cluster(data):
    os.makedirs(data)
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chmod(FOLDER, 0o755)
        os.chown(data, user.pw_uid, user.pw_gid)
    as_postgres(f"{BIN}/initdb", "-D", data + "/db", "-A", "trust", "-U", "bench", "-E", "UTF8", "--locale=C")
    as_postgres(f"{BIN}/pg_ctl", "-D", data + "/db", "-w", "-l", data + "/log", "-o", f"-k {data} -c listen_addresses=''", "start")


def copy_cases(data):
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", data, "-U", "bench", "-d", "postgres"]
    table = ", ".join(f"{name} {'BIGINT' if name in NUMBERS else 'TEXT'}" for name in COLUMNS)
    store = sqlite3.connect(STORE)
    indexes = [sql for sql, in store.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'review_case' AND sql <> ''")
               if all(name.strip(" )") in COLUMNS for name in sql.split("(")[1].split(","))]
    lines = [f"CREATE TABLE review_case ({table}, PRIMARY KEY (id));", "COPY review_case FROM STDIN;"]
    for row in store.execute(f"SELECT {', '.join(COLUMNS)} FROM review_case"):
        lines.append("\t".join("\\N" if value is None else str(value).replace("\\", "\\\\").replace("\t", " ") for value in row))
    lines += ["\\.", *[sql + ";" for sql in indexes], "ANALYZE review_case;"]
    subprocess.run(psql, input="\n".join(lines) + "\n", text=True, check=True, stdout=subprocess.DEVNULL)


data = os.path.join(FOLDER, "cluster")
start_cluster(data)
try:
    copy_cases(data)
    for name, text in (("app.py", APP), ("setup.py", SETUP)):
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(text)
    env = {**os.environ, "SOCKETS": data, "COLUMNS": " ".join(COLUMNS), "NUMBERS": " ".join(NUMBERS)}
    done = subprocess.run(["/usr/bin/python3", "setup.py"], cwd=FOLDER, env=env, check=True, capture_output=True, text=True)
    server = subprocess.Popen(["/usr/bin/python3", "-m", "gunicorn", "-w", "1", "-b", f"127.0.0.1:{PORT}", "app:application"], cwd=FOLDER,
                              env=env, stderr=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    print(done.stdout.strip(), flush=True)
    server.wait()
finally:
    as_postgres(f"{BIN}/pg_ctl", "-D", data + "/db", "-m", "immediate", "stop")
