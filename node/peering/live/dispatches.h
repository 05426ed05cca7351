#pragma once
// Dispatches: what a guild's host tells one user of another node and writes in no log: an
// interaction to its bot, what became of it to its user, ephemeral answers. The host sends it to
// the home, the home gives it to the user's sessions; where there is no link it is lost, as it is
// for a user without a session.
//
// A bot never sees a token of another node, and a host's token never leaves it: what travels is a
// ticket that the host takes from that bot's home alone (services/interaction_token.h).
//
// Owned by Peering; on the shard of peering, where it is subscribed.

#include "node/peering/link/peers.h"
#include "node/peering/live/dispatch_check.h"

namespace guildhall::peering {

class Dispatches final : public journal::Subscriber {
  public:
    Dispatches(Context& ctx, Peers& peers, const services::Links& links, std::string token_key);

    void on_notice(const journal::Notice& notice) override;

  private:
    void send(const journal::UserDispatch& notice);
    void on_dispatch(const Inbound& in, federation::frames::Dispatch dispatch);
    /// What is wrong with it; empty: nothing.
    std::string_view why_not(const Hash32& from,
                             const federation::frames::Dispatch& dispatch) const;
    bool put_token(boost::json::object& body, const ToldUser& to) const;
    Task<void> deliver(federation::frames::Dispatch dispatch, protocol::GuildId guild);

    Context& ctx_;
    Peers& peers_;
    const services::Links& links_;
    /// Secrets::interaction_key.
    const std::string token_key_;
};

}  // namespace guildhall::peering
