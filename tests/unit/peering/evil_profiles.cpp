// What nodes learn of each other's users: who shares a guild at present, and the newest of it,
// whatever comes at the same time.
#include "node/store/tables/users.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

std::size_t profiles_of(EvilGuest& s, protocol::UserId user) {
    f::frames::ProfileGet get;
    get.userIds = {user.value};
    const auto answer = s.evil.ask(get);
    const auto* told = answer ? std::get_if<f::frames::Profiles>(&*answer) : nullptr;
    return told ? told->profiles.size() : 0;
}

/// Signed by mallory's home.
std::string profile(EvilGuest& s, std::uint64_t version) {
    f::Profile shown;
    shown.user_id = s.mallory.id.value;
    shown.user_uid = s.mallory.uid;
    shown.home_uid = s.evil.uid();
    shown.version = version;
    shown.username = "mallory";
    shown.global_name = "version " + std::to_string(version);
    return f::encode(f::sign(shown, s.evil.key()));
}

}  // namespace

TEST_CASE("who shared a guild once, and does no more, is told nothing of its members") {
    EvilGuest s;
    CHECK(profiles_of(s, s.owner.id) == 0);
    s.join();
    CHECK(profiles_of(s, s.owner.id) == 1);
    s.host().ok(EvilGuest::Method::del,
                "/api/v10/guilds/" + s.guild.str() + "/members/" + s.mallory.id.str(),
                s.owner);
    s.world.advance(1s);
    // Its keys stand in the guild's log for ever.
    REQUIRE(s.host().guild(s.guild)->identities.find(std::string(s.evil.uid().text())));
    CHECK(profiles_of(s, s.owner.id) == 0);
    const auto before = s.evil.all<f::frames::Profiles>().size();
    s.host().ok(
        EvilGuest::Method::patch, "/api/v10/users/@me", s.owner, {{"global_name", "somebody new"}});
    s.world.advance(1s);
    CHECK(s.evil.all<f::frames::Profiles>().size() == before);
}

TEST_CASE("a profile and a new name of its node at the same time both stay") {
    EvilGuest s;
    s.join();
    auto& directory = s.host().core().peering->peers().directory();
    // What is stored already, and not shown yet.
    const auto stored = [&](auto work) {
        CHECK(store::write_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
            TRY(auto user, store::users::find(tx, s.mallory.id));
            REQUIRE(user);
            return work(tx, *user);
        }));
    };
    stored([](store::Tx& tx, protocol::User& user) {
        user.version = 50;
        user.global_name = "newer";
        return store::users::put(tx, user);
    });
    directory.pin(s.evil.uid(), "renamed.example");
    s.world.run();
    stored([](store::Tx&, const protocol::User& user) {
        CHECK(user.username == "mallory@renamed.example");
        CHECK(user.global_name == "newer");
        CHECK(user.version == 50);
        return protocol::Status();
    });
    CHECK((*s.host().view().user(s.mallory.id))->global_name == "newer");

    // Newer than what is shown, older than what is stored.
    stored([](store::Tx& tx, protocol::User& user) {
        user.version = 60;
        return store::users::put(tx, user);
    });
    f::frames::Profiles pushed;
    pushed.profiles = {profile(s, 55)};
    s.evil.send(pushed);
    s.world.run();
    stored([](store::Tx&, const protocol::User& user) {
        CHECK(user.global_name == "newer");
        CHECK(user.version == 60);
        return protocol::Status();
    });
    pushed.profiles = {profile(s, 61)};
    s.evil.send(pushed);
    s.world.run();
    CHECK((*s.host().view().user(s.mallory.id))->global_name == "version 61");
    CHECK((*s.host().view().user(s.mallory.id))->username == "mallory@renamed.example");
}
