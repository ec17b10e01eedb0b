"""An age file written by hand (age-encryption.org/v1), so that its lies are sealed properly."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from random import Random

from nacl import bindings

from tests.faults.hostile.naughty import altered_bytes, number

INTRO = b"age-encryption.org/v1\n"
CHUNK = 64 << 10
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def x25519_stanza(random: Random, recipient: str, file_key: bytes) -> bytes:
    """What the holder of an `age1…` key finds the file's key in."""
    theirs, secret = _key_of(recipient), random.randbytes(32)
    ours = bindings.crypto_scalarmult_base(secret)
    shared = bindings.crypto_scalarmult(secret, theirs)
    wrapping = _derived(shared, ours + theirs, b"age-encryption.org/v1/X25519")
    body = _sealed(wrapping, bytes(12), file_key)
    return b"-> X25519 " + _text(ours) + b"\n" + _text(body) + b"\n"


def scrypt_stanza(random: Random, passphrase: str, file_key: bytes, work: int) -> bytes:
    """The same for whoever knows the passphrase."""
    salt = random.randbytes(16)
    label = b"age-encryption.org/v1/scrypt" + salt
    wrapping = hashlib.scrypt(passphrase.encode(), salt=label, n=1 << work, r=8, p=1, dklen=32)
    body = _sealed(wrapping, bytes(12), file_key)
    return b"-> scrypt " + _text(salt) + b" %d\n" % work + _text(body) + b"\n"


def age_file(random: Random, stanzas: list[bytes], file_key: bytes, content: bytes) -> bytes:
    """Header, right MAC, nonce and chunks."""
    head = INTRO + b"".join(stanzas) + b"---"
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    nonce = random.randbytes(16)
    return head + b" " + _text(mac) + b"\n" + nonce + _chunks(random, file_key, nonce, content)


def lying_file(random: Random, recipient: str, passphrase: str, content: bytes) -> bytes:
    """Sealed for somebody who can open it, with one thing in it that is not as it should be."""
    key = random.randbytes(16)
    stanzas = [x25519_stanza(random, recipient, key)]
    if random.random() < 0.4:
        stanzas = [scrypt_stanza(random, passphrase, key, random.choice((1, 2, 5)))]
    way = random.randrange(6)
    if way == 0:
        stanzas = [altered_bytes(random, stanzas[0])]
    elif way == 1:
        stanzas.insert(random.randrange(2), _any_stanza(random))
    elif way == 2:
        stanzas *= random.choice((0, 2, 300))
    elif way == 3:
        return altered_bytes(random, age_file(random, stanzas, key, content))
    elif way == 4:
        return b64encode(age_file(random, stanzas, key, content))
    return age_file(random, stanzas, key, content)


def _any_stanza(random: Random) -> bytes:
    told = str(number(random)).encode()
    work = random.choice((b"18", b"19", b"22", b"0", b"01", b"-1", b"99999999999", told))
    return random.choice(
        (
            b"-> scrypt " + b"A" * 22 + b" " + work + b"\n" + b"A" * 43 + b"\n",
            b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n",
            b"-> x-grease \n\n",
            b"-> ssh-rsa AAAA\n" + b"A" * 64 + b"\n\n",
            b"->" + b" a" * 5_000 + b"\n\n",
        )
    )


def _chunks(random: Random, file_key: bytes, nonce: bytes, content: bytes) -> bytes:
    """Mostly right; now and then a chunk too many, or none that says it is the last."""
    key = _derived(file_key, nonce, b"payload")
    pieces = [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)] or [b""]
    if random.random() < 0.1:
        pieces.append(b"")
    last = len(pieces) - 1 if random.random() < 0.9 else -1
    sealed = (
        _sealed(key, number.to_bytes(11) + bytes([number == last]), piece)
        for number, piece in enumerate(pieces)
    )
    return b"".join(sealed)


def _key_of(recipient: str) -> bytes:
    """The 32 bytes in `age1…` (Bech32; its checksum is not looked at)."""
    bits = 0
    for letter in recipient.removeprefix("age1")[:-6]:
        bits = bits << 5 | _LETTERS.index(letter)
    return (bits >> 4).to_bytes(32)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, purpose + b"\1", "sha256")


def _sealed(key: bytes, nonce: bytes, content: bytes) -> bytes:
    made: bytes = bindings.crypto_aead_chacha20poly1305_ietf_encrypt(content, None, nonce, key)
    return made


def _text(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")
