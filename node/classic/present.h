#pragma once
// What the classic API shows: users, servers, channels, members and messages in the prototype's
// vocabulary, ids as strings. Pure; any thread.

#include "node/journal/view.h"
#include "protocol/guild_state.h"
#include "protocol/json/writer.h"

#include <string>

namespace guildhall::classic {

class Statuses;

/// Who is shown: the accounts of the node and the statuses they set.
struct People {
    const journal::View& view;
    const Statuses& statuses;
};

/// The name as its owner wrote it.
std::string shown_name(const protocol::User& user);

/// `with_email` for the account's owner alone.
void write_user(protocol::JsonWriter& w,
                const protocol::User& user,
                const Statuses& statuses,
                bool with_email);
void write_server(protocol::JsonWriter& w, const protocol::Guild& guild);
void write_channel(protocol::JsonWriter& w,
                   const protocol::Channel& channel,
                   protocol::GuildId guild);
void write_member(protocol::JsonWriter& w,
                  const protocol::Member& member,
                  const protocol::GuildState& guild,
                  const People& people);
void write_message(protocol::JsonWriter& w, const protocol::Message& message, const People& people);

/// Channels that the classic API has: those that hold plain text.
bool is_text(const protocol::Channel& channel);

}  // namespace guildhall::classic
