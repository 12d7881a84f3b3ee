"""However large it is, one block of it is in memory.

``wsgi.input`` is read in blocks of 64 KiB, and each block goes through the checksum and
is gone. Nothing is kept, and nothing is written to a disk; size and SHA-256 come back.
``web.xml`` sets an upper limit all the same, ``isthmus.request.max_body``: whoever
sends more gets 413 from the bridge.
"""
import hashlib

import multipart
from body import blocks
from markup import escape


def application(environ, start_response):
    status, html = "200 OK", FORM
    if environ["REQUEST_METHOD"] == "POST":
        try:
            html += _table(_files(environ))
        except multipart.Malformed as e:
            status, html = "400 Bad Request", FORM + NOTICE.format(escape(e.args[0]))
    start_response(status, [("Content-Type", "text/html; charset=utf-8")])
    return [html.encode("utf-8")]


def _files(environ):
    """Yield name, media type, size and SHA-256 of each file in the form."""
    boundary = multipart.boundary(environ.get("CONTENT_TYPE", ""))
    for part in multipart.parts(blocks(environ), boundary):
        if part.filename:
            size, digest = 0, hashlib.sha256()
            for block in part.blocks:
                size += len(block)
                digest.update(block)
            yield part.filename, part.content_type, size, digest.hexdigest()


def _table(files):
    rows = u"".join(
        ROW.format(escape(name), escape(kind), size, digest)
        for name, kind, size, digest in files
    )
    return TABLE.format(rows) if rows else NOTICE.format(u"No file was chosen.")


FORM = u"""<form method="post" enctype="multipart/form-data">
<label>One file or several <input type="file" name="file" multiple required></label>
<button>Send</button>
</form>
"""

NOTICE = u'<p class="notice" role="alert">{}</p>\n'

TABLE = u"""<table id="files" class="stacks">
<caption>What has arrived</caption>
<thead><tr><th scope="col">File</th><th scope="col">Type</th><th scope="col">Bytes</th>
<th scope="col">SHA-256</th></tr></thead>
<tbody>{}</tbody>
</table>
"""

ROW = u"""<tr><th scope="row">{}</th><td>{}</td><td class="number">{}</td>
<td><code class="digest">{}</code></td></tr>
"""
