"""Checks what the sources of a project for Jython import, without running anything."""

import sys

from isthmus.jython import extensions, python3
from isthmus_cli import importable, lock_names, project_requirements
from isthmus_cli.doctor import project_python3
from isthmus_cli.doctor.signs import Sign, found

_NONE = "the project requires no libraries"
# Of Python 2.7's library and Jython's own, what Python 3 lacks or calls otherwise.
_ONLY_2 = frozenset(
    "BaseHTTPServer CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser"
    " MimeWriter Queue SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO"
    " UserDict UserList UserString __builtin__ anydbm asynchat asyncore audiodev"
    " binhex bsddb cPickle cStringIO commands compiler cookielib copy_reg dbhash"
    " dircache distutils dl dumbdbm dummy_thread dummy_threading exceptions"
    " formatter fpformat future_builtins gdbm hotshot htmlentitydefs htmllib"
    " httplib ihooks imp imputil isql jarray javapath javashell jffi jythonlib"
    " macpath markupbase md5 mhlib mimetools mimify modjy multifile mutex new"
    " os2emxpath parser pawt popen2 posixfile repr rfc822 rexec robotparser sets"
    " sgmllib sha smtpd sre statvfs stringold strop symbol synchronize thread"
    " toaiff ucnhash unicodedata urllib2 urlparse user whichdb xmllib xmlrpclib"
    " zxjdbc".split()
)
# Prefixes of Java packages; of two letters, every name is one: a country's domain.
_JAVA = frozenset("com edu io jakarta java javax jdk net netscape org sun".split())


def undeclared(directory, table, sources):
    """Yield a Finding for each library that a project without requirements imports.

    What libraries have which modules is not known here: a virtual environment is
    CPython's. So if anything is required, everything may be.

    :param table: [tool.isthmus].
    """
    file = project_python3.requirements_file(directory, table)
    elsewhere = [name for name in ("lib", "java-lib") if table.get(name)]
    if elsewhere or file.with_name(lock_names.ISTHMUS).exists():
        return
    is_none = project_requirements.are_none(directory)
    if not is_none or project_python3.wanted(file) != set():
        return
    where = project_python3.stating(directory, file)
    # In a package of Python 2, `import models` is first a module beside it (PEP 328).
    own = {part for name in sources for part in importable.dotted(name).split(".")}
    known = own | project_python3.standard() | _ONLY_2 | _JAVA | project_python3.LENT
    for top, name in project_python3.imported(sources).items():
        # Other findings are about what only Python 3 or CPython has.
        is_other = python3.instead(top) or extensions.instead(top)
        is_known = top in known or top in sys.builtin_module_names or len(top) == 2
        if not is_known and not is_other:
            yield found(Sign.MODULE_UNDECLARED, name, top, _NONE, remedy=(where,))
