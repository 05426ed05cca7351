#pragma once
// Trees and logs for tests: a tree of made-up leaves with all its proofs, and a host that appends
// entries to one log and signs its heads.

#include "federation/mirror_log.h"
#include "tests/unit/federation/statements.h"

#include <string>
#include <utility>
#include <vector>

namespace guildhall::federation::testing {

/// Leaf hashes, and the hash of any subtree over them.
struct TreeOf {
    TreeOf() = default;
    explicit TreeOf(std::uint64_t size) {
        for (std::uint64_t i = 0; i < size; ++i)
            leaves.push_back(leaf_hash(ByteView(std::to_string(i))));
    }

    protocol::Result<Hash32> subtree(std::uint32_t level, std::uint64_t index) const {
        if (level == 0) return leaves.at(index);
        const auto left = subtree(level - 1, 2 * index);
        const auto right = subtree(level - 1, 2 * index + 1);
        return node_hash(*left, *right);
    }
    auto hasher() const {
        return [this](std::uint32_t level, std::uint64_t index) { return subtree(level, index); };
    }
    RangeProof range(std::uint64_t from, std::uint64_t to) const {
        return range_proof(from, to, leaves.size(), hasher()).value();
    }
    std::vector<Hash32> consistency(std::uint64_t old_size, std::uint64_t new_size) const {
        if (old_size == 0 || old_size == new_size) return {};
        return consistency_proof(old_size, new_size, hasher()).value();
    }
    Hash32 root(std::uint64_t size) const {
        return size == 0 ? empty_root() : range_root(0, size, hasher()).value();
    }
    Hash32 root() const { return root(leaves.size()); }
    Frontier frontier(std::uint64_t size) const {
        Frontier out;
        for (std::uint64_t i = 0; i < size; ++i) out.append(leaves[i]);
        return out;
    }
    std::vector<Hash32> slice(std::uint64_t from, std::uint64_t to) const {
        return {leaves.begin() + static_cast<std::ptrdiff_t>(from),
                leaves.begin() + static_cast<std::ptrdiff_t>(to)};
    }

    std::vector<Hash32> leaves;
};

/// A host's side of one log.
struct HostLog {
    static constexpr std::uint64_t kLog = 77;
    static constexpr protocol::UnixMs kStart = 1'700'000'000'000;

    /// Appends an entry of one millisecond after the last; bodies are made up.
    void add(const std::string& text) {
        const std::string body = make_body({}, text);
        EntryHeader header;
        header.kind = 18;
        header.log_id = kLog;
        header.seq = tree.leaves.size();
        header.ts_ms = ++now;
        header.object_id = header.seq + 1;
        header.body_hash = body_hash(body);
        headers.push_back(encode(header));
        bodies.push_back(body);
        times.push_back(now);
        tree.leaves.push_back(leaf_hash(ByteView(headers.back())));
    }
    void fill(std::size_t count, const std::string& text = "entry") {
        for (std::size_t i = 0; i < count; ++i) add(text + std::to_string(i));
    }
    Head head_at(std::uint64_t size) const {
        return {uid, epoch, kLog, size, tree.root(size), size == 0 ? kStart : times[size - 1]};
    }
    std::string sign(const Head& head) const {
        return encode(sign_heads({head}, node.signing).front());
    }
    std::string signed_head(std::uint64_t size) const { return sign(head_at(size)); }

    Hash32 uid = filled(9);
    std::uint64_t epoch = 0;
    TestNode node{3};
    protocol::UnixMs now = kStart;
    TreeOf tree;
    std::vector<std::string> headers, bodies;
    std::vector<protocol::UnixMs> times;
};

/// Entries [from, to) under the host's head at `head_size`.
inline Append batch_of(const HostLog& host,
                       std::uint64_t from,
                       std::uint64_t to,
                       std::uint64_t head_size) {
    Append out;
    out.guildUid = host.uid;
    out.logId = HostLog::kLog;
    out.firstSeq = from;
    out.head = host.signed_head(head_size);
    for (std::uint64_t i = from; i < to; ++i)
        out.entries.push_back({host.headers[i], host.bodies[i], {}});
    if (to != head_size) out.consistency = host.tree.consistency(to, head_size);
    return out;
}

/// The same with what proves them one by one: the answer to a request for the past.
inline Range range_of(const HostLog& host, std::uint64_t from, std::uint64_t to) {
    Range out;
    out.guildUid = host.uid;
    out.logId = HostLog::kLog;
    out.from = from;
    out.headSize = host.tree.leaves.size();
    for (std::uint64_t i = from; i < to; ++i)
        out.entries.push_back({host.headers[i], host.bodies[i], {}});
    const RangeProof proof = host.tree.range(from, to);
    out.left = proof.left;
    out.right = proof.right;
    return out;
}

}  // namespace guildhall::federation::testing
