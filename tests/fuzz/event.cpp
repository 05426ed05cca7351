// Events as a hostile host makes them: any bytes, and honest events with some of their bytes
// changed, one after the other. What decodes must come back the same, may be checked whatever it
// says, and must leave a state that every mirror can keep: one with a root, an index that agrees
// with the rule, and a snapshot from which the same state comes back.
#include "federation/command_call.h"
#include "federation/guild_keys.h"
#include "federation/snapshot.h"
#include "federation/visibility.h"
#include "protocol/check.h"
#include "protocol/event_codec.h"
#include "tests/unit/federation/guild_builder.h"

#include <memory>

using namespace guildhall;
using namespace guildhall::federation;
using namespace guildhall::federation::testing;

namespace {

constexpr std::size_t kStepsMax = 24;
constexpr auto kNoHome = [](protocol::UserId) -> std::optional<std::string> {
    return std::nullopt;
};

GuildBuilder honest_guild() {
    GuildBuilder guild;
    const auto role = guild.add_role(20, protocol::permissions::kManageMessages, 3);
    guild.add_channel(50);
    guild.add_channel(51, {{protocol::Snowflake(20), protocol::OverwriteType::role, 0, 1024}});
    for (std::uint64_t i = 0; i < 4; ++i) guild.add_member(2000 + i, GuildBuilder::node(2), {role});
    return guild;
}

/// What the disturbed events are made of.
const std::vector<std::string>& honest_events() {
    static const auto made = [] {
        std::vector<std::string> out;
        GuildBuilder guild = honest_guild();
        protocol::Message message;
        message.id = protocol::MessageId(777);
        message.channelId = protocol::ChannelId(50);
        message.authorId = protocol::UserId(2000);
        message.content = "hello";
        guild.add(protocol::MessageCreated{message});
        guild.add(protocol::MessageEdited{message});
        guild.add(
            protocol::ReactionAdded{message.channelId, message.id, message.authorId, {}, "x"});
        guild.add(protocol::PinChanged{message.channelId, message.id, true, message.authorId});
        guild.add(protocol::MessagesDeleted{message.channelId, {message.id}, {}, false});
        guild.add(protocol::NodeBanned{GuildBuilder::node(3), "three.example", {}});
        guild.add(protocol::HostingPolicySet{{GuildBuilder::node(2)}, 1, 1000, {}});
        guild.add(protocol::MemberMoved{protocol::UserId(2001), GuildBuilder::node(3)});
        guild.add(protocol::MemberLeft{protocol::UserId(2002), protocol::LeaveCause::kicked, {}});
        guild.add(protocol::ChannelDeleted{protocol::ChannelId(51)});
        guild.add(protocol::RoleDeleted{protocol::RoleId(20)});
        for (const auto& event : guild.events) out.push_back(protocol::encode(event));
        return out;
    }();
    return made;
}

/// Takes the next event's bytes from the input: all of them, or an honest event with changes.
std::string draw_event(ByteReader& in) {
    const auto how = in.get<std::uint8_t>();
    if (how % 4 == 0) {
        const std::size_t size = in.get<std::uint16_t>();
        return std::string(in.take(std::min(size, in.left())).text());
    }
    std::string bytes = honest_events()[in.get<std::uint8_t>() % honest_events().size()];
    for (int i = how % 4; i > 0; --i) {
        const std::size_t at = in.get<std::uint16_t>() % bytes.size();
        bytes[at] = static_cast<char>(in.get<std::uint8_t>());
    }
    return bytes;
}

CommandFacts draw_command(ByteReader& in, const GuildBuilder& guild) {
    static const std::vector<std::string> params = {"50", "777"};
    CommandFacts out;
    out.guild_uid = guild.uid;
    out.actor = protocol::UserId(1998 + in.get<std::uint8_t>() % 8);
    out.channel = 50;
    out.has_body = true;
    out.method = "POST";
    out.route = "/channels/{channel_id}/messages";
    out.json = in.take(std::min<std::size_t>(in.left(), in.get<std::uint8_t>())).text();
    out.params = params;
    return out;
}

/// Whether a mirror would take it.
bool check_event(ByteReader& in, const protocol::Event& event, const GuildBuilder& guild) {
    EntryHeader header;
    header.kind = protocol::kind_of(event);
    header.log_id = protocol::log_of(event);
    header.seq = 100;
    header.ts_ms = GuildBuilder::kStart;
    header.object_id = protocol::object_of(event);
    const GuildKeys keys;
    const auto key_of = [&](const CommandFacts& command, std::uint64_t size) {
        return keys.origin_key(command, size);
    };
    const EntryWorld world{guild.state, guild.uid, key_of, kNoHome};
    const auto found = check_entry(header, &event, nullptr, world);
    const CommandFacts command = draw_command(in, guild);
    header.command_hash = command.hash;
    check_entry(header, &event, &command, world);
    audit_entry(header, event, command, world);
    return found.verdict != EntryVerdict::malformed;
}

void check_state(const protocol::GuildState& state, const NodeVisibility& index) {
    for (std::uint8_t n = 2; n < 4; ++n) {
        const std::string node = GuildBuilder::node(n);
        CHECK(index.logs(node) == logs_of(state, node));
    }
    const auto root = state_root(state);
    const SnapshotWriter writer(std::make_shared<const protocol::GuildState>(state), "asker");
    SnapshotReader reader;
    for (std::uint32_t i = 0; i < writer.pieces(); ++i)
        if (!reader.add(writer.make(i))) return;
    if (reader.is_complete()) CHECK(state_root(reader.state()) == root);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const GuildBuilder start = honest_guild();
    ByteReader in(ByteView(data, size));
    GuildBuilder guild = start;
    GuildKeys keys;
    NodeVisibility index(guild.state);
    for (std::size_t step = 0; step < kStepsMax && in.left() > 0; ++step) {
        const auto event = protocol::decode_event(draw_event(in));
        if (!event) continue;
        const auto again = protocol::decode_event(protocol::encode(*event));
        CHECK(again && protocol::encode(*again) == protocol::encode(*event));
        if (!check_event(in, *event, guild)) continue;
        if (const auto* added = std::get_if<protocol::IdentityAdded>(&*event))
            keys.add(*added, guild.state.control_size + 1, GuildBuilder::kStart);
        protocol::apply(guild.state, *event);
        if (protocol::log_of(*event) == protocol::kControlLog) index.on_event(*event, guild.state);
    }
    check_state(guild.state, index);
    return 0;
}
