#pragma once
// A user as everybody sees it: the API's partial user object, the author of a message, the `user`
// of a member. The own account's fuller form is the accounts' presenter. Pure; any thread.

#include "node/journal/view.h"
#include "protocol/account.h"
#include "protocol/json/writer.h"

namespace guildhall::services {

/// One object: id, username, discriminator "0", global_name, avatar, flags and the fields of
/// Discord that this node has nothing to say about, as null.
void write_user(protocol::JsonWriter& w, const protocol::User& user);

/// The members of that object without its braces, for objects that go on.
void write_user_members(protocol::JsonWriter& w, const protocol::User& user);

/// The user under `id`, or what the API shows for one that nobody knows any more.
void write_user(protocol::JsonWriter& w, const journal::View& view, protocol::UserId id);

}  // namespace guildhall::services
