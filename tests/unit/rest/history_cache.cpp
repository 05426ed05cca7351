#include "node/rest/history_cache.h"

#include "tests/catch.h"

#include <memory>
#include <string>

using namespace guildhall;
using protocol::ChannelId;
using rest::HistoryCache;

namespace {

constexpr ChannelId kRoom{1000}, kOther{1001};

journal::Committed event_in(ChannelId channel) {
    journal::Committed entry;
    entry.log_id = channel.value;
    entry.event = protocol::MessageCreated{};
    return entry;
}

void keep(HistoryCache& cache, ChannelId channel, const std::string& json) {
    cache.put(channel, cache.begin(channel), json);
}

bool knows(const HistoryCache& cache, ChannelId channel) { return cache.find(channel) != nullptr; }

}  // namespace

TEST_CASE("a page is kept until something happens in its channel") {
    HistoryCache cache;
    keep(cache, kRoom, "[1]");
    keep(cache, kOther, "[2]");
    REQUIRE(knows(cache, kRoom));
    CHECK(*cache.find(kRoom) == "[1]");

    cache.on_committed(event_in(kRoom));
    CHECK_FALSE(knows(cache, kRoom));
    CHECK(knows(cache, kOther));
}

TEST_CASE("a page that was being read when something happened is not kept") {
    HistoryCache cache;
    const auto before = cache.begin(kRoom);
    cache.on_committed(event_in(kRoom));
    const auto after = cache.begin(kRoom);
    cache.put(kRoom, before, "[old]");
    CHECK_FALSE(knows(cache, kRoom));
    cache.put(kRoom, after, "[new]");
    REQUIRE(knows(cache, kRoom));
    CHECK(*cache.find(kRoom) == "[new]");
}

TEST_CASE("a change of a user forgets every page, and those being read") {
    HistoryCache cache;
    keep(cache, kRoom, "[1]");
    const auto ticket = cache.begin(kOther);
    cache.on_notice(journal::UserChanged{std::make_shared<const protocol::User>()});
    cache.put(kOther, ticket, "[2]");
    CHECK_FALSE(knows(cache, kRoom));
    CHECK_FALSE(knows(cache, kOther));
}

TEST_CASE("a deleted channel leaves no text behind") {
    HistoryCache cache;
    keep(cache, kRoom, "[1]");
    journal::Committed entry;
    entry.event = protocol::ChannelDeleted{kRoom};
    cache.on_committed(entry);
    CHECK_FALSE(knows(cache, kRoom));
}

TEST_CASE("the pages kept are bounded in number and in bytes") {
    HistoryCache cache;
    const std::string big(1024 * 1024, 'x');
    for (std::uint64_t i = 1; i <= 4; ++i) keep(cache, ChannelId(i), big);
    CHECK(knows(cache, ChannelId(1)));
    keep(cache, ChannelId(5), big);
    CHECK_FALSE(knows(cache, ChannelId(1)));

    HistoryCache many;
    for (std::uint64_t i = 1; i <= 1024; ++i) keep(many, ChannelId(i), "[]");
    CHECK(knows(many, ChannelId(1)));
    keep(many, ChannelId(1025), "[]");
    CHECK_FALSE(knows(many, ChannelId(1)));
    CHECK(knows(many, ChannelId(1025)));
}
