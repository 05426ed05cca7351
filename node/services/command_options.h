#pragma once
// What a user filled in when they ran a command, held against the command's definition: every
// option known, of its type and within its bounds, nothing required missing, everything that is
// named there to be seen. Pure; any thread.

#include "node/journal/view.h"
#include "protocol/api/interaction.h"
#include "protocol/guild_state.h"
#include "protocol/result.h"

#include <cstdint>
#include <span>
#include <vector>

namespace guildhall::services {

/// Whom and what an interaction names, to be told to the bot with it. In the order of mention.
struct Named {
    std::vector<protocol::UserId> users;
    std::vector<protocol::RoleId> roles;
    std::vector<protocol::ChannelId> channels;
    std::vector<protocol::Attachment> files;
};

/// A file that came with a command; options name it by its number, as in files[number].
struct OfferedFile {
    std::int64_t number = -1;
    protocol::Attachment file;
};

/// Where the names of an interaction lead: who looks, and at what.
struct Place {
    const protocol::GuildState& guild;
    const journal::View& view;
    protocol::UserId user;
    std::span<const OfferedFile> files = {};
};

/// The file that an option's value names; null when none came.
const OfferedFile* find_file(const Place& place, const boost::json::value& value);

// Whether `text` is the id of such a thing; then it is added to `named`.
bool name_user(const Place& place, std::string_view text, Named& named);
bool name_role(const Place& place, std::string_view text, Named& named);
/// The channel, which the user must see; null otherwise.
const protocol::Channel* name_channel(const Place& place, std::string_view text, Named& named);

/// 50035 with the path of every fault below `data.options`. While the user is `typing`
/// (autocompletion) options may be missing, and the focused one is what has been typed so far.
protocol::Status check_options(const Place& place,
                               const protocol::api::CommandCreate& definition,
                               const protocol::api::InteractionData& data,
                               bool typing,
                               Named& named);

}  // namespace guildhall::services
