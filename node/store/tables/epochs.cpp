#include "node/store/tables/epochs.h"

#include "federation/bytes.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/secrets.h"

#include <algorithm>
#include <iterator>

namespace guildhall::store::hosting {
namespace {

constexpr std::size_t kSeenMax = 16;

}  // namespace

Result<std::vector<CertificateRow>> certificates_from(Tx& tx,
                                                      protocol::GuildId guild,
                                                      std::uint64_t epoch) {
    TRY(auto rows, certificates_above(tx, guild, -1));
    const auto at = std::ranges::find(rows, epoch, &CertificateRow::epoch);
    if (at != rows.end()) rows.erase(rows.begin(), at + 1);
    return rows;
}

Status put_seen(Tx& tx,
                protocol::GuildId guild,
                const std::map<std::uint64_t, protocol::UnixMs>& seen) {
    if (seen.empty()) return secrets::drop(tx, secrets::seen_name(guild));
    federation::ByteWriter out;
    const std::size_t over = seen.size() - std::min(seen.size(), kSeenMax);
    auto at = std::next(seen.begin(), static_cast<std::ptrdiff_t>(over));
    for (; at != seen.end(); ++at) out.put(at->first).put(static_cast<std::uint64_t>(at->second));
    return secrets::put(tx, secrets::seen_name(guild), out.take());
}

Result<std::map<std::uint64_t, protocol::UnixMs>> find_seen(Tx& tx, protocol::GuildId guild) {
    std::map<std::uint64_t, protocol::UnixMs> out;
    TRY(const auto bytes, secrets::get(tx, secrets::seen_name(guild)));
    const std::string stored = bytes.value_or("");
    federation::ByteReader in{federation::ByteView(stored)};
    while (in.left() > 0 && !in.failed()) {
        const auto epoch = in.get<std::uint64_t>();
        const auto seen_ms = static_cast<protocol::UnixMs>(in.get<std::uint64_t>());
        if (!in.failed()) out[epoch] = seen_ms;
    }
    return out;
}

}  // namespace guildhall::store::hosting
