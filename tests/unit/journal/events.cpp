// The vocabulary: every kind of event survives its bytes, hostile bytes are refused, maps share.
#include "node/base/rng.h"
#include "protocol/event_codec.h"
#include "protocol/guild_state.h"
#include "tests/catch.h"

#include <map>

namespace guildhall {
namespace {

using namespace protocol;

Message full_message() {
    Message m;
    m.id = MessageId(7);
    m.channelId = ChannelId(8);
    m.authorId = UserId(9);
    m.type = 19;
    m.content = "caf\u00e9 \u2603";
    m.flags = 4;
    m.tts = m.mentionEveryone = true;
    m.mentions = {UserId(1), UserId(2)};
    m.mentionRoles = {RoleId(3)};
    m.attachments = {{AttachmentId(4), "a.png", "d", "image/png", 12, 3, 4, std::string(32, '\1')}};
    m.embeds = "[{}]";
    m.components = "[1]";
    m.replyTo = MessageId(5);
    m.replyChannel = ChannelId(8);
    m.replyGuild = GuildId(6);
    m.editedMs = 1234;
    m.applicationId = ApplicationId(10);
    m.interactionId = InteractionId(11);
    m.interactionUser = UserId(12);
    m.interactionName = "ping";
    m.interactionType = 2;
    m.webhookId = WebhookId(13);
    return m;
}

TEST_CASE("a message with everything in it survives its bytes") {
    const Event event = MessageCreated{full_message()};
    const std::string bytes = encode(event);
    CHECK(bytes == encode(event));
    const auto back = decode_event(bytes);
    REQUIRE(back);
    REQUIRE(kind_of(*back) == kind_of(event));
    CHECK(std::get<MessageCreated>(*back).message == full_message());
    CHECK(encode(*back) == bytes);
}

TEST_CASE("bytes that others made are refused where a text is no UTF-8, however deep it stands") {
    const auto refused = [](const Event& event) {
        const std::string bytes = encode(event);
        CHECK(decode_event(bytes));
        return !decode_event(bytes, BytesFrom::others);
    };
    CHECK_FALSE(refused(MessageCreated{full_message()}));
    Message named = full_message();
    named.attachments.front().filename = "a\xff.png";
    CHECK(refused(MessageCreated{named}));
    Channel topic;
    topic.topic = "cut \xe2\x98";
    CHECK(refused(ChannelCreated{topic}));
    CHECK(refused(HostingChanged{"", std::string(32, '\xff'), 1, "n", {"a:1", "\xff"}}));
    // Bytes that are no text may be any.
    CHECK_FALSE(refused(HostingChanged{"\xff", std::string(32, '\xff'), 1, "n", {"a:1"}}));
    Role role;
    role.name = "\xc0\x80";
    CHECK(decode_object<Role>(encode_object(role)));
    CHECK_FALSE(decode_object<Role>(encode_object(role), BytesFrom::others));
}

TEST_CASE("what nodes say in a log survives its bytes, whatever bytes are in it") {
    const std::string uid = std::string(31, '\1') + '\0';
    const std::vector<std::string> blobs = {std::string(3, '\0'), "", "\xff\xfe"};
    const auto identity = decode_event(encode(IdentityAdded{uid, blobs[0], blobs})).value();
    CHECK(std::get<IdentityAdded>(identity).uid == uid);
    CHECK(std::get<IdentityAdded>(identity).genesis == blobs[0]);
    CHECK(std::get<IdentityAdded>(identity).events == blobs);
    const auto hosting =
        decode_event(encode(HostingChanged{blobs[2], uid, 7, "two.example", {"a:1", "b:2"}}))
            .value();
    CHECK(std::get<HostingChanged>(hosting).certificate == blobs[2]);
    CHECK(std::get<HostingChanged>(hosting).epoch == 7);
    CHECK(std::get<HostingChanged>(hosting).endpoints.at(1) == "b:2");
    const auto policy = decode_event(encode(HostingPolicySet{{uid, uid}, 2, 9, UserId(3)})).value();
    CHECK(std::get<HostingPolicySet>(policy).successors == std::vector{uid, uid});
    CHECK(std::get<HostingPolicySet>(policy).votes == 2);
    CHECK(log_of(identity) == kControlLog);
    CHECK(log_of(MemberMoved{UserId(3), uid}) == kControlLog);
    CHECK(object_of(MemberMoved{UserId(3), uid}) == 3);
}

TEST_CASE("a member of the node that made the guild has the bytes that members always had") {
    Member member;
    member.userId = UserId(1);
    const std::string bytes = encode_object(member);
    member.homeUid = std::string(32, '\1');
    CHECK(encode_object(member).size() > bytes.size());
    CHECK(decode_object<Member>(bytes).value().homeUid.empty());
    // A root of one data word and no pointers: nothing of the new field is there.
    CHECK(bytes.size() == 16);
}

template <std::size_t... I>
std::vector<Event> one_of_each(std::index_sequence<I...>) {
    return {Event(std::in_place_index<I>)...};
}

TEST_CASE("every kind of event keeps its kind through its bytes") {
    for (const Event& event : one_of_each(std::make_index_sequence<std::variant_size_v<Event>>())) {
        const auto back = decode_event(encode(event));
        REQUIRE(back);
        CHECK(kind_of(*back) == kind_of(event));
        CHECK(encode(*back) == encode(event));
    }
}

TEST_CASE("altered and cut bytes are read or refused, never more") {
    const std::string bytes = encode(MessageCreated{full_message()});
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        (void)decode_event(std::string_view(bytes).substr(0, cut));
    }
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
        std::string altered = bytes;
        altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << (i % 8)));
        (void)decode_event(altered);
    }
    CHECK_FALSE(decode_event(""));
    CHECK_FALSE(decode_event("12345678"));
}

TEST_CASE("objects alone survive their bytes") {
    Channel channel;
    channel.id = ChannelId(5);
    channel.name = "general";
    channel.overwrites = {{Snowflake(1), OverwriteType::member, 3, 4}};
    const auto back = decode_object<Channel>(encode_object(channel));
    REQUIRE(back);
    CHECK(*back == channel);
}

TEST_CASE("a persistent map is an ordered map whose copies do not change") {
    PersistentMap<int, int> map;
    std::map<int, int> model;
    base::SeededRng random(5);
    std::vector<std::pair<PersistentMap<int, int>, std::map<int, int>>> kept;
    for (int i = 0; i < 4000; ++i) {
        const int key = static_cast<int>(random.below(500));
        if (random.below(3) == 0) {
            CHECK(map.erase(key) == (model.erase(key) == 1));
        } else {
            map.insert_or_assign(key, i);
            model[key] = i;
        }
        if (i % 500 == 0) kept.emplace_back(map, model);
    }
    kept.emplace_back(map, model);
    for (const auto& [copy, expected] : kept) {
        std::map<int, int> seen;
        copy.for_each([&](int k, int v) { seen.emplace(k, v); });
        CHECK(seen == expected);
        CHECK(copy.size() == expected.size());
        for (const auto& [k, v] : expected) REQUIRE(*copy.find(k) == v);
        std::map<int, int> tail;
        copy.for_each_after(250, [&](int k, int v) { tail.emplace(k, v); });
        CHECK(tail == std::map<int, int>(expected.upper_bound(250), expected.end()));
    }
}

}  // namespace
}  // namespace guildhall
