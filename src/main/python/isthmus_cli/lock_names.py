"""The names of the files in which projects keep the locked versions of libraries."""

ISTHMUS = "isthmus.lock"
# PEP 751, "File Name": one, or one for each purpose, such as pylock.prod.toml.
PYLOCK = "pylock.toml"
PYLOCKS = "pylock*.toml"
UV = "uv.lock"
POETRY = "poetry.lock"
