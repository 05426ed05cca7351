#include "node/services/messages.h"

#include "node/services/commit.h"
#include "protocol/enums.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/services/talk.h"

using namespace guildhall;
using protocol::MessageId;
using protocol::UserId;
using tests::Talk;
namespace api = protocol::api;
namespace permissions = protocol::permissions;
using namespace std::chrono_literals;

namespace {

constexpr auto kTalk =
    permissions::kViewChannel | permissions::kSendMessages | permissions::kReadMessageHistory;

/// Keeps no file, and lets something happen while it would be written.
class SlowFiles final : public services::FileStore {
  public:
    base::Task<base::Result<services::StoredFile>> put(std::string bytes) override {
        const services::Actor nobody;
        CO_TRY_VOID(
            co_await services::commit(talk->ctx, nobody, talk->guild, std::move(meanwhile)));
        meanwhile.clear();
        services::StoredFile stored{.hash = std::string(32, 'h'), .size = bytes.size()};
        stored.content_type = "text/plain";
        co_return stored;
    }
    Talk* talk = nullptr;
    std::vector<protocol::Event> meanwhile;
};

/// @everyone of the guild with these rights.
protocol::RoleUpdated everyone_may(const Talk& t, protocol::Permissions what) {
    protocol::Role role = *t.state(t.guild).roles.find(protocol::RoleId(t.guild.value));
    role.permissions = what.bits;
    return {role};
}

std::string reply_to(MessageId id, const std::string& more = {}) {
    return R"({"content":"re","message_reference":{"message_id":")" + id.str() + "\"" + more + "}}";
}

std::string with_nonce(const std::string& content, const std::string& nonce) {
    return R"({"content":")" + content + R"(","enforce_nonce":true,"nonce":)" + nonce + "}";
}

}  // namespace

TEST_CASE("who may post: members who see the channel and may send") {
    Talk t;
    t.say(t.alice);
    CHECK(t.recorder.names() == std::vector<std::string>{"MESSAGE_CREATE"});
    CHECK(t.refused(t.stranger, t.says("x")) == protocol::kMissingAccess);
    t.allow(permissions::kViewChannel);
    CHECK(t.refused(t.alice, t.says("x")) == protocol::kMissingPermissions);
    t.allow(permissions::kSendMessages);
    CHECK(t.refused(t.alice, t.says("x")) == protocol::kMissingAccess);
    t.allow(kTalk);
    protocol::Member timed_out = *t.state(t.guild).members.find(t.alice);
    timed_out.timeoutMs = t.loop.clock.unix_ms() + 1000;
    t.commit(t.guild, {protocol::MemberUpdated{timed_out}});
    CHECK(t.refused(t.alice, t.says("x")) == protocol::kMissingPermissions);
    t.later(1001ms);
    t.say(t.alice);
}

TEST_CASE("a message that shows nothing is 50006, a channel without messages 50008") {
    Talk t;
    CHECK(t.refused(t.alice, "{}") == protocol::kCannotSendAnEmptyMessage);
    CHECK(t.refused(t.alice, R"({"content":"  "})") == protocol::kCannotSendAnEmptyMessage);
    protocol::Channel category;
    category.id = protocol::ChannelId(t.run(t.journal.new_id(t.guild)));
    category.type = protocol::ChannelType::category;
    category.name = "c";
    t.commit(t.guild, {protocol::ChannelCreated{category}});
    t.channel = category.id;
    CHECK(t.refused(t.alice, t.says("x")) == protocol::kCannotSendMessagesInNonTextChannel);
    t.channel = protocol::ChannelId(12345);
    CHECK(t.refused(t.alice, t.says("x")) == protocol::kUnknownChannel);
}

TEST_CASE("embeds need EMBED_LINKS, reading aloud needs SEND_TTS_MESSAGES") {
    Talk t;
    const std::string embed = R"({"embeds":[{"title":"t"}]})";
    const std::string aloud = R"({"content":"x","tts":true})";
    CHECK(t.refused(t.alice, embed) == protocol::kMissingPermissions);
    CHECK_FALSE(t.post(t.alice, aloud).tts);
    t.allow(kTalk | permissions::kEmbedLinks | permissions::kSendTtsMessages);
    CHECK_FALSE(t.post(t.alice, embed).embeds.empty());
    CHECK(t.post(t.alice, aloud).tts);
}

TEST_CASE("slow mode tells how long to wait, and who may manage is exempt") {
    Talk t;
    t.slow_mode(10);
    t.say(t.alice);
    t.later(4s);
    const auto refused = t.try_post(t.alice, t.says("again"));
    REQUIRE(!refused);
    CHECK(refused.error().code == protocol::kActionCannotBePerformedDueToSlowmodeRateLimit);
    CHECK(protocol::http_status(refused.error()) == 429);
    CHECK(refused.error().retry_after == Approx(6.0));
    t.say(t.bob);
    t.say(t.owner);
    t.say(t.owner);
    t.later(5999ms);
    CHECK(!t.try_post(t.alice, t.says("still")));
    t.later(1ms);
    t.say(t.alice);
    // A refused message costs no wait.
    t.later(10s);
    CHECK(t.refused(t.alice, "{}") == protocol::kCannotSendAnEmptyMessage);
    t.say(t.alice);
    t.slow_mode(0);
    t.say(t.alice);
}

TEST_CASE("each permission that manages a channel is exempt from slow mode") {
    for (const auto extra : {permissions::kManageMessages,
                             permissions::kManageChannels,
                             permissions::kBypassSlowmode}) {
        Talk t;
        t.slow_mode(60);
        t.add_role(t.guild, extra, 1, {t.alice});
        t.say(t.alice);
        t.say(t.alice);
        t.say(t.bob);
        CHECK(!t.try_post(t.bob, t.says("x")));
    }
}

TEST_CASE("a reply names its message, notifies its author and shows it") {
    Talk t;
    const MessageId first = t.say(t.bob, "first");
    const auto posted = t.try_post(t.alice, reply_to(first));
    REQUIRE(posted);
    CHECK(posted->message.type == static_cast<int>(protocol::MessageType::reply));
    CHECK(posted->message.replyTo == first);
    CHECK(posted->message.mentions == std::vector<UserId>{t.bob});
    CHECK(posted->referenced_json.find("\"first\"") != std::string::npos);
    const auto shown = t.shown(posted->message.id);
    REQUIRE(shown);
    REQUIRE(shown->referenced);
    CHECK(shown->referenced->message.content == "first");
    // When it goes, the reply stays and shows that it is gone.
    t.ok(t.messages.remove(t.as(t.bob), t.channel, first));
    const auto after = t.shown(posted->message.id);
    REQUIRE(after);
    CHECK(!after->referenced);
    CHECK(after->stored.message.replyTo == first);
}

TEST_CASE("a reply to nothing is refused unless it may fail") {
    Talk t;
    const MessageId nothing(1);
    CHECK(t.refused(t.alice, reply_to(nothing)) == protocol::kInvalidFormBody);
    const auto lenient = t.post(t.alice, reply_to(nothing, R"(,"fail_if_not_exists":false)"));
    CHECK(lenient.type == 0);
    CHECK(!lenient.replyTo);
    const MessageId first = t.say(t.bob);
    CHECK(t.refused(t.alice, reply_to(first, R"(,"type":1)")) == protocol::kInvalidFormBody);
    CHECK(t.refused(t.alice, reply_to(first, R"(,"channel_id":"17")")) ==
          protocol::kInvalidFormBody);
    t.allow(permissions::kViewChannel | permissions::kSendMessages);
    CHECK(t.refused(t.alice, reply_to(first)) ==
          protocol::kCannotReplyWithoutPermissionToReadMessageHistory);
}

TEST_CASE("a nonce comes back as it was; without enforce_nonce it makes nothing unique") {
    Talk t;
    const auto text = t.try_post(t.alice, R"({"content":"x","nonce":"n"})");
    REQUIRE(text);
    CHECK(text->nonce_json == "\"n\"");
    CHECK(t.recorder.entries.back().origin.nonce_json == "\"n\"");
    const auto number = t.try_post(t.alice, R"({"content":"x","nonce":17})");
    REQUIRE(number);
    CHECK(number->nonce_json == "17");
    const auto again = t.try_post(t.alice, R"({"content":"x","nonce":17})");
    REQUIRE(again);
    CHECK(again->message.id != number->message.id);
}

TEST_CASE("an enforced nonce makes one message of a repeated post, for ten minutes") {
    Talk t;
    const auto first = t.post(t.alice, with_nonce("one", "\"n\""));
    const auto again = t.try_post(t.alice, with_nonce("two", "\"n\""));
    REQUIRE(again);
    CHECK(again->message.id == first.id);
    CHECK(again->message.content == "one");
    CHECK(again->nonce_json == "\"n\"");
    CHECK(t.recorder.names() == std::vector<std::string>{"MESSAGE_CREATE"});
    CHECK(t.post(t.bob, with_nonce("bob's", "\"n\"")).id != first.id);
    CHECK(t.post(t.alice, with_nonce("other", "\"m\"")).id != first.id);
    CHECK(t.refused(t.stranger, with_nonce("x", "\"n\"")) == protocol::kMissingAccess);
    t.later(std::chrono::milliseconds(protocol::limits::kNonceTtlMs + 1));
    CHECK(t.post(t.alice, with_nonce("later", "\"n\"")).id != first.id);
}

TEST_CASE("two posts with one nonce at once are stored once") {
    Talk t;
    // They outlive the verbs that are started.
    const services::Actor alice = t.as(t.alice);
    const auto request = t.read<api::MessageCreate>(with_nonce("x", "\"n\""));
    std::optional<protocol::Result<Talk::Posted>> a, b;
    t.db->hold();
    t.start(t.messages.create(alice, t.channel, request, {}), a);
    t.start(t.messages.create(alice, t.channel, request, {}), b);
    CHECK(!a.has_value());
    CHECK(!b.has_value());
    t.db->release();
    t.loop.run();
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    REQUIRE(*a);
    REQUIRE(*b);
    CHECK((*a)->message.id == (*b)->message.id);
    CHECK(t.recorder.names() == std::vector<std::string>{"MESSAGE_CREATE"});
}

TEST_CASE("a post that the disk refuses is not there, and its nonce is free") {
    Talk t;
    t.db->fail_next_batch(protocol::make_http_error(507));
    CHECK(protocol::http_status(t.try_post(t.alice, with_nonce("x", "1")).error()) == 507);
    CHECK(t.contents({}).empty());
    CHECK(t.recorder.names().empty());
    t.post(t.alice, with_nonce("x", "1"));
    CHECK(t.contents({}) == std::vector<std::string>{"x"});
}

TEST_CASE("who may edit: the author; others with MANAGE_MESSAGES only hide embeds") {
    Talk t;
    const MessageId id = t.say(t.alice);
    const auto edited = t.try_edit(t.alice, id, t.says("better"));
    REQUIRE(edited);
    CHECK(edited->stored.message.content == "better");
    CHECK(edited->stored.message.editedMs != 0);
    CHECK(t.edit_refused(t.bob, id, t.says("x")) ==
          protocol::kCannotEditMessageAuthoredByAnotherUser);
    CHECK(t.edit_refused(t.owner, id, t.says("x")) ==
          protocol::kCannotEditMessageAuthoredByAnotherUser);
    CHECK(t.edit_refused(t.bob, id, R"({"flags":4})") == protocol::kMissingPermissions);
    const auto hidden = t.try_edit(t.owner, id, R"({"flags":4})");
    REQUIRE(hidden);
    CHECK((hidden->stored.message.flags & 4) != 0);
    CHECK(hidden->stored.message.editedMs == edited->stored.message.editedMs);
    // What the message is made of (IS_COMPONENTS_V2) is its author's to say.
    const auto shown = t.try_edit(t.owner, id, R"({"flags":32768})");
    REQUIRE(shown);
    CHECK(shown->stored.message.flags == 0);
    CHECK(t.edit_refused(t.alice, id, R"({"content":""})") == protocol::kCannotSendAnEmptyMessage);
    CHECK(t.edit_refused(t.alice, MessageId(1), t.says("x")) == protocol::kUnknownMessage);
    CHECK(t.edit_refused(t.stranger, id, t.says("x")) == protocol::kMissingAccess);
}

TEST_CASE("nobody adds files to another's message") {
    Talk t;
    const MessageId id = t.say(t.alice);
    const auto request = t.read<api::MessageEdit>(R"({"flags":4})");
    std::vector<services::Upload> files{{"files[0]", "a.txt", "bytes"}};
    CHECK(t.code(t.messages.edit(t.as(t.owner), t.channel, id, request, files)) ==
          protocol::kCannotEditMessageAuthoredByAnotherUser);
    CHECK(t.code(t.messages.edit(t.as(t.alice), t.channel, id, request, files)) ==
          protocol::kMissingPermissions);
}

TEST_CASE("rights that end while a file is kept end the post and the edit") {
    Talk t;
    SlowFiles slow;
    slow.talk = &t;
    t.ctx.files = &slow;
    t.allow(kTalk | permissions::kAttachFiles);
    const MessageId id = t.say(t.alice);
    std::vector<services::Upload> files{{"files[0]", "a.txt", "bytes"}};
    const auto request = t.read<api::MessageEdit>(t.says("x"));
    t.later(5ms);
    const auto edited = t.ok(t.messages.edit(t.as(t.alice), t.channel, id, request, files));
    CHECK(edited.stored.message.attachments.size() == 1);

    slow.meanwhile = {everyone_may(t, kTalk)};
    CHECK(t.code(t.messages.edit(t.as(t.alice), t.channel, id, request, files)) ==
          protocol::kMissingPermissions);
    t.allow(kTalk | permissions::kAttachFiles);
    slow.meanwhile = {protocol::MemberLeft{t.alice, protocol::LeaveCause::kicked, t.owner}};
    const auto post = t.read<api::MessageCreate>(t.says("x"));
    CHECK(t.code(t.messages.create(t.as(t.alice), t.channel, post, files)) ==
          protocol::kMissingAccess);
    CHECK(t.contents({}).size() == 1);
}

TEST_CASE("an edit says what it mentions anew") {
    Talk t;
    const auto posted = t.post(t.alice, t.says("<@" + t.bob.str() + ">"));
    CHECK(posted.mentions == std::vector<UserId>{t.bob});
    const auto edited = t.try_edit(t.alice, posted.id, t.says("<@" + t.owner.str() + ">"));
    REQUIRE(edited);
    CHECK(edited->stored.message.mentions == std::vector<UserId>{t.owner});
}

TEST_CASE("of an edit and a delete that race, the edit that comes second finds nothing") {
    Talk t;
    // They outlive the verbs that are started.
    const services::Actor alice = t.as(t.alice), owner = t.as(t.owner);
    const MessageId id = t.say(t.alice);
    std::optional<protocol::Status> removed;
    std::optional<protocol::Result<services::ShownMessage>> edited;
    const auto request = t.read<api::MessageEdit>(t.says("late"));
    t.db->hold();
    t.start(t.messages.remove(owner, t.channel, id), removed);
    t.start(t.messages.edit(alice, t.channel, id, request, {}), edited);
    t.db->release();
    t.loop.run();
    REQUIRE(removed.has_value());
    CHECK(*removed);
    REQUIRE(edited.has_value());
    REQUIRE(!*edited);
    CHECK(edited->error().code == protocol::kUnknownMessage);
    CHECK(t.recorder.names() == std::vector<std::string>{"MESSAGE_CREATE", "MESSAGE_DELETE"});
}

TEST_CASE("two edits of one message that race both happen, in order") {
    Talk t;
    // They outlive the verbs that are started.
    const services::Actor alice = t.as(t.alice), owner = t.as(t.owner);
    const MessageId id = t.say(t.alice, "zero");
    std::optional<protocol::Result<services::ShownMessage>> a, b;
    const auto content = t.read<api::MessageEdit>(t.says("one"));
    const auto flags = t.read<api::MessageEdit>(R"({"flags":4})");
    t.db->hold();
    t.start(t.messages.edit(alice, t.channel, id, content, {}), a);
    t.start(t.messages.edit(owner, t.channel, id, flags, {}), b);
    t.db->release();
    t.loop.run();
    REQUIRE((a && b));
    REQUIRE((*a && *b));
    CHECK((*b)->stored.message.content == "one");
    const auto now = t.shown(id);
    CHECK(now->stored.message.content == "one");
    CHECK(now->stored.message.flags == 4);
}

TEST_CASE("who may delete: the author, and who may manage messages; once") {
    Talk t;
    const MessageId own = t.say(t.alice), other = t.say(t.alice);
    CHECK(t.code(t.messages.remove(t.as(t.bob), t.channel, own)) == protocol::kMissingPermissions);
    t.ok(t.messages.remove(t.as(t.alice), t.channel, own));
    CHECK(t.code(t.messages.remove(t.as(t.alice), t.channel, own)) == protocol::kUnknownMessage);
    t.ok(t.messages.remove(t.as(t.owner), t.channel, other));
    CHECK(t.contents({}).empty());
}

TEST_CASE("a bulk deletion deletes what is there, nothing old, and needs MANAGE_MESSAGES") {
    Talk t;
    const MessageId a = t.say(t.alice), b = t.say(t.bob), c = t.say(t.alice, "stays");
    using Ids = std::vector<MessageId>;
    CHECK(t.code(t.messages.bulk_delete(t.as(t.alice), t.channel, Ids{a, b})) ==
          protocol::kMissingPermissions);
    t.recorder.clear();
    const MessageId nothing(c.value + 12345);
    t.ok(t.messages.bulk_delete(t.as(t.owner), t.channel, Ids{b, a, b, nothing}));
    CHECK(t.recorder.names() == std::vector<std::string>{"MESSAGE_DELETE_BULK"});
    CHECK(t.contents({}) == std::vector<std::string>{"stays"});
    t.ok(t.messages.bulk_delete(t.as(t.owner), t.channel, Ids{a, b}));
    CHECK(t.recorder.names().size() == 1);
    // Exactly two weeks is young enough, a millisecond more is not.
    t.loop.clock.advance(std::chrono::milliseconds(
        c.created_ms() + protocol::limits::kBulkDeleteAgeMsMax - t.loop.clock.unix_ms() + 1));
    CHECK(t.code(t.messages.bulk_delete(t.as(t.owner), t.channel, Ids{c, nothing})) ==
          protocol::kOneOfTheMessagesProvidedWasTooOldForBulkDelete);
}

TEST_CASE("what a bot deletes of its own is refused once the channel is gone") {
    Talk t;
    const services::Actor owner = t.as(t.owner), alice = t.as(t.alice);
    const MessageId id = t.say(t.alice);
    std::optional<protocol::Status> removed;
    std::optional<protocol::Result<protocol::Channel>> gone;
    t.db->hold();
    {
        const auto held = t.hold_message(id);
        t.start(t.messages.remove_own(alice, t.guild, t.channel, id), removed);
        t.start(t.channels.remove(owner, t.guild, t.channel), gone);
    }
    t.loop.run();
    t.db->release();
    t.loop.run();
    REQUIRE((removed && gone));
    CHECK(*gone);
    REQUIRE(!*removed);
    CHECK(removed->error().code == protocol::kUnknownChannel);
}

TEST_CASE("pins: who, how many, and in which order") {
    Talk t;
    const MessageId first = t.say(t.alice, "first"), second = t.say(t.alice, "second");
    CHECK(t.code(t.messages.set_pinned(t.as(t.alice), t.channel, first, true)) ==
          protocol::kMissingPermissions);
    t.add_role(t.guild, permissions::kPinMessages, 1, {t.bob});
    t.recorder.clear();
    t.ok(t.messages.set_pinned(t.as(t.bob), t.channel, first, true));
    t.later(1ms);
    t.ok(t.messages.set_pinned(t.as(t.owner), t.channel, second, true));
    t.ok(t.messages.set_pinned(t.as(t.owner), t.channel, second, true));
    const auto pins = [&] {
        std::vector<std::string> out;
        for (const auto& m : t.ok(t.messages.pins(t.as(t.alice), t.channel, INT64_MAX, 50)))
            out.push_back(m.stored.message.content);
        return out;
    };
    CHECK(pins() == std::vector<std::string>{"second", "first"});
    t.ok(t.messages.set_pinned(t.as(t.bob), t.channel, second, false));
    CHECK(pins() == std::vector<std::string>{"first"});
    t.allow(permissions::kViewChannel);
    CHECK(pins().empty());
    CHECK(t.code(t.messages.set_pinned(t.as(t.owner), t.channel, MessageId(1), true)) ==
          protocol::kUnknownMessage);
}

TEST_CASE("a channel has at most 250 pins, also when two race for the last place") {
    Talk t;
    // They outlive the verbs that are started.
    const services::Actor owner = t.as(t.owner);
    std::vector<MessageId> ids;
    ids.reserve(protocol::limits::kPinsMax + 2);
    for (std::size_t i = 0; i < protocol::limits::kPinsMax + 2; ++i) ids.push_back(t.say(t.alice));
    std::vector<protocol::Event> events;
    for (std::size_t i = 0; i + 1 < protocol::limits::kPinsMax; ++i)
        events.emplace_back(protocol::PinChanged{t.channel, ids[i], true, t.owner});
    t.commit(t.guild, std::move(events));
    std::optional<protocol::Status> a, b;
    t.db->hold();
    t.start(t.messages.set_pinned(owner, t.channel, ids[249], true), a);
    t.start(t.messages.set_pinned(owner, t.channel, ids[250], true), b);
    t.db->release();
    t.loop.run();
    REQUIRE((a && b));
    CHECK(*a);
    REQUIRE(!*b);
    CHECK(b->error().code == protocol::kMaximumNumberOfPinsReachedForTheChannel);
}

TEST_CASE("typing is told to who sees the channel, by who may send") {
    Talk t;
    t.ok(t.messages.typing(t.as(t.alice), t.channel));
    CHECK(t.recorder.ephemera.size() == 1);
    t.allow(permissions::kViewChannel);
    CHECK(t.code(t.messages.typing(t.as(t.alice), t.channel)) == protocol::kMissingPermissions);
    CHECK(t.code(t.messages.typing(t.as(t.stranger), t.channel)) == protocol::kMissingAccess);
}
