#include "node/services/present/user.h"

namespace guildhall::services {
namespace {

/// What a deleted account is called, in the words of the API.
constexpr std::string_view kDeletedName = "deleted_user";
/// public_flags is a signed 32-bit number on the wire.
constexpr std::uint64_t kPublicFlags = 0x7fffffff;

}  // namespace

void write_user_members(protocol::JsonWriter& w, const protocol::User& user) {
    w.id("id", user.id)
        .string("username", user.username.empty() ? kDeletedName : std::string_view(user.username))
        .string_or_null("avatar", user.avatar)
        .string("discriminator", "0")
        .number("public_flags", user.flags & kPublicFlags)
        .number("flags", user.flags & kPublicFlags);
    if (user.bot) w.boolean("bot", true);
    w.string_or_null("banner", user.banner);
    w.key("accent_color");
    if (user.accent_color < 0)
        w.null();
    else
        w.number(user.accent_color);
    w.string_or_null("global_name", user.global_name)
        .null("avatar_decoration_data")
        .null("collectibles")
        .null("primary_guild");
}

void write_user(protocol::JsonWriter& w, const protocol::User& user) {
    w.begin_object();
    write_user_members(w, user);
    w.end_object();
}

void write_user(protocol::JsonWriter& w, const journal::View& view, protocol::UserId id) {
    if (const auto* known = view.user(id)) return write_user(w, **known);
    protocol::User unknown;
    unknown.id = id;
    write_user(w, unknown);
}

}  // namespace guildhall::services
