// Requests about accounts, guilds, channels, roles, members and applications.
#include "protocol/api/application.h"
#include "protocol/api/auth.h"
#include "protocol/api/channel.h"
#include "protocol/api/guild.h"
#include "protocol/api/member.h"
#include "protocol/api/user.h"
#include "tests/unit/protocol/api/support.h"

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

TEST_CASE("registration lowers the name and holds it to its rules") {
    auto r =
        decode_text<Register>(R"({"username":" Alice ","password":"12345678","email":"A@B.c"})");
    REQUIRE(r);
    CHECK(r->username == "alice");
    CHECK(*r->email == "a@b.c");
    CHECK(faults<Register>(R"({"username":"a b","password":"12345678"})") ==
          "username USERNAME_INVALID;");
    CHECK(faults<Register>(R"({"username":"x","password":"1234567"})") ==
          "username BASE_TYPE_BAD_LENGTH;password BASE_TYPE_BAD_LENGTH;");
    CHECK(faults<Register>(R"({"username":"ab","password":")" + std::string(72, 'p') + "\"}") ==
          "none");
    CHECK(faults<Register>(R"({"username":"ab","password":")" + std::string(73, 'p') + "\"}") ==
          "password BASE_TYPE_BAD_LENGTH;");
    CHECK(faults<Register>(R"({"username":"ab","password":"12345678","email":"x"})") ==
          "email EMAIL_TYPE_INVALID_EMAIL;");
}

TEST_CASE("login takes either spelling") {
    CHECK(decode_text<Login>(R"({"login":"a","password":"p"})")->identifier() == "a");
    CHECK(decode_text<Login>(R"({"email":"a@b.c","password":"p"})")->identifier() == "a@b.c");
    CHECK(faults<Login>(R"({"password":"p"})") == "login BASE_TYPE_REQUIRED;");
}

TEST_CASE("a guild is made with roles and channels that name each other") {
    auto g = decode_text<GuildCreate>(
        R"({"name":"My Guild","roles":[{"id":0,"permissions":"1024"},{"id":1,"name":"mod"}],
            "channels":[{"id":5,"name":"Cat","type":4},{"name":"Main Hall","parent_id":5,
            "permission_overwrites":[{"id":1,"allow":"8"}]}],"region":null,"icon":null})");
    REQUIRE(g);
    CHECK(g->roles->at(0).permissions == permissions::kViewChannel);
    CHECK(g->roles->at(1).id == Snowflake(1));
    CHECK(g->channels->at(0).name == "Cat");
    CHECK(g->channels->at(1).name == "main-hall");
    CHECK(to_overwrites(*g->channels->at(1).permission_overwrites).at(0).allow == 8);
    CHECK(faults<GuildCreate>(R"({"name":"x"})") == "name BASE_TYPE_BAD_LENGTH;");
    CHECK(faults<GuildCreate>(R"({"name":"xy","channels":[{"name":""}]})") ==
          "channels[0].name BASE_TYPE_REQUIRED;");
}

TEST_CASE("a guild patch tells null from absent") {
    auto g = decode_text<GuildPatch>(
        R"({"afk_channel_id":null,"system_channel_id":"7","verification_level":4})");
    REQUIRE(g);
    CHECK(g->afk_channel_id.is_null());
    CHECK(*g->system_channel_id.value == ChannelId(7));
    CHECK_FALSE(g->icon.present);
    CHECK(faults<GuildPatch>(R"({"verification_level":5})") ==
          "verification_level BASE_TYPE_CHOICES;");
}

TEST_CASE("channels keep to the limits of their type") {
    auto topic = [](std::size_t n, int type) {
        return R"({"name":"a","type":)" + std::to_string(type) + R"(,"topic":")" +
               std::string(n, 't') + "\"}";
    };
    CHECK(faults<ChannelCreate>(topic(1024, 0)) == "none");
    CHECK(faults<ChannelCreate>(topic(1025, 0)) == "topic BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<ChannelCreate>(topic(4096, 15)) == "none");
    CHECK(faults<ChannelCreate>(topic(4097, 15)) == "topic BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<ChannelCreate>(R"({"name":"a","type":1})") == "type BASE_TYPE_CHOICES;");
    CHECK(faults<ChannelCreate>(R"({"name":"a","type":11})") == "type BASE_TYPE_CHOICES;");
    CHECK(faults<ChannelCreate>(R"({"name":"a","type":7})") == "type BASE_TYPE_CHOICES;");
    CHECK(faults<ChannelCreate>(R"({"name":"a","rate_limit_per_user":21601})") ==
          "rate_limit_per_user NUMBER_TYPE_MAX;");
    CHECK(faults<ChannelPatch>(R"({"default_auto_archive_duration":61})") ==
          "default_auto_archive_duration BASE_TYPE_CHOICES;");
    auto patch = decode_text<ChannelPatch>(R"({"parent_id":null,"topic":"x","nsfw":true})");
    REQUIRE(patch);
    CHECK(patch->parent_id.is_null());
}

TEST_CASE("overwrites drop bits the API does not know, and the last of equal ids wins") {
    auto c = decode_text<ChannelCreate>(
        R"({"name":"a","permission_overwrites":[{"id":"1","type":1,"allow":"18446744073709551615"},
            {"id":"2"},{"id":"1","type":1,"deny":1024}]})");
    REQUIRE(c);
    auto list = to_overwrites(*c->permission_overwrites);
    REQUIRE(list.size() == 2);
    CHECK(list[0].type == OverwriteType::member);
    CHECK(list[0].allow == 0);
    CHECK(list[0].deny == 1024);
    auto put = to_overwrite(
        Snowflake(9), *decode_text<OverwritePut>(R"({"type":0,"allow":"18446744073709551615"})"));
    CHECK(put.allow == permissions::kAll.bits);
}

TEST_CASE("lists of positions are bodies of their own") {
    auto channels =
        decode_text<ChannelPositions>(R"([{"id":"1","position":2},{"id":"3","parent_id":null}])");
    REQUIRE(channels);
    CHECK(channels->at(0).position == 2);
    CHECK(channels->at(1).parent_id.is_null());
    CHECK(faults<RolePositions>(R"([{"position":1}])") == "[0].id BASE_TYPE_REQUIRED;");
}

TEST_CASE("members, bans and invites keep to their limits") {
    auto m = decode_text<MemberPatch>(
        R"({"nick":null,"roles":["1","2"],"communication_disabled_until":"2030-01-01T00:00:00Z"})");
    REQUIRE(m);
    CHECK(m->nick.is_null());
    CHECK(m->roles.value->size() == 2);
    CHECK(m->communication_disabled_until.value->ms == 1893456000000);
    CHECK(decode_text<BanCreate>(R"({"delete_message_days":2})")->delete_seconds() == 172'800);
    CHECK(decode_text<BanCreate>("{}")->delete_seconds() == 0);
    CHECK(faults<BanCreate>(R"({"delete_message_seconds":604801})") ==
          "delete_message_seconds NUMBER_TYPE_MAX;");
    CHECK(faults<InviteCreate>(R"({"max_age":604801,"max_uses":101})") ==
          "max_age NUMBER_TYPE_MAX;max_uses NUMBER_TYPE_MAX;");
    CHECK(decode_text<InviteCreate>("{}"));
}

TEST_CASE("accounts and direct messages are patched and opened") {
    auto u = decode_text<UserPatch>(R"({"username":"Bob_1","avatar":null,"global_name":"B"})");
    REQUIRE(u);
    CHECK(*u->username == "bob_1");
    CHECK(u->avatar.is_null());
    CHECK(faults<DmCreate>("{}") == "recipients BASE_TYPE_REQUIRED;");
    CHECK(decode_text<DmCreate>(R"({"recipient_id":5})"));
}

TEST_CASE("applications and their authorisation are read") {
    CHECK(faults<ApplicationCreate>(R"({"name":""})") == "name BASE_TYPE_REQUIRED;");
    CHECK(faults<ApplicationPatch>(R"({"interactions_endpoint_url":"ftp://x"})") ==
          "interactions_endpoint_url URL_TYPE_INVALID_SCHEME;");
    auto q = decode_text<AuthorizeQuery>(
        R"({"client_id":"5","scope":"bot applications.commands","permissions":"8",
            "guild_id":"7"})");
    REQUIRE(q);
    CHECK(q->scopes() == std::vector<std::string_view>{"bot", "applications.commands"});
    CHECK(q->permissions == permissions::kAdministrator);
    auto b = decode_text<AuthorizeBody>(
        R"({"authorize":true,"guild_id":"7","permissions":"8","integration_type":0})");
    REQUIRE(b);
    CHECK(b->authorize);
}
