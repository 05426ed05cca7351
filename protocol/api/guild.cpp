#include "protocol/api/guild.h"

#include "protocol/json/codec.h"

GUILDHALL_DECODER(guildhall::protocol::api::GuildCreate);
GUILDHALL_DECODER(guildhall::protocol::api::GuildPatch);
GUILDHALL_DECODER(guildhall::protocol::api::RoleCreate);
GUILDHALL_DECODER(guildhall::protocol::api::RolePatch);
GUILDHALL_DECODER(guildhall::protocol::api::RolePositions);
