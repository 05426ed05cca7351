#pragma once
// Members as the API shows them: with their user in lists and member events, without it beside the
// author of a message. Pure; any thread.

#include "node/journal/view.h"
#include "protocol/json/writer.h"
#include "protocol/model.h"

namespace guildhall::services {

/// The members of the object without its braces and without `user`.
void write_member_members(protocol::JsonWriter& w, const protocol::Member& member);

/// One object without `user`: the `member` of a message, an interaction, a typing event.
void write_partial_member(protocol::JsonWriter& w, const protocol::Member& member);

/// One object with `user`.
void write_member(protocol::JsonWriter& w,
                  const protocol::Member& member,
                  const journal::View& view);

/// The same with `guild_id`: the body of GUILD_MEMBER_ADD and GUILD_MEMBER_UPDATE.
void write_member_event(protocol::JsonWriter& w,
                        const protocol::Member& member,
                        protocol::GuildId guild,
                        const journal::View& view);

}  // namespace guildhall::services
