#pragma once
// Guild channels as the API shows them; which fields there are follows from the type. Pure; any
// thread.

#include "protocol/json/writer.h"
#include "protocol/model.h"

namespace guildhall::services {

/// One channel object. `guild` 0 leaves guild_id out, as inside a guild of the gateway;
/// `last_message` 0 is null.
void write_channel(protocol::JsonWriter& w,
                   const protocol::Channel& channel,
                   protocol::GuildId guild,
                   protocol::MessageId last_message);

}  // namespace guildhall::services
