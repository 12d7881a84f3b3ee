"""Stores passwords as hashes, and checks passwords: PBKDF2 with SHA-256.

``python -m isthmus.middleware.passwords`` prompts for one and prints its hash.
"""

from __future__ import absolute_import

import base64
import binascii
import hashlib
import hmac
import os

# OWASP's advice for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet, 2023).
ROUNDS = 600000
_MAX_REMEMBERED = 10000


class Passwords(object):
    """Users and the hashes of their passwords; call it to check a password.

    An unknown user takes as long as a wrong password. A correct password is cached in
    memory, as a keyed hash: Basic authentication sends it with each request.

    **Threading.** Used by any number of threads: each access is one of a dictionary's.

    :param hashes: {user: hash}, each as ``hashed`` makes it.
    """

    def __init__(self, hashes):
        self._hashes = dict(hashes)
        for user, text in self._hashes.items():
            if not _parts(text):
                raise ValueError("The hash of user '%s' is malformed." % user)
        self._nobody = None
        self._key = os.urandom(32)
        self._right = {}

    def __call__(self, user, password):
        """Tell whether this is the user's password.

        :param password: octets.
        """
        text = self._hashes.get(user) or self._no_hash()
        known = hmac.new(self._key, text.encode("ascii") + password, hashlib.sha256)
        known = known.digest()
        if known in self._right:
            return True
        rounds, salt, wanted = _parts(text)
        is_right = equal(_derived(password, salt, rounds), wanted)
        if not is_right or user not in self._hashes:
            return False
        if len(self._right) > _MAX_REMEMBERED:
            self._right.clear()
        self._right[known] = user
        return True

    def _no_hash(self):
        if self._nobody is None:
            rounds = [_parts(text)[0] for text in self._hashes.values()]
            # Two threads may both get here; either hash will do.
            self._nobody = hashed("", max(rounds or [ROUNDS]))
        return self._nobody


def of_file(path):
    """Return the Passwords of a file of lines ``user:hash``; # starts a comment."""
    return Passwords(dict(line.rsplit(":", 1) for line in lines(path) if ":" in line))


def lines(path):
    """Yield the lines of a file of users, as native strings: a character an octet."""
    with open(path, "rb") as octets:
        for line in octets:
            line = (line if str is bytes else line.decode("latin-1")).strip()
            if not line.startswith("#"):
                yield line


def hashed(password, rounds=ROUNDS):
    """Return the hash of a password, with its own salt.

    :param password: octets, or text, which is encoded as UTF-8.
    :param rounds: the amount of work.
    """
    octets = password if isinstance(password, bytes) else password.encode("utf-8")
    salt = os.urandom(16)
    derived = _derived(octets, salt, rounds)
    texts = [str(base64.b64encode(part).decode("ascii")) for part in (salt, derived)]
    return "pbkdf2-sha256$%d$%s$%s" % (rounds, texts[0], texts[1])


def equal(one, other):
    """Compare octets, in a time that does not reveal where they differ."""
    one, other = bytearray(one), bytearray(other)
    different = len(one) ^ len(other)
    for left, right in zip(one, other):
        different |= left ^ right
    return different == 0


def _parts(text):
    """Return rounds, salt and derived key of a hash, or None if it is malformed."""
    name, _, rest = text.partition("$")
    parts = rest.split("$")
    if name != "pbkdf2-sha256" or len(parts) != 3 or not parts[0].isdigit():
        return None
    try:
        return int(parts[0]), base64.b64decode(parts[1]), base64.b64decode(parts[2])
    except (TypeError, ValueError, binascii.Error):
        return None


def _derived(password, salt, rounds):
    if hasattr(hashlib, "pbkdf2_hmac"):
        return hashlib.pbkdf2_hmac("sha256", password, salt, rounds)
    # Jython's hashlib has none. Java's takes characters, and encodes them as UTF-8.
    from java.lang import String
    from javax.crypto import SecretKeyFactory
    from javax.crypto.spec import PBEKeySpec

    characters = String(password.decode("utf-8", "replace")).toCharArray()
    factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
    spec = PBEKeySpec(characters, salt, rounds, 256)
    key = factory.generateSecret(spec).getEncoded()
    return bytes(bytearray(octet & 0xFF for octet in key))


if __name__ == "__main__":
    import getpass

    print(hashed(getpass.getpass()))
