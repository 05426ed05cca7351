#include "protocol/permissions.h"

#include "tests/catch.h"

#include <map>

using namespace guildhall::protocol;
using namespace guildhall::protocol::permissions;

namespace {

constexpr GuildId kGuild{100};
constexpr UserId kOwner{1};
constexpr UserId kUser{2};
constexpr RoleId kEveryone{100};
constexpr RoleId kRed{201};
constexpr RoleId kBlue{202};
constexpr UnixMs kNow = 1'700'000'000'000;

struct Fixture {
    std::map<RoleId, Permissions> roles{{kEveryone, kViewChannel | kSendMessages | kEmbedLinks},
                                        {kRed, kManageMessages},
                                        {kBlue, kConnect}};
    std::vector<Overwrite> overwrites;
    std::vector<RoleId> member_roles{kRed, kBlue};
    mutable Role found;

    PermissionSubject subject(UserId user = kUser, UnixMs timeout = 0) const {
        return {user, member_roles, timeout};
    }
    Permissions base(UserId user = kUser) const {
        return base_permissions(kGuild, kOwner, subject(user), [&](RoleId id) -> const Role* {
            auto it = roles.find(id);
            if (it == roles.end()) return nullptr;
            found.permissions = it->second.bits;
            return &found;
        });
    }
    Permissions in(ChannelType type, UserId user = kUser, UnixMs timeout = 0) const {
        return channel_permissions(
            base(user), kGuild, subject(user, timeout), overwrites, type, kNow);
    }
};

Overwrite role(RoleId id, Permissions allow, Permissions deny) {
    return {Snowflake(id.value), OverwriteType::role, allow.bits, deny.bits};
}
Overwrite member(UserId id, Permissions allow, Permissions deny) {
    return {Snowflake(id.value), OverwriteType::member, allow.bits, deny.bits};
}

}  // namespace

TEST_CASE("all permission bits add up to the contract's number") {
    CHECK(kAll.str() == "8866461766385663");
    CHECK(kDefaultEveryone.has(kViewChannel));
    CHECK_FALSE(kDefaultEveryone.has_any(kNeedMfa));
}

TEST_CASE("the base is everyone's permissions and those of the member's roles") {
    Fixture guild;
    CHECK(guild.base() ==
          (kViewChannel | kSendMessages | kEmbedLinks | kManageMessages | kConnect));
    CHECK(guild.base(kOwner) == kAll);
    guild.roles.erase(kRed);
    CHECK_FALSE(guild.base().has(kManageMessages));
    guild.roles[kBlue] = kAdministrator;
    CHECK(guild.base() == kAll);
}

TEST_CASE("overwrites apply everyone, then roles together, then the member") {
    Fixture guild;
    guild.overwrites = {role(kEveryone, kNone, kSendMessages)};
    CHECK_FALSE(guild.in(ChannelType::text).has(kSendMessages));
    guild.overwrites.push_back(role(kRed, kSendMessages, kNone));
    guild.overwrites.push_back(role(kBlue, kNone, kSendMessages));
    CHECK(guild.in(ChannelType::text).has(kSendMessages));  // A role's allow beats a role's deny.
    guild.overwrites.push_back(member(kUser, kNone, kSendMessages));
    CHECK_FALSE(guild.in(ChannelType::text).has(kSendMessages));
}

TEST_CASE("administrators and the owner skip overwrites, and no overwrite makes one") {
    Fixture guild;
    guild.overwrites = {role(kEveryone, kNone, kAll), member(kUser, kNone, kAll)};
    CHECK(guild.in(ChannelType::text, kOwner) == kAll);
    CHECK(guild.in(ChannelType::text) == kNone);
    guild.roles[kRed] = kAdministrator;
    CHECK(guild.in(ChannelType::text) == kAll);
    guild.roles[kRed] = kNone;
    guild.overwrites = {member(kUser, kAdministrator, kNone)};
    CHECK_FALSE(guild.in(ChannelType::text).has(kAdministrator));
    CHECK_FALSE(guild.in(ChannelType::text).has(kBanMembers));
}

TEST_CASE("a role overwrite for a user's id and a member overwrite for a role's id do nothing") {
    Fixture guild;
    guild.overwrites = {role(RoleId(kUser.value), kNone, kViewChannel),
                        member(UserId(kRed.value), kNone, kViewChannel),
                        member(UserId(kGuild.value), kNone, kViewChannel)};
    CHECK(guild.in(ChannelType::text).has(kViewChannel));
}

TEST_CASE("without VIEW_CHANNEL nothing is left, without SEND_MESSAGES no embeds") {
    Fixture guild;
    guild.overwrites = {role(kEveryone, kNone, kViewChannel)};
    CHECK(guild.in(ChannelType::text) == kNone);
    guild.overwrites = {role(kEveryone, kNone, kSendMessages)};
    CHECK_FALSE(guild.in(ChannelType::text).has_any(kNeedSending));
}

TEST_CASE("a thread sends with SEND_MESSAGES_IN_THREADS") {
    Fixture guild;
    CHECK_FALSE(guild.in(ChannelType::public_thread).has(kEmbedLinks));
    guild.roles[kEveryone] = kViewChannel | kSendMessagesInThreads | kEmbedLinks;
    CHECK(guild.in(ChannelType::public_thread).has(kEmbedLinks));
    CHECK(send_permission(ChannelType::private_thread) == kSendMessagesInThreads);
    CHECK(send_permission(ChannelType::text) == kSendMessages);
}

TEST_CASE("a voice channel without CONNECT loses what needs a connection") {
    Fixture guild;
    guild.roles[kRed] = kSpeak | kManageChannels;
    CHECK(guild.in(ChannelType::voice).has(kSpeak | kManageChannels));
    guild.overwrites = {role(kEveryone, kNone, kConnect), role(kBlue, kNone, kConnect)};
    CHECK_FALSE(guild.in(ChannelType::voice).has_any(kSpeak | kManageChannels));
    CHECK(guild.in(ChannelType::text).has(kManageChannels));
}

TEST_CASE("a member in timeout only sees and reads") {
    Fixture guild;
    guild.roles[kRed] = kReadMessageHistory | kManageMessages;
    CHECK(guild.in(ChannelType::text, kUser, kNow + 1) == (kViewChannel | kReadMessageHistory));
    CHECK(guild.in(ChannelType::text, kUser, kNow).has(kManageMessages));
    CHECK(guild.in(ChannelType::text, kOwner, kNow + 1) == kAll);
}

TEST_CASE("of two roles at one position the older one is higher") {
    CHECK(RoleRank{2, RoleId(5)} > RoleRank{1, RoleId(4)});
    CHECK(RoleRank{1, RoleId(4)} > RoleRank{1, RoleId(5)});
    CHECK(RoleRank{1, RoleId(4)} == RoleRank{1, RoleId(4)});
    Role red, blue;
    red.id = kRed;
    blue.id = kBlue;
    red.position = blue.position = 3;
    std::vector<RoleId> roles{kBlue, kRed, RoleId(999)};
    auto find = [&](RoleId id) -> const Role* {
        return id == kRed ? &red : id == kBlue ? &blue : nullptr;
    };
    CHECK(highest_rank(kGuild, roles, find).id == kRed);
    CHECK(highest_rank(kGuild, {}, find) < RoleRank{0, kEveryone});
}

TEST_CASE("nobody outranks the owner, and equals do not outrank each other") {
    RoleRank low{1, kRed}, high{2, kBlue};
    CHECK(outranks(kOwner, kUser, high, UserId(9), low));
    CHECK_FALSE(outranks(kOwner, kUser, low, UserId(9), low));
    CHECK_FALSE(outranks(kOwner, kUser, high, kOwner, low));
    CHECK(outranks(kOwner, kOwner, low, kUser, high));
    CHECK(outranks_role(kOwner, kOwner, low, high));
    CHECK_FALSE(outranks_role(kOwner, kUser, low, low));
    CHECK_FALSE(may_grant(kViewChannel, kViewChannel | kBanMembers));
}

TEST_CASE("permissions are read from decimal text only") {
    CHECK(parse_permissions("8") == kAdministrator);
    CHECK(parse_permissions("18446744073709551615")->bits == ~0ull);
    for (auto* bad : {"", "-1", "8x", " 8", "18446744073709551616"})
        CHECK_FALSE(parse_permissions(bad));
}
