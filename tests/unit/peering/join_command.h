#pragma once
// Joining a guild of another node by a signed command, without following it: what a host must have
// before it may say that somebody of elsewhere is a member.

#include "federation/command_call.h"
#include "node/peering/link/node_address.h"
#include "node/peering/peering.h"
#include "tests/support/fed_nodes.h"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::tests {

struct JoinBy {
    federation::Hash32 guild_uid, origin;
    std::uint64_t number = 0;
    protocol::UserId user;
    std::string code;
    std::vector<std::string> key_log;
    protocol::UnixMs now_ms = 0;
};

inline federation::SignedCommand join_command(JoinBy by, const federation::SecretKey& key) {
    federation::ApiCall call;
    call.method = "POST";
    call.route = "/invites/{invite_code}";
    call.params = {std::move(by.code)};
    call.json = "{}";
    call.version = 10;
    call.keyLog = std::move(by.key_log);
    federation::CommandHeader header;
    header.guild_uid = by.guild_uid;
    header.origin_uid = by.origin;
    header.origin_seq = by.number;
    header.actor = by.user.value;
    header.client_ts_ms = by.now_ms;
    header.expires_ms = header.client_ts_ms + 30'000;
    return federation::sign_command(header, {}, federation::encode(call), key);
}

/// Whether the host took it.
inline bool is_joined(const federation::FrameBody* answer) {
    const auto* result = answer ? std::get_if<federation::CommandResult>(answer) : nullptr;
    return result && result->status == 200;
}

/// A user of one node joins by an invite of another's; throws when that fails. `number` is above
/// those that the node itself uses, and within the window.
inline void join_by_command(FedNodes& world, FedNode& at, FedNode& host, JoinBy by) {
    auto& peering = *at.core().peering;
    base::Shard& shard = at.core().shards.at(0);
    const auto where = peering::parse_node_address(host.ip().str() + ":8447").value();
    const auto peer = world.wait(shard, peering.peers().connect(where, std::chrono::seconds(20)));
    if (!peer) throw std::runtime_error("no link\n" + world.logs());
    auto papers = world.wait(shard, peering.users().papers(by.user));
    if (!papers) throw std::runtime_error("no papers\n" + world.logs());
    (*peer)->send(federation::frames::Profiles{{papers->profile}});
    by.key_log = std::move(papers->key_log);
    by.origin = at.uid();
    by.now_ms = host.clock.unix_ms();
    const auto command = join_command(std::move(by), at.core().identity.key);
    auto asked = (*peer)->ask(federation::frame_of(command, true), std::chrono::seconds(20));
    const auto answer = world.wait(shard, std::move(asked));
    if (!answer || !is_joined(&*answer)) throw std::runtime_error("not joined\n" + world.logs());
}

}  // namespace guildhall::tests
