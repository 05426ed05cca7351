#include "tests/unit/peering/hosted.h"

#include "federation/command.h"
#include "node/store/tables/entries.h"
#include "protocol/permissions.h"
#include "tests/unit/peering/join_command.h"

#include <stdexcept>

namespace guildhall::tests {

using namespace std::chrono_literals;
using namespace protocol;
using Method = base::http::Method;

namespace {

std::uint64_t id_of(const json::value& object) {
    return std::stoull(std::string(object.as_object().at("id").as_string()));
}

}  // namespace

Hosted::Hosted(std::size_t nodes) : world(nodes), owner(node().add_user("olga")) {
    const auto made = node().ok(Method::post, "/api/v10/guilds", owner, {{"name", "Hall"}});
    guild = GuildId(id_of(made));
    world.run();
}

void Hosted::commit(std::vector<Event> events) {
    app::Core& core = node().core();
    journal::Decision decision;
    decision.events = std::move(events);
    const auto done =
        world.wait(core.shards.of(guild), core.journal.commit(guild, std::move(decision)));
    if (!done) throw std::runtime_error("not committed: " + done.error().message);
    world.run();
}

UserId Hosted::join(const EvilPeer& home, std::uint8_t number) {
    const EvilUser user(home, "user" + std::to_string(number), number);
    Member member;
    member.userId = user.id;
    member.homeUid = home.uid().text();
    member.joinedMs = world.clock.unix_ms();
    commit({MemberJoined{member, ""}});
    return user.id;
}

UserId Hosted::join_signed(EvilPeer& home, std::uint8_t number) {
    const EvilUser user(home, "user" + std::to_string(number), number);
    const std::string room = channel("door").str();
    const auto invite = node().ok(
        Method::post, "/api/v10/channels/" + room + "/invites", owner, boost::json::object());
    JoinBy by{.guild_uid = uid(), .origin = home.uid(), .number = number, .user = user.id};
    by.code = std::string(invite.as_object().at("code").as_string());
    by.key_log = {user.genesis};
    by.now_ms = world.clock.unix_ms();
    home.react = [&home, profile = user.profile](const f::Frame& frame) {
        if (!std::holds_alternative<frames::ProfileGet>(frame.body)) return;
        home.send(frames::Profiles{{profile}}, frame.id);
    };
    home.open(node());
    home.send(frames::Profiles{{user.profile}});
    world.run();
    const auto answer = home.ask(f::frame_of(join_command(std::move(by), home.key()), true));
    if (!answer || !is_joined(&*answer)) throw std::runtime_error("not joined\n" + world.logs());
    return user.id;
}

void Hosted::leave(UserId user, LeaveCause cause) { commit({MemberLeft{user, cause, owner.id}}); }

ChannelId Hosted::channel(const std::string& name, bool hidden) {
    const std::string target = "/api/v10/guilds/" + guild.str() + "/channels";
    const auto made = node().ok(Method::post, target, owner, {{"name", name}});
    const ChannelId id(id_of(made));
    if (hidden) show(id, false);
    return id;
}

void Hosted::show(ChannelId id, bool visible) {
    Channel channel = *state().channels.find(id);
    channel.overwrites.clear();
    if (!visible) {
        Overwrite none;
        none.id = Snowflake(guild.value);
        none.type = OverwriteType::role;
        none.deny = permissions::kViewChannel.bits;
        channel.overwrites.push_back(none);
    }
    commit({ChannelUpdated{channel}});
}

void Hosted::post(ChannelId channel, unsigned count, const std::string& text) {
    app::Core& core = node().core();
    for (unsigned i = 0; i < count; ++i) {
        Message message;
        message.id = MessageId(world.wait(core.shards.of(guild), core.journal.new_id(guild)));
        message.channelId = channel;
        message.authorId = owner.id;
        message.content = text;
        journal::Decision decision;
        decision.events = {MessageCreated{message}};
        const auto done =
            world.wait(core.shards.of(guild), core.journal.commit(guild, std::move(decision)));
        if (!done) throw std::runtime_error("not posted: " + done.error().message);
    }
    world.run();
}

std::uint64_t Hosted::size_of(std::uint64_t log_id) {
    std::uint64_t size = 0;
    store::WriteJob job;
    job.run = [&](store::Tx& tx) -> store::Status {
        TRY(const auto row, store::entries::find_log(tx, store::log_key(guild, log_id)));
        if (row) size = row->size;
        return {};
    };
    job.done = [](const store::Status&) {};
    node().db->write(std::move(job));
    return size;
}

Copy::Copy(Hosted& hosted, EvilPeer& peer) : hosted_(hosted), peer_(peer) { begin(kControlLog); }

void Copy::begin(std::uint64_t log_id) {
    logs.insert_or_assign(log_id,
                          f::MirrorLog(hosted_.uid(), hosted_.state().hosting.epoch, log_id));
}

frames::Subscribe Copy::have() const {
    frames::Subscribe out;
    out.guildUid = hosted_.uid();
    out.epoch = hosted_.state().hosting.epoch;
    for (const auto& [id, log] : logs) out.have.push_back({id, log.size(), log.root()});
    return out;
}

std::optional<frames::Subscribed> Copy::subscribe() {
    const auto answer = peer_.ask(have());
    if (!answer) return std::nullopt;
    const auto* subscribed = std::get_if<frames::Subscribed>(&*answer);
    if (!subscribed) return std::nullopt;
    return *subscribed;
}

std::uint64_t Copy::size(std::uint64_t log_id) const {
    const auto at = logs.find(log_id);
    return at == logs.end() ? 0 : at->second.size();
}

bool Copy::take(const f::Append& batch) {
    if (!logs.contains(batch.logId)) begin(batch.logId);
    f::MirrorLog& log = logs.at(batch.logId);
    const auto result = log.append(batch, hosted_.host_key(), hosted_.world.clock.unix_ms());
    if (!std::holds_alternative<f::Appended>(result)) return false;
    if (!acks) return true;
    frames::Ack ack;
    ack.guildUid = batch.guildUid;
    ack.at.push_back({batch.logId, log.size(), log.root()});
    return peer_.send(ack);
}

bool Copy::take() {
    bool all = true;
    for (; taken_ < peer_.received.size(); ++taken_) {
        const auto* batch = std::get_if<f::Append>(&peer_.received[taken_].body);
        if (batch) all = take(*batch) && all;
    }
    return all;
}

bool Copy::reaches(std::uint64_t log_id, std::uint64_t wanted) {
    return hosted_.world.run_until([&] { return take() && size(log_id) >= wanted; }, 15s);
}

}  // namespace guildhall::tests
