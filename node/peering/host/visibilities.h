#pragma once
// Visibilities: which node may have which logs of the guilds that are here, hosted or mirrored,
// without a look at all members for each question: the answer for a guild is worked out when it is
// first asked for and kept up to date by what is committed. Owned by HostSide; on the shard of
// peering.

#include "federation/visibility.h"
#include "node/peering/context.h"
#include "node/peering/link/peer.h"

#include <deque>
#include <map>
#include <vector>

namespace guildhall::peering {

class Visibilities final : public journal::Subscriber {
  public:
    explicit Visibilities(Context& ctx);
    Visibilities(const Visibilities&) = delete;
    Visibilities& operator=(const Visibilities&) = delete;

    /// By the rule of federation/visibility.h; the guild's host may have all.
    bool may_have(protocol::GuildId guild, const Hash32& node, std::uint64_t log_id);
    /// What a node may have of a guild, the host not among them; ascending.
    std::vector<std::uint64_t> logs(protocol::GuildId guild, const Hash32& node);
    /// Guilds that were asked about lately of which the node may have something, ascending.
    std::vector<protocol::GuildId> shared_with(const Hash32& node) const;

    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

    /// Told of each change to a guild that is kept here, after it.
    using OnChange = std::function<void(const journal::Committed&,
                                        const std::vector<federation::VisibilityChange>&)>;
    void set_on_change(OnChange on_change) { on_change_ = std::move(on_change); }
    /// Keeps a guild until release(), however many others are asked about.
    void hold(protocol::GuildId guild);
    void release(protocol::GuildId guild);

  private:
    struct Kept {
        explicit Kept(const protocol::GuildState& state) : nodes(state) {}
        federation::NodeVisibility nodes;
        bool is_held = false;
    };
    Kept* find(protocol::GuildId guild);

    Context& ctx_;
    std::map<protocol::GuildId, Kept> kept_;
    /// Those that are not held, oldest first.
    std::deque<protocol::GuildId> loose_;
    OnChange on_change_;
};

}  // namespace guildhall::peering
