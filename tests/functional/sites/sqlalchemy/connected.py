"""The engine, as docs/data.md quotes it."""

# begin: engine
from sqlalchemy import create_engine

import isthmus.sqlalchemy

engine = create_engine("postgresql+isthmus:///jdbc/app")
# end: engine
