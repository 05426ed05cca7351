#include "node/services/present/own_user.h"

#include "node/services/present/user.h"

namespace guildhall::services {

void write_own_user(protocol::JsonWriter& w, const protocol::User& user, std::string_view token) {
    w.begin_object();
    write_user_members(w, user);
    w.string("bio", user.bio);
    w.string("locale", user.locale);
    w.boolean("mfa_enabled", false);
    w.number("premium_type", 0);
    w.string_or_null("email", user.email);
    w.boolean("verified", user.verified);
    w.null("phone");
    w.number("purchased_flags", 0);
    w.boolean("nsfw_allowed", true);
    if (!token.empty()) w.string("token", token);
    w.end_object();
}

}  // namespace guildhall::services
