#pragma once
// Past: a guild as it was when its logs had so many entries, made by apply() from its first entry
// on, as every state is. What a RESUME after a restart needs where rights changed meanwhile. Many
// sessions resume at the same places after a stop, so what was made is kept for a while and made
// once however many ask. Read on a reader's thread; Pasts is owned by Resumer, on its shard.

#include "node/base/clock.h"
#include "node/base/task.h"
#include "node/gateway/world.h"
#include "node/store/db.h"
#include "protocol/guild_state.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace guildhall::gateway {

/// How many entries of a guild's control log and admin log had happened.
struct Moment {
    protocol::GuildId guild;
    std::uint64_t control = 0, admin = 0;

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// Null when the logs are too long to read, or not whole.
store::Result<protocol::GuildSnapshot> read_past(store::Tx& tx, const Moment& moment);

class Pasts {
  public:
    explicit Pasts(World& world) : world_(world) {}

    /// Null when it cannot be had.
    base::Task<protocol::GuildSnapshot> at(Moment moment);

  private:
    struct Kept {
        Moment moment;
        /// How long it is kept once it is ready.
        base::Nanos until{0};
        bool is_ready = false;
        protocol::GuildSnapshot state;
        std::vector<std::function<void(const protocol::GuildSnapshot&)>> waiting;
    };

    Kept* find(const Moment& moment);
    /// What a read came to; one that failed is not kept.
    protocol::GuildSnapshot finish(const Moment& moment,
                                   const store::Result<protocol::GuildSnapshot>& read);
    /// False when kPastsMax are being read.
    bool make_room();
    base::Task<protocol::GuildSnapshot> wait_for(Kept& kept);

    World& world_;
    /// At most kPastsMax, those being read included; oldest first.
    std::vector<Kept> kept_;
};

}  // namespace guildhall::gateway
