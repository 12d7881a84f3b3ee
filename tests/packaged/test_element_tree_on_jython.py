"""What litmus cannot pass on Jython, without Isthmus and without WebDAV.

Jython's ElementTree writes a character beyond U+FFFF as two character references, each
a half of it, and no parser of XML takes these: WsgiDAV keeps properties so.
"""

import jython

PROGRAM = r"""
from xml.etree import ElementTree
written = ElementTree.tostring(ElementTree.fromstring("<a>\xf0\x90\x80\x80</a>"))
print written
try:
    ElementTree.fromstring(written)
except ElementTree.ParseError as e:
    print e
"""


def test_character_beyond_the_bmp_is_written_as_what_cannot_be_read(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    # standalone has the parser that ElementTree asks for.
    assert jython.run(program, jars="jython-standalone").splitlines() == [
        "<a>&#55296;&#56320;</a>",
        'Character reference "&#55296" is an invalid XML character.',
    ]
