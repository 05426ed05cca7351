// Batches, ranges, heads and rows made of an honest log's parts and any bytes. Whatever comes, a
// mirror holds a beginning of the honest log, and no honest host is proved a liar.
#include "protocol/check.h"
#include "tests/unit/federation/log_builder.h"

using namespace guildhall;
using namespace guildhall::federation;
using namespace guildhall::federation::testing;

namespace {

constexpr std::uint64_t kEntries = 12;

struct World {
    World() {
        host.fill(kEntries);
        for (std::uint64_t size = 0; size <= kEntries; ++size)
            heads.push_back(host.signed_head(size));
    }
    HostLog host;
    std::vector<std::string> heads;
};

const World& world() {
    static const World made;
    return made;
}

/// Takes its decisions from the input.
class Choices {
  public:
    explicit Choices(ByteView bytes) : in_(bytes) {}
    std::uint64_t below(std::uint64_t n) { return in_.get<std::uint8_t>() % n; }
    std::uint64_t size() { return below(kEntries + 1); }
    bool left() const { return in_.left() > 0; }
    /// Some bytes replaced, or all of them.
    void disturb(std::string& bytes) {
        const auto how = below(8);
        if (how < 4) return;
        if (how == 7) {
            bytes = in_.take(std::min<std::size_t>(in_.left(), below(256))).text();
            return;
        }
        if (bytes.empty()) return;
        const std::size_t at = in_.get<std::uint16_t>() % bytes.size();
        bytes[at] = static_cast<char>(bytes[at] ^ in_.get<std::uint8_t>());
    }
    void disturb(std::vector<Hash32>& hashes) {
        const auto how = below(8);
        if (how == 7) hashes.push_back(filled(in_.get<std::uint8_t>()));
        if (how == 6 && !hashes.empty()) hashes.pop_back();
        if (how == 5 && !hashes.empty()) hashes[below(hashes.size())][below(32)] ^= 1;
    }

  private:
    ByteReader in_;
};

Append draw_batch(Choices& draw, std::string& head) {
    const World& w = world();
    std::uint64_t from = draw.size(), to = draw.size();
    if (from > to) std::swap(from, to);
    const std::uint64_t head_size = std::max(to, draw.size());
    Append batch = batch_of(w.host, from, to, head_size);
    batch.head = w.heads[head_size];
    draw.disturb(batch.head);
    for (auto& entry : batch.entries) draw.disturb(entry.header);
    for (auto& entry : batch.entries) draw.disturb(entry.body);
    draw.disturb(batch.consistency);
    if (draw.below(3) == 0) {
        batch.frontier = w.host.tree.frontier(from).serialise();
        batch.base = w.host.tree.consistency(from, head_size);
        draw.disturb(batch.frontier);
        draw.disturb(batch.base);
    }
    head = batch.head;
    return batch;
}

void check(const AppendResult& result) {
    const auto* claim = std::get_if<Contradiction>(&result);
    const HostLog& host = world().host;
    if (claim) CHECK(!check(evidence_of(*claim, host.node.log)));
}

void check(const MirrorLog& mirror) {
    CHECK(mirror.size() <= kEntries);
    CHECK(mirror.root() == world().host.tree.root(mirror.size()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices draw(ByteView(data, size));
    const HostLog& host = world().host;
    const PublicKey& key = host.node.signing.public_key();
    MirrorLog mirror(host.uid, 0, HostLog::kLog);
    for (int step = 0; step < 16 && draw.left(); ++step) {
        std::string head;
        const Append batch = draw_batch(draw, head);
        check(mirror.append(batch, key, host.now));
        check(mirror);
        check(mirror.check_head(head, key, host.tree.hasher()));
        const auto from = draw.size(), to = draw.size();
        if (from <= to && mirror.head()) {
            Range range = range_of(host, from, to);
            range.headSize = mirror.head()->head.size;
            range.entries = batch.entries;
            const auto found = mirror.verify_range(range);
            if (const auto* taken = std::get_if<Appended>(&found)) {
                for (const auto& entry : taken->entries)
                    CHECK(entry.leaf == host.tree.leaves[entry.header.seq]);
            }
        }
        StoredLog row = mirror.stored();
        draw.disturb(row.head);
        draw.disturb(row.frontier);
        MirrorLog::restore(host.uid, 0, HostLog::kLog, row);
        decode_range_proof(row.frontier);
    }
    return 0;
}
