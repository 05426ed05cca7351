#include "protocol/api/member.h"

#include "protocol/json/codec.h"

namespace guildhall::protocol::api {

std::int64_t BanCreate::delete_seconds() const {
    if (delete_message_seconds) return *delete_message_seconds;
    return delete_message_days ? delete_message_days->value * 86'400 : 0;
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::MemberPatch);
GUILDHALL_DECODER(guildhall::protocol::api::BanCreate);
GUILDHALL_DECODER(guildhall::protocol::api::BulkBan);
GUILDHALL_DECODER(guildhall::protocol::api::InviteCreate);
