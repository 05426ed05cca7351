#include "node/peering/mirror/opaque_entries.h"

#include "protocol/event_kinds.h"

namespace guildhall::peering {
namespace {

// Kinds that one guild's log lines tell of; more are of a host that makes them up.
constexpr std::size_t kToldKindsMax = 16;

}  // namespace

std::vector<protocol::EventKind> opaque_in(std::span<const journal::MirrorEntry> entries) {
    std::vector<protocol::EventKind> out;
    for (const journal::MirrorEntry& entry : entries) {
        if (!entry.body.empty() && !protocol::is_known(entry.header.kind))
            out.push_back(entry.header.kind);
    }
    return out;
}

void note_opaque(Context& ctx,
                 Mirror& mirror,
                 MirrorMetrics& metrics,
                 std::span<const protocol::EventKind> kinds) {
    for (const protocol::EventKind kind : kinds) {
        metrics.opaque.add();
        if (mirror.told_kinds.size() >= kToldKindsMax || !mirror.told_kinds.insert(kind).second)
            continue;
        ctx.log.warn("mirror",
                     "a guild has entries of a kind that this version does not know",
                     {{"guild", mirror.guild().str()}, {"kind", std::uint64_t{kind}}});
    }
}

}  // namespace guildhall::peering
