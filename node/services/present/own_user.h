#pragma once
// The caller's own user object, with what only its owner sees. Pure; any thread.

#include "protocol/account.h"
#include "protocol/json/writer.h"

namespace guildhall::services {

/// `token`: of a new session, after a change of password; empty: none.
void write_own_user(protocol::JsonWriter& w,
                    const protocol::User& user,
                    std::string_view token = {});

}  // namespace guildhall::services
