#include "federation/entry_check.h"

#include "federation/id_allocator.h"
#include "protocol/event_codec.h"
#include "tests/catch.h"
#include "tests/unit/federation/guild_builder.h"

#include <map>
#include <set>

namespace guildhall::federation {

using namespace testing;
using namespace protocol;

namespace {

const std::string kTwo = GuildBuilder::node(2), kThree = GuildBuilder::node(3);
constexpr UserId kLocal{1001}, kRemote{1002}, kModerator{1003}, kStranger{1009};
constexpr UnixMs kNow = GuildBuilder::kStart + 1000;

/// A guild of node one with users of node two, and what a test says of one entry.
struct Bench {
    Bench() {
        guild.add_member(kLocal.value, {});
        guild.add_member(kRemote.value, kTwo);
        moderators =
            guild.add_role(20, permissions::kManageMessages | permissions::kKickMembers, 5);
        guild.add_member(kModerator.value, kTwo, {moderators});
        channel = guild.add_channel(50);
        hidden = guild.add_channel(51,
                                   {{Snowflake(guild.state.guild.id.value),
                                     OverwriteType::role,
                                     0,
                                     permissions::kViewChannel.bits}});
    }

    std::uint64_t id(UnixMs ms = kNow) const {
        return first_id_at(ms) | std::uint64_t{id_tag(guild.uid)} << 10 | 5;
    }
    Message message(UserId author, std::string text) const {
        Message m;
        m.id = MessageId(id());
        m.channelId = channel;
        m.authorId = author;
        m.content = std::move(text);
        return m;
    }
    EntryHeader header_of(const Event& event) const {
        EntryHeader out;
        out.kind = kind_of(event);
        out.log_id = log_of(event);
        out.seq = 100;
        out.ts_ms = kNow;
        out.object_id = object_of(event);
        out.control_seq = guild.state.control_size;
        return out;
    }
    CommandFacts call(UserId actor,
                      std::string_view method,
                      std::string_view route,
                      std::vector<std::string> parameters,
                      std::string_view json = "") {
        params = std::move(parameters);
        CommandFacts out;
        out.hash = filled(7);
        out.guild_uid = guild.uid;
        out.origin_uid = *Hash32::from(kTwo);
        out.actor = actor;
        out.channel = channel.value;
        out.expires_ms = kNow + 60'000;
        out.has_body = true;
        out.method = method;
        out.route = route;
        out.json = json;
        out.params = params;
        return out;
    }
    CommandFacts post(UserId actor, std::string_view json) {
        return call(actor, "POST", "/channels/{channel_id}/messages", {channel.str()}, json);
    }
    EntryWorld world() {
        return {.state = guild.state,
                .guild_uid = guild.uid,
                .origin_key = key_of,
                .home_of_stranger = home_of_stranger,
                .before = before,
                .last_message = last_message,
                .epoch = epoch};
    }
    EntryVerdict check(const Event& event, const CommandFacts* command = nullptr) {
        EntryHeader header = header_of(event);
        if (command) header.command_hash = filled(7);
        return check(header, event, command);
    }
    EntryVerdict check(const EntryHeader& header,
                       const Event& event,
                       const CommandFacts* command = nullptr) {
        const auto found = check_entry(header, &event, command, world());
        INFO(found.text);
        return found.verdict;
    }
    EntryVerdict audit(const Event& event, const CommandFacts& command) {
        return audit_entry(header_of(event), event, command, world()).verdict;
    }

    GuildBuilder guild;
    RoleId moderators;
    ChannelId channel, hidden;
    std::vector<std::string> params;
    OriginKey key = OriginKey::valid;
    std::function<OriginKey(const CommandFacts&, std::uint64_t)> key_of =
        [this](const CommandFacts&, std::uint64_t) { return key; };
    std::function<std::optional<std::string>(UserId)> home_of_stranger =
        [](UserId user) -> std::optional<std::string> {
        return user == kStranger ? std::optional(kThree) : std::nullopt;
    };
    const Message* before = nullptr;
    std::uint64_t last_message = 0;
    std::uint64_t epoch = 2;
};

}  // namespace

TEST_CASE("a host speaks for its own users and for nobody else") {
    Bench b;
    CHECK(b.check(MessageCreated{b.message(kLocal, "hello")}) == EntryVerdict::fine);
    CHECK(b.check(MessageCreated{b.message(kRemote, "hello")}) == EntryVerdict::forged);
    CHECK(b.check(MessageCreated{b.message(kStranger, "hello")}) == EntryVerdict::forged);
    CHECK(b.check(MessageCreated{b.message(UserId(5), "hello")}) == EntryVerdict::unproven);
    CHECK(b.check(ReactionAdded{b.channel, MessageId(9), kRemote, {}, "x", kLocal}) ==
          EntryVerdict::forged);
    CHECK(b.check(MessagesDeleted{b.channel, {MessageId(9)}, kModerator, false}) ==
          EntryVerdict::forged);
    CHECK(b.check(BanAdded{{kLocal, "reason", kRemote}}) == EntryVerdict::forged);
    Member joined;
    joined.userId = UserId(1234);
    joined.homeUid = kThree;
    CHECK(b.check(MemberJoined{joined, "code"}) == EntryVerdict::forged);
    // What invents nothing is the host's to do.
    CHECK(b.check(MemberLeft{kRemote, LeaveCause::kicked, kLocal}) == EntryVerdict::fine);
    CHECK(b.check(ReactionRemoved{b.channel, MessageId(9), kRemote, {}, "x"}) ==
          EntryVerdict::fine);
}

TEST_CASE("a remote user's message follows from the command that it names") {
    Bench b;
    const auto said = b.post(kRemote, R"({"content":"hello","nonce":1})");
    CHECK(b.check(MessageCreated{b.message(kRemote, "hello")}, &said) == EntryVerdict::fine);
    CHECK(b.check(MessageCreated{b.message(kRemote, "hullo")}, &said) == EntryVerdict::forged);
    CHECK(b.check(MessageCreated{b.message(kModerator, "hello")}, &said) == EntryVerdict::forged);
    Message adorned = b.message(kRemote, "hello");
    adorned.embeds = "[{}]";
    CHECK(b.check(MessageCreated{adorned}, &said) == EntryVerdict::forged);
    adorned = b.message(kRemote, "hello");
    adorned.attachments.emplace_back().id = AttachmentId(b.id());
    CHECK(b.check(MessageCreated{adorned}, &said) == EntryVerdict::forged);

    const auto silent = b.post(kRemote, "{}");
    CHECK(b.check(MessageCreated{b.message(kRemote, "hello")}, &silent) == EntryVerdict::forged);
    const auto broken = b.post(kRemote, "{");
    CHECK(b.check(MessageCreated{b.message(kRemote, "hello")}, &broken) == EntryVerdict::forged);
    auto dropped = said;
    dropped.has_body = false;
    CHECK(b.check(MessageCreated{b.message(kRemote, "hello")}, &dropped) == EntryVerdict::forged);
}

namespace {

/// Node one hosted before node two does, and the remote user lived on either.
struct Past final : EntryThen {
    bool hosted(std::string_view node) const override { return hosts.contains(std::string(node)); }
    Lived lived(UserId user, FunctionRef<bool(std::string_view)> at) const override {
        const auto known = homes.find(user);
        if (known == homes.end()) return Lived::unknown;
        for (const std::string& home : known->second) {
            if (at(home)) return Lived::there;
        }
        return Lived::elsewhere;
    }
    std::set<std::string> hosts;
    std::map<UserId, std::vector<std::string>> homes;
};

}  // namespace

TEST_CASE("an entry of the past needs the command of who may not have lived with a host") {
    Bench b;
    Past then;
    then.hosts = {GuildBuilder::node(1)};
    then.homes = {{kLocal, {GuildBuilder::node(1)}}, {kRemote, {kTwo}}};
    const auto judge = [&](const Event& event, const CommandFacts* command, bool named = false) {
        EntryHeader header = b.header_of(event);
        if (command || named) header.command_hash = filled(7);
        EntryWorld world = b.world();
        world.then = &then;
        return check_past_entry(header, &event, command, world).verdict;
    };
    const MessageCreated spoken{b.message(kRemote, "hello")};
    CHECK(judge(MessageCreated{b.message(kLocal, "hello")}, nullptr) == EntryVerdict::fine);
    CHECK(judge(spoken, nullptr) == EntryVerdict::forged);
    // Nobody is left of the command that the entry names.
    CHECK(judge(spoken, nullptr, true) == EntryVerdict::forged);
    const auto said = b.post(kRemote, R"({"content":"hello"})");
    CHECK(judge(spoken, &said) == EntryVerdict::fine);
    CHECK(judge(MessageCreated{b.message(kRemote, "hullo")}, &said) == EntryVerdict::forged);
    b.key = OriginKey::invalid;
    CHECK(judge(spoken, &said) == EntryVerdict::forged);
    b.key = OriginKey::valid;
    // By a node where he never lived.
    then.homes[kRemote] = {kThree};
    CHECK(judge(spoken, &said) == EntryVerdict::forged);
    // He lived with the host once, or may have.
    then.homes[kRemote] = {kTwo, GuildBuilder::node(1)};
    CHECK(judge(spoken, nullptr) == EntryVerdict::fine);
    then.homes.erase(kRemote);
    CHECK(judge(spoken, nullptr) == EntryVerdict::unproven);
    // An earlier host.
    then.homes[kRemote] = {kTwo};
    then.hosts.insert(kTwo);
    CHECK(judge(spoken, nullptr) == EntryVerdict::fine);
    // A member's joining says itself where he lives.
    Member joined;
    joined.userId = UserId(1234);
    joined.homeUid = kThree;
    CHECK(judge(MemberJoined{joined, "code"}, nullptr) == EntryVerdict::forged);
}

TEST_CASE("a message that says a webhook made it stands in its author's name all the same") {
    Bench b;
    Message m = b.message(kRemote, "hello");
    m.webhookId = WebhookId(5);
    CHECK(b.check(MessageCreated{m}) == EntryVerdict::forged);
}

TEST_CASE("a message's embeds and components are JSON and its content is text") {
    Bench b;
    const auto with = [&](std::string embeds, std::string components, std::string content) {
        Message m = b.message(kLocal, std::move(content));
        m.embeds = std::move(embeds);
        m.components = std::move(components);
        const auto made = b.check(MessageCreated{m});
        CHECK(check_header(b.header_of(MessageEdited{m}), MessageEdited{m}).verdict == made);
        return made;
    };
    CHECK(with("[{}]", "[{}]", "hello") == EntryVerdict::fine);
    CHECK(with(R"([],"author":{"id":"1"},"x":[])", "", "hello") == EntryVerdict::malformed);
    CHECK(with("{}", "", "hello") == EntryVerdict::malformed);
    CHECK(with("", "[", "hello") == EntryVerdict::malformed);
    CHECK(with("", "", "\xff") == EntryVerdict::malformed);
}

TEST_CASE("a command counts once, where it was meant, in its time, with its origin's key") {
    Bench b;
    const Event event = MessageCreated{b.message(kRemote, "hello")};
    const auto with = [&](auto change) {
        auto command = b.post(kRemote, R"({"content":"hello"})");
        change(command);
        return b.check(event, &command);
    };
    CHECK(with([](CommandFacts&) {}) == EntryVerdict::fine);
    CHECK(with([](CommandFacts& c) { c.hash = filled(8); }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.guild_uid = filled(8); }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.origin_uid = *Hash32::from(kThree); }) ==
          EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.expires_ms = kNow - 3'600'000; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.expires_ms = kNow - 600'000; }) == EntryVerdict::fine);
    CHECK(with([](CommandFacts& c) { c.expires_ms = kNow - 600'001; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.epoch_min = 3; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.channel = 51; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.method = "PUT"; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.route = "/users/@me"; }) == EntryVerdict::forged);
    CHECK(with([](CommandFacts& c) { c.params = {}; }) == EntryVerdict::forged);
    b.key = OriginKey::invalid;
    CHECK(with([](CommandFacts&) {}) == EntryVerdict::forged);
    b.key = OriginKey::unknown;
    CHECK(with([](CommandFacts&) {}) == EntryVerdict::forged);

    Bench c;
    EntryHeader header = c.header_of(event);
    header.command_hash = filled(7);
    CHECK(c.check(header, event) == EntryVerdict::forged);
    header.command_hash = {};
    const auto command = c.post(kRemote, R"({"content":"hello"})");
    CHECK(c.check(header, event, &command) == EntryVerdict::malformed);
}

TEST_CASE("a path that names another message, member or channel fits no event") {
    Bench b;
    const Event deleted = MessagesDeleted{b.channel, {MessageId(9)}, kModerator, false};
    auto call = b.call(kModerator,
                       "DELETE",
                       "/channels/{channel_id}/messages/{message_id}",
                       {b.channel.str(), "9"});
    CHECK(b.check(deleted, &call) == EntryVerdict::fine);
    b.params[1] = "8";
    CHECK(b.check(deleted, &call) == EntryVerdict::forged);
    b.params = {"51", "9"};
    call.params = b.params;
    CHECK(b.check(deleted, &call) == EntryVerdict::forged);

    const Event kicked = MemberLeft{kLocal, LeaveCause::kicked, kModerator};
    auto kick = b.call(kModerator,
                       "DELETE",
                       "/guilds/{guild_id}/members/{user_id}",
                       {b.guild.state.guild.id.str(), kLocal.str()});
    kick.channel = 0;
    CHECK(b.check(kicked, &kick) == EntryVerdict::fine);
    b.params[1] = kRemote.str();
    CHECK(b.check(kicked, &kick) == EntryVerdict::forged);
    b.params = {"12345", kLocal.str()};
    CHECK(b.check(kicked, &kick) == EntryVerdict::forged);
}

TEST_CASE("an edit says what its author said, or hides embeds only") {
    Bench b;
    const Message old = b.message(kRemote, "first");
    Message now = old;
    now.content = "second";
    auto edit = b.call(kRemote,
                       "PATCH",
                       "/channels/{channel_id}/messages/{message_id}",
                       {b.channel.str(), old.id.str()},
                       R"({"content":"second"})");
    CHECK(b.check(MessageEdited{now}, &edit) == EntryVerdict::fine);
    CHECK(b.check(MessageEdited{now}) == EntryVerdict::unsaid);
    b.before = &old;
    CHECK(b.check(MessageEdited{now}) == EntryVerdict::forged);
    Message hidden = old;
    hidden.flags = 4;
    CHECK(b.check(MessageEdited{hidden}) == EntryVerdict::fine);
    edit.json = R"({"flags":4})";
    CHECK(b.check(MessageEdited{now}, &edit) == EntryVerdict::forged);
    // A moderator of node two changes the text of another's message.
    auto other = edit;
    other.actor = kModerator;
    other.json = R"({"content":"second"})";
    CHECK(b.check(MessageEdited{now}, &other) == EntryVerdict::forged);
}

TEST_CASE("of another's message an edit changes flags, and of one's own what the call says") {
    Bench b;
    Message old = b.message(kRemote, "first");
    old.embeds = R"([{"title":"one"}])";
    old.attachments = {{.id = AttachmentId(b.id()), .filename = "a.txt", .hash = "one"}};
    const std::string route = "/channels/{channel_id}/messages/{message_id}";
    const std::vector<std::string> path{b.channel.str(), old.id.str()};
    const auto own = [&](std::string_view json, std::size_t files = 0) {
        auto call = b.call(kRemote, "PATCH", route, path, json);
        call.files = files;
        call.params = path;
        return call;
    };
    auto hide = own(R"({"flags":4})");
    hide.actor = kModerator;
    Message hidden = old;
    hidden.flags = 4;
    // Without the message it cannot be said whether that is all, whoever asked for it.
    const auto own_flags = own(R"({"flags":4})");
    for (const CommandFacts* call : {static_cast<const CommandFacts*>(nullptr),
                                     static_cast<const CommandFacts*>(&hide),
                                     &own_flags})
        CHECK(b.check(MessageEdited{hidden}, call) == EntryVerdict::unsaid);
    b.before = &old;
    CHECK(b.check(MessageEdited{hidden}, &hide) == EntryVerdict::fine);
    CHECK(b.check(MessageEdited{hidden}, &own_flags) == EntryVerdict::fine);
    const auto changed = [&](auto change) {
        Message now = old;
        change(now);
        return MessageEdited{now};
    };
    const auto gone = changed([](Message& m) { m.attachments.clear(); });
    const auto other = changed([](Message& m) { m.attachments[0].hash = "two"; });
    const auto more = changed([&](Message& m) {
        m.attachments.push_back({.id = AttachmentId(b.id() + 1), .filename = "b", .hash = "two"});
    });
    const auto embeds = changed([](Message& m) { m.embeds = R"([{"title":"two"}])"; });
    const auto buttons = changed([](Message& m) { m.components = R"([{"type":1}])"; });
    const auto words = own(R"({"content":"first"})");
    for (const MessageEdited& edit : {gone, other, more, embeds, buttons}) {
        CHECK(b.check(edit) == EntryVerdict::forged);
        CHECK(b.check(edit, &hide) == EntryVerdict::forged);
        CHECK(b.check(edit, &words) == EntryVerdict::forged);
    }
    const auto fewer = own(R"({"attachments":[]})");
    CHECK(b.check(gone, &fewer) == EntryVerdict::fine);
    CHECK(b.check(other, &fewer) == EntryVerdict::forged);
    CHECK(b.check(more, &fewer) == EntryVerdict::forged);
    const auto file = own("{}", 1);
    CHECK(b.check(more, &file) == EntryVerdict::fine);
    const auto titled = own(R"({"embeds":[{"title":"two"}]})");
    CHECK(b.check(embeds, &titled) == EntryVerdict::fine);
    const auto pressed = own(R"({"components":[{"type":1}]})");
    CHECK(b.check(buttons, &pressed) == EntryVerdict::fine);
}

TEST_CASE("what was signed stays so when its author left and nobody knows where he lives") {
    Bench b;
    const Message old = b.message(kRemote, "first");
    Message hidden = old;
    hidden.flags = 4;
    const auto unknown = [](UserId) { return std::optional<std::string>(); };
    const GuildState nobody;
    for (const bool is_signed : {true, false}) {
        EntryWorld world{nobody, b.guild.uid, b.key_of, unknown, &old};
        world.is_before_signed = is_signed;
        Message now = old;
        now.content = "second";
        for (const Message& edit : {hidden, now}) {
            const MessageEdited event{edit};
            EntryHeader header = b.header_of(event);
            header.control_seq = 0;
            const auto found = check_command(header, event, nullptr, world).verdict;
            if (!is_signed) CHECK(found == EntryVerdict::unproven);
            if (is_signed) CHECK((found == EntryVerdict::fine) == (edit == hidden));
        }
    }
}

TEST_CASE("a join names the joining user's own node") {
    Bench b;
    Member member;
    member.userId = UserId(1234);
    member.homeUid = kTwo;
    auto join = b.call(UserId(1234), "POST", "/invites/{invite_code}", {"code"});
    join.channel = 0;
    CHECK(b.check(MemberJoined{member, "code"}, &join) == EntryVerdict::fine);
    CHECK(b.check(InviteUsed{"code", UserId(1234)}, &join) == EntryVerdict::unproven);
    CHECK(b.check(InviteUsed{"other", kRemote}, &join) != EntryVerdict::fine);
    member.homeUid = kThree;
    CHECK(b.check(MemberJoined{member, "code"}, &join) == EntryVerdict::forged);
}

TEST_CASE("ids that the guild's host cannot have made are refused") {
    Bench b;
    const auto with = [&](std::uint64_t id) {
        Message m = b.message(kLocal, "hello");
        m.id = MessageId(id);
        return b.check(MessageCreated{m});
    };
    CHECK(with(b.id()) == EntryVerdict::fine);
    CHECK(with(0) == EntryVerdict::malformed);
    CHECK(with(b.id() | 1ull << 63) == EntryVerdict::malformed);
    CHECK(with(b.id() ^ 1 << 10) == EntryVerdict::malformed);
    CHECK(with(b.id(kNow + 300'000)) == EntryVerdict::fine);
    CHECK(with(b.id(kNow - 300'000)) == EntryVerdict::fine);
    CHECK(with(b.id(kNow + 300'001)) == EntryVerdict::malformed);
    CHECK(with(b.id(kNow - 300'001)) == EntryVerdict::malformed);
    b.last_message = b.id();
    CHECK(with(b.id()) == EntryVerdict::malformed);
    CHECK(with(b.id() + 1) == EntryVerdict::fine);
    Channel channel;
    channel.id = b.channel;
    CHECK(b.check(ChannelCreated{channel}) == EntryVerdict::malformed);
    channel.id = ChannelId(b.id());
    EntryHeader header = b.header_of(ChannelCreated{channel});
    header.control_seq = header.seq;
    CHECK(b.check(header, ChannelCreated{channel}) == EntryVerdict::fine);
    Role role;
    role.id = RoleId(b.guild.state.guild.id.value);
    CHECK(b.check(RoleCreated{role}) == EntryVerdict::malformed);
}

TEST_CASE("an entry waits for the control entries that it was decided under") {
    Bench b;
    const Event event = MessageCreated{b.message(kLocal, "hello")};
    EntryHeader header = b.header_of(event);
    header.control_seq += 1;
    CHECK(b.check(header, event) == EntryVerdict::wait);
    CHECK(check_entry(header, nullptr, nullptr, b.world()).verdict == EntryVerdict::wait);
    header.control_seq -= 1;
    CHECK(check_entry(header, nullptr, nullptr, b.world()).verdict == EntryVerdict::fine);
}

TEST_CASE("a header that says something else than its event is malformed") {
    Bench b;
    const Event event = MessageCreated{b.message(kLocal, "hello")};
    const auto with = [&](auto change) {
        EntryHeader header = b.header_of(event);
        change(header);
        return b.check(header, event);
    };
    CHECK(with([](EntryHeader& h) { h.kind = 19; }) == EntryVerdict::malformed);
    CHECK(with([](EntryHeader& h) { h.log_id = 51; }) == EntryVerdict::malformed);
    CHECK(with([](EntryHeader& h) { h.object_id += 1; }) == EntryVerdict::malformed);
    const Event control = GuildDeleted{kLocal};
    EntryHeader header = b.header_of(control);
    header.control_seq = header.seq + 1;
    CHECK(b.check(header, control) == EntryVerdict::malformed);
}

TEST_CASE("the audit finds what a host let remote users do without the right to it") {
    Bench b;
    Message message = b.message(kRemote, "hello");
    const auto post = b.post(kRemote, R"({"content":"hello"})");
    CHECK(b.audit(MessageCreated{message}, post) == EntryVerdict::fine);
    message.channelId = b.hidden;
    CHECK(b.audit(MessageCreated{message}, post) == EntryVerdict::escalation);

    const Event deleted = MessagesDeleted{b.channel, {message.id}, kRemote, false};
    const auto del = b.call(kRemote,
                            "DELETE",
                            "/channels/{channel_id}/messages/{message_id}",
                            {b.channel.str(), message.id.str()});
    CHECK(b.audit(deleted, del) == EntryVerdict::unproven);
    Message others = b.message(kLocal, "mine");
    b.before = &others;
    CHECK(b.audit(deleted, del) == EntryVerdict::escalation);
    others.authorId = kRemote;
    CHECK(b.audit(deleted, del) == EntryVerdict::fine);
    auto by_moderator = del;
    by_moderator.actor = kModerator;
    others.authorId = kLocal;
    CHECK(b.audit(deleted, by_moderator) == EntryVerdict::fine);

    Role role = *b.guild.state.roles.find(b.moderators);
    role.permissions |= permissions::kAdministrator.bits;
    auto raise = b.call(kModerator,
                        "PATCH",
                        "/guilds/{guild_id}/roles/{role_id}",
                        {b.guild.state.guild.id.str(), role.id.str()});
    CHECK(b.audit(RoleUpdated{role}, raise) == EntryVerdict::escalation);
    CHECK(b.audit(ChannelDeleted{b.channel}, raise) == EntryVerdict::escalation);
    CHECK(b.audit(RoleCreated{role}, raise) == EntryVerdict::escalation);
    Channel opened = *b.guild.state.channels.find(b.hidden);
    opened.overwrites.clear();
    CHECK(b.audit(ChannelUpdated{opened}, raise) == EntryVerdict::escalation);
    CHECK(b.audit(MemberLeft{kRemote, LeaveCause::kicked, kModerator}, raise) ==
          EntryVerdict::fine);
    CHECK(b.audit(MemberLeft{UserId(1000), LeaveCause::kicked, kModerator}, raise) ==
          EntryVerdict::escalation);
    Member promoted = *b.guild.state.members.find(kRemote);
    promoted.roles = {b.moderators};
    CHECK(b.audit(MemberUpdated{promoted}, raise) == EntryVerdict::escalation);
}

TEST_CASE("a demoted moderator's command is judged by the state it was decided under") {
    Bench b;
    const Event deleted = MessagesDeleted{b.channel, {MessageId(9)}, kModerator, false};
    const auto del = b.call(kModerator,
                            "DELETE",
                            "/channels/{channel_id}/messages/{message_id}",
                            {b.channel.str(), "9"});
    CHECK(b.audit(deleted, del) == EntryVerdict::fine);
    Member demoted = *b.guild.state.members.find(kModerator);
    demoted.roles.clear();
    b.guild.add(MemberUpdated{demoted});
    CHECK(b.audit(deleted, del) != EntryVerdict::fine);
    b.guild.add(MemberLeft{kModerator, LeaveCause::kicked, kLocal});
    CHECK(b.audit(deleted, del) == EntryVerdict::escalation);
}

}  // namespace guildhall::federation
