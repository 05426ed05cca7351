"""Prints tests/golden/link.txt: the beginning of a link between two nodes with known keys.

Written from docs/FEDERATION.md ("Links") and the Noise specification, so that the C++ code and the
document cannot both be wrong in the same way. Needs python3-cryptography. The file is added to and
never changed: `python3 tests/golden/link.py | diff - tests/golden/link.txt`.
"""
import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def show(name, value):
    print(name, value.hex())


def raw_public(key):
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sized(data):
    return struct.pack("<H", len(data)) + data


# -- Noise ----------------------------------------------------------------------------------------


def blake(data):
    return hashlib.blake2b(data).digest()


def hkdf(chaining_key, data):
    def mac(key, text):
        return hmac.new(key, text, hashlib.blake2b).digest()

    temporary = mac(chaining_key, data)
    first = mac(temporary, b"\x01")
    return first, mac(temporary, first + b"\x02")


class Cipher:
    def __init__(self, key=None):
        self.key, self.nonce = key, 0

    def at(self, nonce, associated, plain):
        return ChaCha20Poly1305(self.key).encrypt(bytes(4) + struct.pack("<Q", nonce), plain,
                                                  associated)

    def encrypt(self, associated, plain):
        if self.key is None:
            return plain
        self.nonce += 1
        return self.at(self.nonce - 1, associated, plain)

    def rekey(self):
        self.key = self.at(2**64 - 1, b"", bytes(32))[:32]


class Symmetric:
    """What both sides have after the same messages: who writes does the same as who reads."""

    def __init__(self, name, prologue):
        self.hash = self.chaining_key = name.ljust(64, b"\0")
        self.cipher = Cipher()
        self.mix_hash(prologue)

    def mix_hash(self, data):
        self.hash = blake(self.hash + data)

    def mix_key(self, secret):
        self.chaining_key, key = hkdf(self.chaining_key, secret)
        self.cipher = Cipher(key[:32])

    def seal(self, plain):
        sealed = self.cipher.encrypt(self.hash, plain)
        self.mix_hash(sealed)
        return sealed

    def split(self):
        first, second = hkdf(self.chaining_key, b"")
        return Cipher(first[:32]), Cipher(second[:32])


# -- Nodes ----------------------------------------------------------------------------------------


class Node:
    def __init__(self, byte, ephemeral):
        signing = Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32)
        following = Ed25519PrivateKey.from_private_bytes(bytes([byte + 100]) * 32)
        self.static = X25519PrivateKey.from_private_bytes(bytes([byte]) * 32)
        self.ephemeral = X25519PrivateKey.from_private_bytes(bytes([ephemeral]) * 32)
        commit = hashlib.blake2b(raw_public(following), digest_size=32).digest()
        genesis = (struct.pack("<BBq", 1, 1, 1_700_000_000_000) + bytes([byte]) * 16 +
                   raw_public(signing) + raw_public(self.static) + commit + b"\0")
        self.uid = hashlib.blake2b(genesis, digest_size=32).digest()
        signed = signing.sign(b"guildhall-genesis" + genesis) + genesis
        proof = signing.sign(b"guildhall-noise-static" + raw_public(self.static))
        self.identity = b"\x01" + sized(signed) + struct.pack("<H", 0) + proof


def exchange(mine, theirs):
    return mine.exchange(X25519PublicKey.from_public_bytes(raw_public(theirs)))


# -- Frames, by the encoding of Cap'n Proto -------------------------------------------------------


def words(data):
    return data + bytes(-len(data) % 8)


def struct_pointer(offset, data, pointers):
    return struct.pack("<iHH", offset << 2, data, pointers)


def list_pointer(offset, size, count):
    return struct.pack("<iI", offset << 2 | 1, count << 3 | size)


def with_pointers(contents):
    """A pointer section of lists and what it points at: (size class, count, bytes) or None each."""
    pointers, behind = b"", b""
    for i, content in enumerate(contents):
        if content is None:
            pointers += bytes(8)
            continue
        size, count, data = content
        pointers += list_pointer(len(contents) - i - 1 + len(behind) // 8, size, count)
        behind += words(data)
    return pointers + behind


def text(value):
    return 2, len(value) + 1, value + b"\0"


def frame(number, member, data, contents):
    body = struct_pointer(0, 2, 1) + struct.pack("<QQ", number, member)
    body += struct_pointer(0, len(data) // 8, len(contents)) + data + with_pointers(contents)
    return struct.pack("<II", 0, len(body) // 8) + body


def hello(name):
    return frame(0, 0, struct.pack("<HHIq", 1, 1, 0, 0),
                 [None, (3, 1, b"\x01\0"), text(name), text(b"test"), (2, 16, bytes(16)), None])


# -- The link -------------------------------------------------------------------------------------

LINK, CONTROL = b"\x05", b"\x00"


def main():
    dialer, listener = Node(1, 77), Node(2, 78)
    prologue = b"GHFED" + struct.pack("<H", 1) + listener.uid
    state = Symmetric(b"Noise_XX_25519_ChaChaPoly_BLAKE2b", prologue)
    show("dialer.uid", dialer.uid)
    show("listener.uid", listener.uid)
    show("prologue", prologue)

    note = struct.pack("<HB", 1, 1)
    state.mix_hash(raw_public(dialer.ephemeral))
    first = raw_public(dialer.ephemeral) + state.seal(note)
    show("message.1", sized(first))

    second = raw_public(listener.ephemeral)
    state.mix_hash(second)
    state.mix_key(exchange(dialer.ephemeral, listener.ephemeral))
    second += state.seal(raw_public(listener.static))
    state.mix_key(exchange(dialer.ephemeral, listener.static))
    second += state.seal(listener.identity)
    show("message.2", sized(second))

    third = state.seal(raw_public(dialer.static))
    state.mix_key(exchange(dialer.static, listener.ephemeral))
    third += state.seal(dialer.identity)
    show("message.3", sized(third))

    to_listener, to_dialer = state.split()
    show("dialer.hello", hello(b"a.example"))
    show("dialer.record.0", sized(to_listener.encrypt(b"", LINK + hello(b"a.example"))))
    show("listener.record.0", sized(to_dialer.encrypt(b"", LINK + hello(b"b.example"))))
    question = frame(1, 8, b"", [text(b"code")])
    show("dialer.question", question)
    show("dialer.record.1", sized(to_listener.encrypt(b"", CONTROL + question)))

    late = Cipher(bytes([7]) * 32)
    late.nonce = 2**20 - 1
    show("rekey.before", sized(late.encrypt(b"", b"last")))
    late.rekey()
    show("rekey.after", sized(late.encrypt(b"", b"first")))


main()
