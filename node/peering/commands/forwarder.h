#pragma once
// Forwarder: the home's side of commands. A user's call about a guild that another node hosts
// becomes a command that this node signs; it goes to the host, again and again with the same number
// while the link is down, until the host answers or time is up. The call is answered once this
// node's mirror shows what came of it. Also the way into such a guild, by an invite of another
// node.
//
//   made -> signed -> sent -> answered -> applied -> the client's answer
//                      ^ |
//                      +-+ link lost: the same command again
//
// Called on any shard, works on the shard of peering. Owned by Peering.

#include "node/peering/blobs/blobs.h"
#include "node/peering/commands/origin_numbers.h"
#include "node/peering/link/peers.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/mirror/origins.h"
#include "node/peering/users/remote_users.h"
#include "node/rest/dispatcher.h"
#include "node/services/host_changes.h"

#include <map>
#include <memory>
#include <optional>

namespace guildhall::peering {

class Forwarder final : public rest::Forwarder {
  public:
    struct Parts {
        Peers& peers;
        Mirrors& mirrors;
        RemoteUsers& users;
        Blobs& blobs;
        Origins& origins;
        rest::Dispatcher& dispatcher;
        const services::Links& links;
    };
    Forwarder(Context& ctx, Parts parts);

    Task<Result<rest::Reply>> forward(base::Shard& here,
                                      rest::Call& call,
                                      const rest::FederatedRoute& route,
                                      protocol::GuildId guild) override;
    Task<Result<rest::Reply>> invite(base::Shard& here, rest::Call& call) override;

    /// On the shard of peering: HostChanges::repost().
    Task<Result<services::Reposted>> repost(protocol::GuildId guild, services::Salvaged message);

    /// Commands of one user that wait for their host; beyond it 429, as from a client that does not
    /// wait for answers.
    static constexpr unsigned kUnderWayMax = 20;

  private:
    /// A guild as the host must know it.
    struct Place {
        protocol::GuildId guild;
        Hash32 guild_uid{};
        Hash32 host{};
        std::uint64_t epoch = 0;
    };
    /// What the host is to be told of the caller before the command, and the command.
    struct Ask {
        protocol::UserId actor;
        std::uint64_t channel = 0;
        bool logged = true;
        federation::ApiCall call;
        /// Of a message; only this node is told.
        std::string nonce_json = {};
        /// A signed profile; beside the command, so that none stands in a log. Empty: known there.
        std::string profile;
    };
    struct Answer {
        federation::CommandResult result;
        /// Where the command's last entry is; nothing for what made none.
        std::optional<federation::Receipt> receipt;
        /// That the receipt must be signed with.
        federation::PublicKey host_key{};
    };

    Task<Result<rest::Reply>> run(rest::Call& call,
                                  const rest::FederatedRoute& route,
                                  protocol::GuildId guild);
    Task<std::optional<rest::Reply>> posted_before(const rest::Call& call,
                                                   const rest::FederatedRoute& route);
    Task<Result<std::shared_ptr<Peer>>> reach(Hash32 host);
    Task<Result<std::optional<rest::Reply>>> follow(rest::Call& call, const RemoteInvite& where);
    Task<Result<rest::Reply>> look(const std::string& code, std::shared_ptr<Peer> peer);
    Task<Result<std::optional<rest::Reply>>> accept(rest::Call& call,
                                                    const std::string& code,
                                                    std::shared_ptr<Peer> first);
    Task<Result<federation::frames::InviteInfo>> ask_invite(std::shared_ptr<Peer> host,
                                                            std::string code);
    Task<Result<std::shared_ptr<Peer>>> host_of(std::shared_ptr<Peer> first,
                                                const federation::frames::InviteInfo& info);

    Task<bool> until_seen(const Place& place, const Ask& what, const Answer& answer);
    bool holds(const Place& place, const Answer& answer, bool is_followed);
    Task<Status> write_call(rest::Call& call,
                            const rest::FederatedRoute& route,
                            const Hash32& guild_uid,
                            const std::shared_ptr<Peer>& host,
                            Ask& out);
    Task<Status> add_papers(protocol::UserId user, Ask& out);
    Task<Result<federation::SignedCommand>> make(const Place& place, const Ask& what);
    Task<Result<Answer>> send(const Place& place, const Ask& what);
    Task<Result<Answer>> deliver(const Place& place,
                                 const federation::SignedCommand& command,
                                 const Ask& what);
    federation::SignedCommand sign(const Place& place,
                                   const Peer& host,
                                   const Ask& what,
                                   std::uint64_t seq);
    Result<Answer> read(const Place& place,
                        Peer& host,
                        const federation::SignedCommand& command,
                        federation::FrameBody body) const;
    rest::Reply reply_of(Answer answer) const;

    Context& ctx_;
    Parts parts_;
    base::Counter& answered_;
    base::Counter& given_up_;
    OriginNumbers numbers_;
    std::map<protocol::UserId, unsigned> under_way_;
};

}  // namespace guildhall::peering
