#include "federation/head.h"

#include "federation/merkle.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace guildhall::federation {

namespace {

/// What the batch signature covers. The count is in it because it fixes the shape of the tree.
std::string signed_bytes(std::uint32_t count, const Hash32& root) {
    return ByteWriter().put(count).put(root).take();
}

/// All levels of the tree over `leaves`, a lone last node climbing unchanged: the tree of RFC 6962.
std::vector<std::vector<Hash32>> tree_levels(std::vector<Hash32> leaves) {
    std::vector<std::vector<Hash32>> levels{std::move(leaves)};
    while (levels.back().size() > 1) {
        const std::vector<Hash32>& below = levels.back();
        std::vector<Hash32> above;
        above.reserve((below.size() + 1) / 2);
        for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
            above.push_back(node_hash(below[i], below[i + 1]));
        }
        if (below.size() % 2 == 1) above.push_back(below.back());
        levels.push_back(std::move(above));
    }
    return levels;
}

std::vector<Hash32> path_in(const std::vector<std::vector<Hash32>>& levels, std::size_t index) {
    std::vector<Hash32> path;
    for (std::size_t level = 0; level + 1 < levels.size(); ++level, index /= 2) {
        const std::size_t sibling = index ^ 1;
        if (sibling < levels[level].size()) path.push_back(levels[level][sibling]);
    }
    return path;
}

/// The root that a leaf and its path lead to, as verify_inclusion walks it; nothing when the path
/// does not fit the shape.
std::optional<Hash32> root_of_path(std::uint32_t index,
                                   std::uint32_t count,
                                   Hash32 hash,
                                   std::span<const Hash32> path) {
    if (index >= count) return std::nullopt;
    std::uint64_t width = count;
    std::uint64_t node = index;
    std::size_t used = 0;
    for (; width > 1; width = (width + 1) / 2, node /= 2) {
        if ((node ^ 1) >= width) continue;  // The lone last node.
        if (used == path.size()) return std::nullopt;
        const Hash32& sibling = path[used++];
        hash = (node & 1) != 0 ? node_hash(sibling, hash) : node_hash(hash, sibling);
    }
    if (used != path.size()) return std::nullopt;
    return hash;
}

/// What the signature is over; empty when the path does not fit.
std::string batch_of(const SignedHead& head) {
    const Hash32 leaf = leaf_hash(ByteView(std::string_view(encode(head.head))));
    const auto root = root_of_path(head.index, head.count, leaf, head.path);
    return root ? signed_bytes(head.count, *root) : std::string();
}

}  // namespace

std::string encode(const Head& head) {
    std::string bytes = ByteWriter()
                            .put(kHeadVersion)
                            .put(head.guild_uid)
                            .put(head.epoch)
                            .put(head.log_id)
                            .put(head.size)
                            .put(head.root)
                            .put(head.ts_ms)
                            .take();
    CHECK(bytes.size() == kHeadBytes);
    return bytes;
}

std::optional<Head> decode_head(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    Head out;
    out.guild_uid = in.get<Hash32>();
    out.epoch = in.get<std::uint64_t>();
    out.log_id = in.get<std::uint64_t>();
    out.size = in.get<std::uint64_t>();
    out.root = in.get<Hash32>();
    out.ts_ms = in.get<std::int64_t>();
    if (!in.done() || version != kHeadVersion) return std::nullopt;
    return out;
}

std::vector<SignedHead> sign_heads(std::vector<Head> heads, const SecretKey& key) {
    CHECK(!heads.empty() && heads.size() <= kHeadsPerBatchMax);
    auto place = [](const Head& head) { return std::tie(head.guild_uid, head.log_id); };
    std::sort(heads.begin(), heads.end(), [&](const Head& a, const Head& b) {
        return place(a) < place(b);
    });
    std::vector<Hash32> leaves;
    leaves.reserve(heads.size());
    for (std::size_t i = 0; i < heads.size(); ++i) {
        CHECK(i == 0 || place(heads[i - 1]) != place(heads[i]));
        leaves.push_back(leaf_hash(ByteView(std::string_view(encode(heads[i])))));
    }
    const auto levels = tree_levels(std::move(leaves));
    const auto count = static_cast<std::uint32_t>(heads.size());
    const std::string bytes = signed_bytes(count, levels.back().front());
    const Signature signature = key.sign(Domain::head_batch, ByteView(bytes));

    std::vector<SignedHead> out;
    out.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        out.push_back({heads[i], i, count, path_in(levels, i), signature});
    }
    return out;
}

bool verify(const SignedHead& head, const PublicKey& key) {
    const std::string bytes = batch_of(head);
    return !bytes.empty() && verify(key, Domain::head_batch, ByteView(bytes), head.signature);
}

bool HeadVerifier::verify(const SignedHead& head, const PublicKey& key) {
    std::string bytes = batch_of(head);
    if (bytes.empty()) return false;
    const bool is_known = std::ranges::any_of(known_, [&](const Batch& batch) {
        return batch.key == key && batch.bytes == bytes && batch.signature == head.signature;
    });
    if (is_known) return true;
    if (!federation::verify(key, Domain::head_batch, ByteView(bytes), head.signature)) return false;
    known_[next_++ % known_.size()] = {key, std::move(bytes), head.signature};
    return true;
}

std::string encode(const SignedHead& head) {
    ByteWriter out;
    out.put(ByteView(std::string_view(encode(head.head))));
    out.put(head.index).put(head.count).put(static_cast<std::uint8_t>(head.path.size()));
    for (const Hash32& hash : head.path) out.put(hash);
    return out.put(head.signature).take();
}

std::optional<SignedHead> decode_signed_head(ByteView bytes) {
    ByteReader in(bytes);
    SignedHead out;
    auto head = decode_head(in.take(kHeadBytes));
    if (!head) return std::nullopt;
    out.head = *head;
    out.index = in.get<std::uint32_t>();
    out.count = in.get<std::uint32_t>();
    const auto hashes = in.get<std::uint8_t>();
    if (out.count > kHeadsPerBatchMax || out.index >= out.count || hashes > 16) {
        return std::nullopt;
    }
    for (int i = 0; i < hashes; ++i) out.path.push_back(in.get<Hash32>());
    out.signature = in.get<Signature>();
    if (!in.done()) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
