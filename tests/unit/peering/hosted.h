#pragma once
// A guild on one node, and peers that follow it by the real protocol and verify all they get. One
// thread.

#include "federation/mirror_log.h"
#include "tests/support/evil_peer.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::tests {

namespace frames = federation::frames;

/// The guild, made over REST.
struct Hosted {
    explicit Hosted(std::size_t nodes = 1);

    FedNode& node() { return world[0]; }
    const protocol::GuildState& state() { return *node().guild(guild); }
    f::Hash32 uid() { return *f::Hash32::from(state().guild.uid); }
    f::PublicKey host_key() { return node().core().identity.key.public_key(); }

    /// Events as a service would decide them.
    void commit(std::vector<protocol::Event> events);
    /// The same by the command of that peer, which mirrors believe. The peer's link stays open.
    protocol::UserId join_signed(EvilPeer& home, std::uint8_t number);
    /// A member whose home is that peer, as no honest host writes it: nobody says that he wanted
    /// it.
    protocol::UserId join(const EvilPeer& home, std::uint8_t number);
    void leave(protocol::UserId user, protocol::LeaveCause cause = protocol::LeaveCause::left);
    /// A channel that everybody sees, or only its owner.
    protocol::ChannelId channel(const std::string& name, bool hidden = false);
    void show(protocol::ChannelId channel, bool visible);
    /// Messages of the owner, by the journal: REST has its limits.
    void post(protocol::ChannelId channel, unsigned count = 1, const std::string& text = "hello");
    std::uint64_t size_of(std::uint64_t log_id);

    FedNodes world;
    Person owner;
    protocol::GuildId guild;
};

/// What one peer holds of the guild: every batch is verified as a mirror does it.
class Copy {
  public:
    Copy(Hosted& hosted, EvilPeer& peer);

    /// Subscribes with what it holds; nothing when that was refused.
    std::optional<frames::Subscribed> subscribe();
    frames::Subscribe have() const;
    /// Holds a log from its start.
    void begin(std::uint64_t log_id);
    /// Takes what came; false when one of the batches did not verify.
    bool take();
    bool has(std::uint64_t log_id) const { return logs.contains(log_id); }
    std::uint64_t size(std::uint64_t log_id) const;
    /// Whether all that the peer may have of these logs is here, within so long.
    bool reaches(std::uint64_t log_id, std::uint64_t size);

    std::map<std::uint64_t, f::MirrorLog> logs;
    /// Says that it stored what it took.
    bool acks = true;

  private:
    bool take(const f::Append& batch);

    Hosted& hosted_;
    EvilPeer& peer_;
    std::size_t taken_ = 0;
};

}  // namespace guildhall::tests
