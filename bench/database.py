"""The PostgreSQL of the workload `products`, and a web application's pool of it."""

from __future__ import annotations

import atexit
import shutil
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

from bench.artifacts import ROOT, TARGET, run, tool

# As many connections as requests at a time: nobody waits for the pool.
CONTEXT_XML = """<Context>
  <Resource name="jdbc/bench" type="javax.sql.DataSource" maxTotal="16" maxIdle="16"
            driverClassName="org.postgresql.Driver" url={url} username={user}
            password={password}/>
</Context>
"""
TABLE = """create table if not exists
  product (id int primary key, name text, price numeric(9, 2));
insert into product select n, 'product ' || n, n + 0.5 from generate_series(1, 10000) n
  on conflict do nothing;
analyze product;"""


def server():
    """Start it as the functional suite does, with a table of 10,000 rows."""
    sys.path.append(str(ROOT / "tests" / "functional"))
    import databases

    found = databases.postgresql()
    atexit.register(databases.stop)
    url = found.url.replace(
        "jdbc:postgresql://", f"postgresql://{found.user}:{found.password}@"
    )
    run(tool("psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-c", TABLE, url)
    return found


def provide(webapp: Path) -> None:
    """Give a web application on Tomcat the driver and the data source."""
    if not list((TARGET / "drivers").glob("postgresql-*.jar")):
        run(tool("mvn"), "-q", "dependency:copy@drivers", cwd=ROOT)
    (driver,) = (TARGET / "drivers").glob("postgresql-*.jar")
    into = webapp / "WEB-INF" / "lib"
    into.mkdir(exist_ok=True)
    shutil.copy2(driver, into)
    found = server()
    text = CONTEXT_XML.format(
        url=quoteattr(found.url),
        user=quoteattr(found.user),
        password=quoteattr(found.password),
    )
    context = webapp / "META-INF" / "context.xml"
    context.parent.mkdir()
    context.write_text(text, encoding="utf-8")
