"""The pages in notebook/web as one application, with PasteWebKit's whole stack."""

import tempfile

from paste.webkit.wsgiapp import make_webkit_app

application = make_webkit_app(
    # What lies beside the pages is sent to whom asks for it, but for these: Jython's
    # bytecode ends in .class, and Paste knows .pyc alone.
    {"hide_extensions": [".class", ".pyc"]},
    package_name="notebook",
    # The cookie is of the whole host: a name that no other application has.
    cookie_name="notebook",
    # A directory of this application's own, for sessions are files in it.
    session_file_path=tempfile.mkdtemp(prefix="notebook"),
    error_message="The notebook is torn.",
)
