#pragma once
// Ids of objects made inside a guild (or another authority with a uid): milliseconds << 22 | 12-bit
// tag of the uid | 10-bit counter. Another host of the same guild goes on above the last id seen.
// Pure: time and chance come with each call. Owner: the guild's shard; one thread.

#include "federation/bytes.h"
#include "protocol/ids.h"

#include <cstdint>
#include <optional>

namespace guildhall::federation {

/// The low 12 bits of BLAKE2b-256(uid)'s first two bytes, read as a little-endian number.
std::uint16_t id_tag(const Hash32& authority_uid);

class IdAllocator {
  public:
    explicit IdAllocator(const Hash32& authority_uid) : tag_(id_tag(authority_uid)) {}

    /// An id above all before it; nothing when this millisecond's ids are used up: ask again in the
    /// next one. A clock that steps back does not make it wait: ids go on from the last millisecond
    /// used, at 512 or more a millisecond. `random` need not be secret; it spreads the start of the
    /// counter, so that two nodes that both believe to be host seldom make the same id.
    std::optional<protocol::Snowflake> next(protocol::UnixMs now_ms, std::uint16_t random);
    /// Every later id will be above this one; call it with the highest id in storage, and with
    /// those that another host made.
    void observe(protocol::Snowflake id);
    /// The millisecond of the last id, in Unix milliseconds: what happens with it is not older.
    protocol::UnixMs last_unix_ms() const {
        return static_cast<protocol::UnixMs>(last_ms_) + protocol::kEpochMs;
    }

  private:
    std::uint64_t tag_;
    /// Of the last id, since the API's epoch.
    std::uint64_t last_ms_ = 0;
    /// Of the last id.
    std::uint64_t counter_ = kCounterMax;

    static constexpr std::uint64_t kCounterMax = 1023;
    /// A start in the lower half leaves at least 512 ids in every millisecond.
    static constexpr std::uint64_t kStartMask = 511;
};

}  // namespace guildhall::federation
