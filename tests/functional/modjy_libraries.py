"""Libraries of each kind that modjy finds in WEB-INF/lib-python."""

import io
import zipfile

from paths import HERE

SITE = HERE / "sites" / "modjy"


def _zip(**modules):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in modules.items():
            archive.writestr(name.replace("__", "/") + ".py", text)
    return data.getvalue()


LIBRARIES = {
    "WEB-INF/lib-python": SITE / "lib-python",
    "WEB-INF/lib-python/extra/__init__.py": "",
    "WEB-INF/lib-python/extra/tools.py": "NAME = 'package'\n",
    "WEB-INF/lib-python/modules.zip": _zip(zipped="NAME = 'zip'\n"),
    "WEB-INF/lib-python/executed_by_pth.py": "",
    "WEB-INF/lib-python/x.pth": "# why\n\nimport executed_by_pth\narchives/in.zip\n",
    "WEB-INF/lib-python/archives/in.zip": _zip(inner="NAME = 'pth'\n"),
}
