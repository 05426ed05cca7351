#pragma once
// From what a call comes, for the list of sessions that its user sees. Pure.

#include "node/rest/call.h"
#include "node/services/accounts.h"

namespace guildhall::rest {

inline services::Accounts::Client client_of(const Call& call) {
    return {.os = "", .name = call.user_agent, .address = call.peer_address};
}

}  // namespace guildhall::rest
