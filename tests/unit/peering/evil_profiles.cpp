// What nodes learn of each other's users: who shares a guild at present, and the newest of it,
// whatever comes at the same time.
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
    for (std::uint64_t i = 2; i < 80; ++i) {
        const std::string name = "n" + std::to_string(i) + ".example";
        f::frames::Profiles pushed;
        pushed.profiles = {profile(s, i)};
        s.evil.send(pushed);
        // Each time a little later.
        for (std::uint64_t step = 0; step < i; ++step) {
            s.evil.poll_one();
            s.host().poll_one();
        }
        directory.pin(s.evil.uid(), name);
        s.world.run();
        const auto& user = **s.host().view().user(s.mallory.id);
        INFO(i << s.world.logs());
        REQUIRE(user.global_name == "version " + std::to_string(i));
        REQUIRE(user.username == "mallory@" + name);
    }
    // An older one that comes late is not believed.
    f::frames::Profiles old;
    old.profiles = {profile(s, 3)};
    s.evil.send(old);
    s.world.run();
    CHECK((*s.host().view().user(s.mallory.id))->version == 79);
}
