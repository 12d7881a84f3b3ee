"""The configuration of the wiki, which MoinMoin imports by this name."""

import os
import tempfile

from MoinMoin.config import multiconfig


def _data():
    """Return the directory of the pages, with what MoinMoin wants to find in it."""
    data = os.environ.get("MOIN_DATA") or tempfile.mkdtemp(prefix="moin")
    for name in ("cache", "pages", "plugin", "underlay/pages", "user"):
        if not os.path.isdir(os.path.join(data, name)):
            os.makedirs(os.path.join(data, name))
    # The plugins of this wiki are a package, if an empty one.
    open(os.path.join(data, "plugin", "__init__.py"), "a").close()
    return data


class Config(multiconfig.DefaultConfig):
    sitename = u"A wiki in a servlet container"
    interwikiname = u"ContainerWiki"
    page_front_page = u"FrontPage"
    data_dir = _data()
    # MoinMoin's own pages of help are not in its Python package: none.
    data_underlay_dir = os.path.join(data_dir, "underlay")
    # Pages are formatted anew each time: MoinMoin would keep them as code, which
    # Jython cannot marshal.
    caching_formats = []
    # Whoever comes may write. Of a real wiki: u"Known:read,write All:read" or the like.
    acl_rights_default = u"All:read,write"
    # Of a real wiki, from the environment: never in the source.
    secrets = "only an example, and no secret at all"
