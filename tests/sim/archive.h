#pragma once
// Archive: what nodes have stored of the guild, read past their services; also of nodes that are
// down. One thread.

#include "federation/hosting_certificate.h"
#include "node/store/tables/entries.h"
#include "protocol/guild_state.h"
#include "tests/support/fed_nodes.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::sim {

using store::entries::EntryRow;
using store::entries::LogRow;

std::map<std::uint64_t, LogRow> logs_of(tests::FedNode& node, protocol::GuildId guild);
/// The headers of a log that are held, by their seq.
std::map<std::uint64_t, federation::EntryHeader> headers_of(tests::FedNode& node,
                                                            const LogRow& row);
/// All messages of a channel, oldest first: id and text.
using Texts = std::vector<std::pair<std::string, std::string>>;
Texts texts_of(tests::FedNode& node, const std::string& channel);
/// The ids of all messages that ever came into the logs that the node has.
std::set<std::string> ever_posted(tests::FedNode& node, protocol::GuildId guild);
/// How the node that hosts the guild came to it; null for who founded it.
std::optional<federation::HostingKind> how_it_became_host(tests::FedNode& node,
                                                          protocol::GuildId guild);

/// The guild as its control log made it, step by step.
struct Past {
    /// By the size of the control log.
    std::vector<protocol::GuildState> states;
    /// Where each epoch began, ascending.
    std::map<std::uint64_t, std::uint64_t> epochs;
};
/// From the host's log, and where that lacks the beginning, the founder's.
Past past_of(tests::FedNode& host, tests::FedNode& founder, protocol::GuildId guild);

}  // namespace guildhall::sim
