"""A passphrase on an age file (age-encryption.org/v1, scrypt), written and opened in a stream.

By the specification rather than by pyrage, whose passphrases ask for 1 GB (more than we accept)
and stop every thread of the program for seconds; the primitives are OpenSSL's and libsodium's.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from io import BufferedIOBase

from fieldnotes.errors import PassphraseNeeded
from fieldnotes.trust.sealing import INTRO, MOST_WORK, damaged

WORK = 18  # as the age program asks for
_LABEL = b"age-encryption.org/v1/scrypt"
_CHUNK, _TAG = 64 << 10, 16
_HEADER = re.compile(
    re.escape(INTRO)
    + rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
    + rb" ([A-Za-z0-9+/]{43})\n"
)
_LONGEST = 256


def lock(source: BufferedIOBase, target: BufferedIOBase, passphrase: str) -> None:
    """Encrypt `source` into `target`. Takes about a second and 256 MiB; other threads go on."""
    key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    body = _encrypted(_wrapping(passphrase, salt, WORK), bytes(12), key)
    told = b"-> scrypt " + _text(salt) + b" %d\n" % WORK + _text(body) + b"\n---"
    target.write(INTRO + told + b" " + _text(_mac(key, INTRO + told)) + b"\n" + nonce)
    payload = _derived(key, nonce, b"payload")
    for number, chunk, last in _chunks(source, _CHUNK):
        target.write(_encrypted(payload, _nonce(number, last), chunk))


def unlock(source: BufferedIOBase, target: BufferedIOBase, passphrase: str) -> None:
    """Decrypt `source`, which stands at its start. Raises BundleRefused, PassphraseNeeded."""
    found = _HEADER.match(source.read(_LONGEST))
    if found is None or int(found[2]) > MOST_WORK:
        raise damaged()
    salt, body, mac = (_bytes(found[part]) for part in (1, 3, 4))
    key = _decrypted(_wrapping(passphrase, salt, int(found[2])), bytes(12), body)
    if key is None:
        raise PassphraseNeeded(
            "This passphrase does not open the file.", "Ask its sender for the right one."
        )
    if not hmac.compare_digest(mac, _mac(key, found[0][: -len(b" \n") - 43])):
        raise damaged()
    source.seek(found.end())
    nonce = source.read(16)
    if len(nonce) < 16:
        raise damaged()
    payload = _derived(key, nonce, b"payload")
    for number, sealed, last in _chunks(source, _CHUNK + _TAG):
        chunk = _decrypted(payload, _nonce(number, last), sealed)
        if chunk is None or (number and not chunk):  # only an empty file ends in an empty chunk
            raise damaged()
        target.write(chunk)


def _chunks(source: BufferedIOBase, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """(number, chunk, whether it is the last); a chunk that is not the last one is full."""
    number, chunk = 0, source.read(size)
    while following := source.read(size):
        yield number, chunk, False
        number, chunk = number + 1, following
    yield number, chunk, True


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if last else b"\0")


def _wrapping(passphrase: str, salt: bytes, work: int) -> bytes:
    told = passphrase.encode("utf-8", "surrogatepass")
    n = 1 << work
    room = 128 * 8 * (n + 64)  # n blocks of 128 * r bytes, and a little beside
    return hashlib.scrypt(told, salt=_LABEL + salt, n=n, r=8, p=1, maxmem=room, dklen=32)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869) of one block."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\1", "sha256")


def _mac(key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(key, b"", b"header"), header, "sha256")


def _encrypted(key: bytes, nonce: bytes, content: bytes) -> bytes:
    from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt

    sealed: bytes = crypto_aead_chacha20poly1305_ietf_encrypt(content, None, nonce, key)
    return sealed


def _decrypted(key: bytes, nonce: bytes, content: bytes) -> bytes | None:
    from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    try:
        opened: bytes = crypto_aead_chacha20poly1305_ietf_decrypt(content, None, nonce, key)
    except (CryptoError, ValueError):
        return None
    return opened


def _text(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    """Raises BundleRefused for a second way to write the same bytes."""
    content = b64decode(text + b"=" * (-len(text) % 4))
    if _text(content) != text:
        raise damaged()
    return content
