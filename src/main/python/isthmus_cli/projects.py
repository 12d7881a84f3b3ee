"""Projects of the package index that were probably meant by another name."""

from isthmus_cli.names import nearest

# Projects that many know by the name of their module alone.
_PROJECTS = {
    "crypto": "pycryptodome",
    "cv2": "opencv-python-headless",
    "dateutil": "python-dateutil",
    "mysqldb": "mysqlclient",
    "openssl": "pyOpenSSL",
    "pil": "Pillow",
    "skimage": "scikit-image",
    "yaml": "PyYAML",
}
# Often required, and so often misspelled.
_USUAL = (
    "beautifulsoup4 celery django djangorestframework falcon flask flask-login"
    " flask-sqlalchemy flask-wtf httpx jinja2 lxml matplotlib numpy openpyxl pandas"
    " psycopg psycopg2-binary pydantic pymysql pyramid python-dotenv pyyaml redis"
    " requests scikit-learn scipy sqlalchemy werkzeug whitenoise"
).split()


def meant(names):
    """A sentence for each project that was probably meant, or nothing."""
    found = (
        " Did you mean '%s'?" % _PROJECTS[name]
        if name in _PROJECTS
        else nearest(name, _USUAL)
        for name in names
    )
    return "".join(dict.fromkeys(found))
