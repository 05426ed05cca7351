#include "federation/id_allocator.h"

#include "federation/crypto.h"

namespace guildhall::federation {

std::uint16_t id_tag(const Hash32& authority_uid) {
    const Hash32 hash = blake2b(ByteView(authority_uid));
    return ByteReader(ByteView(hash).first(2)).get<std::uint16_t>() & 0xfff;
}

std::optional<protocol::Snowflake> IdAllocator::next(protocol::UnixMs now_ms,
                                                     std::uint16_t random) {
    const std::uint64_t now =
        now_ms > protocol::kEpochMs ? static_cast<std::uint64_t>(now_ms - protocol::kEpochMs) : 0;
    if (now > last_ms_) {
        last_ms_ = now;
        counter_ = random & kStartMask;
    } else if (counter_ < kCounterMax) {
        ++counter_;
    } else if (now == last_ms_) {
        return std::nullopt;
    } else {
        // The clock is behind the ids, by a step back or a restart: time goes on by itself.
        ++last_ms_;
        counter_ = random & kStartMask;
    }
    return protocol::Snowflake(last_ms_ << 22 | tag_ << 10 | counter_);
}

void IdAllocator::observe(protocol::Snowflake id) {
    // The rest of the id's millisecond is given up: another tag there may be above ours.
    if (const std::uint64_t ms = id.value >> 22; ms >= last_ms_) {
        last_ms_ = ms;
        counter_ = kCounterMax;
    }
}

}  // namespace guildhall::federation
