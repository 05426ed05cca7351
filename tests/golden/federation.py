"""Prints tests/golden/federation.txt from a second implementation of the layouts.

Written from docs/FEDERATION.md alone ("Bytes that are for ever"), so that the C++ code and the
document cannot both be wrong in the same way. Needs python3-cryptography. The file is added to and
never changed: `python3 tests/golden/federation.py | diff - tests/golden/federation.txt`.
"""
import hashlib
import hmac
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


def tiles(begin, end):
    while begin < end:
        size = 1
        while begin % (2 * size) == 0 and begin + 2 * size <= end:
            size *= 2
        yield begin, begin + size
        begin += size


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
    left, right = ([root(leaves[a:b], log_node) for a, b in tiles(*span)] for span in ((0, 3), (5, 7)))
    show("merkle.range_3_5_of_7", b"".join(bytes([len(side)]) + b"".join(side) for side in (left, right)))

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


def u16(data):
    return struct.pack("<H", len(data)) + data


def node_genesis():
    node = (struct.pack("<BBq", 1, 1, NOW) + counting(0x20, 16) + public(1) + counting(0x30) +
            blake(public(2)) + b"\1" + public(3))
    return node, sign(1, b"guildhall-genesis", node) + node


def key_event(version, ts, signing, target, commit, rotation, more=b""):
    uid = blake(node_genesis()[0])
    return (bytes([version]) + uid + struct.pack("<I", 1) + uid + struct.pack("<q", ts) + public(signing) +
            target + blake(public(commit)) + bytes([len(rotation)]) + b"".join(map(public, rotation)) + more)


def key_log():
    event = key_event(1, NOW + 1, 2, counting(0x60), 7, [3])
    stored = sign(2, b"guildhall-key-event", event) + event
    return u16(node_genesis()[1]) + struct.pack("<H", 1) + u16(stored)


def keys():
    event = key_event(1, NOW + 1, 2, counting(0x60), 7, [3])
    recovery = key_event(2, NOW + 2, 8, counting(0x60), 9, [3], blake(event) + b"\0")
    show("key_event.recovery", sign(3, b"guildhall-key-event", recovery) + recovery)

    move = key_event(1, NOW + 1, 2, counting(0x90), 7, [])
    seq = struct.pack("<I", 3)
    consent = seq + sign(11, b"guildhall-migration", blake(move) + seq)
    show("key_event.move", sign(2, b"guildhall-key-event", move) + move + consent)
    show("key_log.bytes", key_log())


def head(size, value, ts=NOW):
    return struct.pack("<B32sQQQ32sq", 1, bytes([0x70] * 32), 2, 5, size, bytes([value] * 32), ts)


def commands():
    body = counting(0x10, 16) + b"call bytes"
    header = (struct.pack("<B32sQ32sQQQqq", 1, bytes([0x70] * 32), 0x0102030405060708, bytes([0x71] * 32),
                          0x1112131415161718, 0x2122232425262728, 0x3132333435363738, NOW, NOW + 600_000) +
              sha256(body))
    device = public(5) + sign(5, b"guildhall-device", header)
    show("command.header", header)
    show("command.hash", sha256(header))
    show("command.stored", header + sign(1, b"guildhall-command", header) + b"\1" + device + body)

    receipt = struct.pack("<B32sQ32sQQ32sq", 1, bytes([0x70] * 32), 2, sha256(header), 5, 6,
                          bytes([0x72] * 32), NOW)
    show("receipt.stored", sign(1, b"guildhall-receipt", receipt) + receipt)
    cosignature = b"\1" + bytes([0x73] * 32) + head(7, 1) + struct.pack("<q", NOW + 1)
    show("cosignature.stored", sign(1, b"guildhall-cosignature", cosignature) + cosignature)
    show("origin_window.bytes", struct.pack("<BQH", 1, 1300, 2) + struct.pack("<H", 300) + counting(0x40, 16) +
         struct.pack("<H", 0) + counting(0x50, 16))


def profile():
    texts = [b"alice", b"Alice", b"a_00", b"", "b\u00efo".encode()]
    data = (struct.pack("<BQ32s32sQ", 1, 0x2122232425262728, bytes([0x74] * 32), bytes([0x71] * 32), 9) +
            b"".join(map(u16, texts)) + struct.pack("<BIQB", 1, 0x123456, 64, 1))
    show("profile.stored", sign(1, b"guildhall-profile", data) + data)


def hosting():
    guild, candidate, root_hash = bytes([0x70] * 32), bytes([0x75] * 32), bytes([0x76] * 32)
    vote = struct.pack("<B32sQQ32sQ32sQ32sIq", 1, guild, 4, 2, candidate, 100, root_hash, 500,
                       bytes([0x77] * 32), 3, NOW)
    vote = sign(2, b"guildhall-vote", vote) + vote
    show("vote.stored", vote)
    data = (struct.pack("<BB32sQQQ32s32s", 1, 2, guild, 4, 2, 100, root_hash, candidate) + u16(b"node.example") +
            b"\1" + u16(b"node.example:8443") + struct.pack("<q", NOW))
    signatures = (candidate + struct.pack("<I", 1) + sign(4, b"guildhall-hosting", data) +
                  bytes(32) + struct.pack("<I", 0) + sign(6, b"guildhall-hosting", data))
    show("certificate.stored", u16(data) + b"\2" + signatures + b"\1" + vote)


def evidence():
    def signed_head(value):
        data = head(7, value)
        leaf = sha256(b"\0" + data)
        return data + struct.pack("<IIB", 0, 1, 0) + sign(1, b"guildhall-head-batch", struct.pack("<I", 1) + leaf)

    def listed(items):
        return bytes([len(items)]) + b"".join(struct.pack("<I", len(item)) + item for item in items)

    show("evidence.bytes", b"\1\1" + bytes([0x70] * 32) + listed([key_log()]) +
         listed([signed_head(1), signed_head(2)]))
    entry = struct.pack("<BHQQqQQ", 1, 0, 5, 0, 0, 0, 0) + bytes(64)
    show("evidence.place", entry + b"\2" + bytes([1] * 32) + bytes([2] * 32))


def recovery():
    entropy = counting(0xF8, 20)
    bits = "".join(f"{byte:08b}" for byte in entropy + blake(b"guildhall-phrase" + entropy)[:3])[:180]
    letters = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[i:i + 5], 2)] for i in range(0, 180, 5))
    show("recovery.phrase", "-".join(letters[i:i + 6] for i in range(0, 36, 6)).encode())
    pseudorandom = hmac.digest(bytes(32), entropy, "sha256")
    seed = hmac.digest(pseudorandom, b"guildhall-rotation-key" + b"\1", "sha256")
    key = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    show("recovery.rotation_key", key.public_bytes(Encoding.Raw, PublicFormat.Raw))


logs()
identity()
blobs()
keys()
commands()
profile()
hosting()
evidence()
recovery()
