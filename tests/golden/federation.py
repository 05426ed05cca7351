"""Prints tests/golden/federation.txt from a second implementation of the layouts.

Written from docs/FEDERATION.md alone ("Bytes that are for ever"), so that the C++ code and the
document cannot both be wrong in the same way. Needs python3-cryptography. The file is added to and
never changed: `python3 tests/golden/federation.py | diff - tests/golden/federation.txt`.
"""
import hashlib
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NOW = 1_700_000_000_123
EPOCH = 1_420_070_400_000


def show(name, value):
    print(name, value.hex())


def sha256(data):
    return hashlib.sha256(data).digest()


def blake(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def counting(start, size=32):
    return bytes((start + i) % 256 for i in range(size))


def private(byte):
    return Ed25519PrivateKey.from_private_bytes(bytes([byte]) * 32)


def public(byte):
    return private(byte).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def sign(byte, tag, data):
    return private(byte).sign(tag + data)


def root(leaves, node):
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node(root(leaves[:half], node), root(leaves[half:], node))


def log_node(left, right):
    return sha256(b"\1" + left + right)


def path(index, leaves):
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if index < half:
        return path(index, leaves[:half]) + [root(leaves[half:], log_node)]
    return path(index - half, leaves[half:]) + [root(leaves[:half], log_node)]


def logs():
    body = counting(0x10, 16) + b"event bytes"
    header = struct.pack("<BHQQqQQ", 1, 0x0102, 0x1112131415161718, 0x2122232425262728, NOW,
                         0x3132333435363738, 0x4142434445464748) + sha256(body) + bytes(32)
    show("entry.body", body)
    show("entry.header", header)
    show("entry.leaf", sha256(b"\0" + header))

    show("merkle.empty_root", sha256(b""))
    leaves = [sha256(b"\0" + str(i).encode()) for i in range(7)]
    peaks = [root(leaves[0:4], log_node), root(leaves[4:6], log_node), leaves[6]]
    show("merkle.frontier_7", struct.pack("<Q", 7) + b"".join(peaks))
    show("merkle.root_7", root(leaves, log_node))

    heads = [struct.pack("<B32sQQQ32sq", 1, bytes([0x70] * 32), 2, 2 - i, 100 + i, bytes([i] * 32), NOW)
             for i in (2, 1, 0)]
    tree = [sha256(b"\0" + head) for head in heads]
    signature = sign(1, b"guildhall-head-batch", struct.pack("<I", 3) + root(tree, log_node))
    show("head.bytes", heads[0])
    for i, head in enumerate(heads):
        proof = path(i, tree)
        show(f"head.signed_{i}", head + struct.pack("<IIB", i, 3, len(proof)) + b"".join(proof) + signature)


def derived_id(uid):
    bits = struct.unpack("<I", uid[:4])[0] & 0x3FFFFF
    return struct.pack("<Q", NOW - EPOCH << 22 | bits)


def identity():
    def start(kind, nonce):
        return struct.pack("<BBq", 1, kind, NOW) + counting(nonce, 16)

    node = (start(1, 0x20) + public(1) + counting(0x30) + blake(public(2)) + b"\1" + public(3))
    node_uid = blake(node)
    show("genesis.node", sign(1, b"guildhall-genesis", node) + node)
    show("genesis.node_uid", node_uid)

    user = start(2, 0x40) + public(4) + node_uid + blake(public(5)) + b"\0"
    user_uid = blake(user)
    show("genesis.user", sign(4, b"guildhall-genesis", user) + user)
    show("genesis.user_id", derived_id(user_uid))

    guild = start(3, 0x50) + struct.pack("<H", 1) + user_uid + node_uid + public(6) + b"\0"
    guild_uid = blake(guild)
    show("genesis.guild", sign(6, b"guildhall-genesis", guild) + guild)
    show("genesis.guild_id", derived_id(guild_uid))

    tag = struct.unpack("<H", blake(guild_uid)[:2])[0] & 0xFFF
    show("id.first", struct.pack("<Q", NOW - EPOCH << 22 | tag << 10 | 0x0707 & 511))

    event = (b"\1" + node_uid + struct.pack("<I", 1) + node_uid + struct.pack("<q", NOW + 1) + public(2) +
             counting(0x60) + blake(public(7)) + b"\1" + public(3))
    show("key_event.bytes", event)
    show("key_event.signature", sign(2, b"guildhall-key-event", event))
    show("key_event.hash", blake(event))


def blobs():
    data = b"a" * (2 * 65536 + 3)
    chunks = [blake(b"\0" + data[i:i + 65536]) for i in range(0, len(data), 65536)]
    show("blob.file", blake(data))
    show("blob.chunk_root", root(chunks, lambda left, right: blake(b"\1" + left + right)))


logs()
identity()
blobs()
