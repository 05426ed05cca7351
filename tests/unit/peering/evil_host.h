#pragma once
// EvilHost: bob on one node is a member of a guild that another node hosts; then that host turns:
// somebody with its keys, its address and its disk speaks for it, and says whatever a test wants.
// One thread.

#include "federation/command_call.h"
#include "federation/evidence.h"
#include "federation/head.h"
#include "federation/merkle.h"
#include "node/peering/peering.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/wait.h"
#include "protocol/event_codec.h"
#include "tests/support/evil_peer.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::tests {

/// What a node holds against others in a guild, oldest first; "words" where nobody else could check
/// it. Each that is more convicts by itself.
inline std::vector<std::string> evidence_kinds(FedNode& node, protocol::GuildId guild) {
    std::vector<std::string> out;
    const auto done = store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto rows, store::evidence::of_guild(tx, guild));
        for (const auto& row : rows) {
            const auto evidence = f::decode_evidence(row.statements);
            if (row.kind != 0) TRY_VOID(f::check(evidence.value()));
            out.emplace_back(evidence ? f::name_of(evidence->kind) : std::string_view("words"));
        }
        return {};
    });
    if (!done) throw std::runtime_error("no evidence: " + done.error().message);
    return out;
}

/// What somebody may change before it is hashed and signed.
struct Forge {
    std::function<void(f::EntryHeader&)> header = [](auto&) {};
    std::function<void(f::Head&)> head = [](auto&) {};
    std::string command;
};

struct EvilHost {
    using Method = base::http::Method;

    explicit EvilHost(std::size_t nodes = 2) : world(nodes) {
        owner = host().add_user("owner");
        bob = mirror().add_user("bob");
        const auto made = host().ok(Method::post, "/api/v10/guilds", owner, {{"name", "Guild"}});
        guild = *protocol::parse_id<protocol::GuildId>(made.at("id").as_string());
        const auto room = host().ok(Method::post,
                                    "/api/v10/guilds/" + guild.str() + "/channels",
                                    owner,
                                    {{"name", "general"}});
        channel = *protocol::parse_id<protocol::ChannelId>(room.at("id").as_string());
        guild_uid = *f::Hash32::from(std::string_view(host().guild(guild)->guild.uid));
        for (int i = 0; i < 5; ++i) say("past " + std::to_string(i));
        const auto invite = host().ok(
            Method::post, "/api/v10/channels/" + channel.str() + "/invites", owner, json::object{});
        code = std::string(invite.at("code").as_string());
        mirror().ok(Method::post, "/api/v10/invites/" + code + "@a.example", bob, json::object{});
        say("present");
        if (!world.run_until([&] { return is_shown("present"); })) {
            throw std::runtime_error("the mirror does not follow\n" + world.logs());
        }
        world.advance(std::chrono::seconds(5));
    }

    /// The host dies, and the other one answers in its place; ends when the mirror has subscribed.
    void turn() {
        become();
        evil->listen();
        if (!world.run_until([&] { return subscribed > 0; }, std::chrono::minutes(10))) {
            throw std::runtime_error("the mirror does not come back\n" + world.logs());
        }
        world.advance(std::chrono::seconds(1));
    }
    /// The host dies, and somebody has all that it had.
    void become() {
        host_uid = host().uid();
        read_keys();
        host().crash();
        read_logs();
        f::LinkIdentity keys;
        keys.signing = &identity->key;
        keys.noise = noise;
        keys.log.genesis = f::encode(identity->genesis);
        evil = std::make_unique<EvilPeer>(world, host(), std::move(keys));
        evil->react = [this](const f::Frame& frame) { answer(frame); };
    }

    void answer(const f::Frame& frame) {
        if (meddle && meddle(frame)) return;
        if (const auto* ask = std::get_if<f::frames::Subscribe>(&frame.body)) {
            f::frames::Subscribed out;
            out.guildUid = ask->guildUid;
            out.logs = ask->have;
            if (bend) bend(out);
            evil->send(out, frame.id);
            ++subscribed;
        } else if (frame.id != 0) {
            f::Problem no;
            no.code = f::ProblemCode::not_found;
            evil->send(no, frame.id);
        }
    }

    /// The next entry of a log, under a head that covers it.
    f::Append next(const protocol::Event& event, const Forge& forge = {}) {
        Log& log = logs.at(protocol::log_of(event));
        f::Salt salt;
        salt.fill(static_cast<std::uint8_t>(log.tree.size()));
        const std::string body = f::make_body(salt, protocol::encode(event));
        f::EntryHeader header;
        header.kind = protocol::kind_of(event);
        header.log_id = protocol::log_of(event);
        header.seq = log.tree.size();
        header.ts_ms = world.clock.unix_ms();
        header.object_id = protocol::object_of(event);
        header.control_seq = header.log_id == 0 ? header.seq : logs.at(0).tree.size();
        header.body_hash = f::body_hash(body);
        if (!forge.command.empty()) header.command_hash = f::sha256(f::ByteView(forge.command));
        forge.header(header);
        log.tree.append(f::leaf_hash(header));
        log.ts_ms = header.ts_ms;
        f::Head head{guild_uid, 0, header.log_id, log.tree.size(), log.tree.root(), header.ts_ms};
        forge.head(head);
        f::Append out;
        out.guildUid = guild_uid;
        out.logId = header.log_id;
        out.firstSeq = header.seq;
        out.entries = {{f::encode(header), body, forge.command}};
        out.head = sign(head);
        return out;
    }
    std::string sign(const f::Head& head) const {
        return f::encode(f::sign_heads({head}, identity->key).front());
    }
    void send(f::FrameBody body) {
        evil->send(std::move(body));
        world.advance(std::chrono::seconds(2));
    }
    void gossip(const f::Head& head) {
        f::frames::Heads heads;
        heads.guildUid = guild_uid;
        heads.heads = {sign(head)};
        send(heads);
    }
    f::Head head_of(std::uint64_t log_id) const {
        const Log& log = logs.at(log_id);
        return {guild_uid, 0, log_id, log.tree.size(), log.tree.root(), log.ts_ms};
    }

    protocol::Message message(const std::string& text, protocol::UserId author) {
        protocol::Message out;
        // The tag of the guild stands above the last ten bits, the time above 22.
        out.id = protocol::MessageId(id_now());
        out.channelId = channel;
        out.authorId = author;
        out.content = text;
        return out;
    }
    /// As the guild's host makes ids.
    std::uint64_t id_now() {
        const std::uint64_t tag = channel.value & (0xfffull << 10);
        return protocol::first_id_at(world.clock.unix_ms()) | tag | ++ids;
    }

    /// What bob asked for, as his node signs it: numbers begin where that never was.
    f::SignedCommand command_of_bob(const f::ApiCall& call, protocol::ChannelId about = {}) {
        std::optional<journal::Identity> home;
        base::SeededRng rng(1);
        const auto done =
            store::write_and_wait(*mirror().db, [&](store::Tx& tx) -> protocol::Status {
                TRY(home, journal::load_or_make_identity(tx, world.clock, rng));
                return {};
            });
        if (!done) throw std::runtime_error("no keys");
        f::CommandHeader header;
        header.guild_uid = guild_uid;
        header.origin_uid = mirror().uid();
        header.origin_seq = 1'000'000 + ++commands;
        header.actor = bob.id.value;
        header.channel = about.value;
        header.client_ts_ms = world.clock.unix_ms();
        header.expires_ms = header.client_ts_ms + 30'000;
        return f::sign_command(header, f::Salt(), f::encode(call), home->key);
    }
    /// Of an entry that names the command.
    static Forge under(const f::SignedCommand& command) {
        Forge out;
        out.command = f::encode(command);
        out.header = [hash = command.hash()](f::EntryHeader& h) { h.command_hash = hash; };
        return out;
    }

    FedNode& host() { return world[0]; }
    FedNode& mirror() { return world[1]; }
    void say(const std::string& text) {
        world.advance(std::chrono::milliseconds(5));
        host().ok(Method::post,
                  "/api/v10/channels/" + channel.str() + "/messages",
                  owner,
                  {{"content", text}});
    }
    std::vector<std::string> shown() {
        const Answer got = mirror().call(
            Method::get, "/api/v10/channels/" + channel.str() + "/messages?limit=100", bob);
        std::vector<std::string> out;
        if (got.status != 200) return out;
        const auto messages = protocol::parse_json(got.body).value();
        for (const auto& m : messages.as_array()) {
            if (m.at("type") == 0)
                out.insert(out.begin(), std::string(m.at("content").as_string()));
        }
        return out;
    }
    bool is_shown(const std::string& text) {
        const auto all = shown();
        return std::find(all.begin(), all.end(), text) != all.end();
    }
    bool is_frozen() { return mirror().view().role(guild) == journal::GuildRole::frozen; }

    FedNodes world;
    Person owner, bob;
    protocol::GuildId guild;
    protocol::ChannelId channel;
    f::Hash32 guild_uid{};
    f::Hash32 host_uid{};
    std::string code;
    std::optional<journal::Identity> identity;
    f::X25519Secret noise{};
    std::unique_ptr<EvilPeer> evil;
    int subscribed = 0;
    /// Takes a frame itself when it says true.
    std::function<bool(const f::Frame&)> meddle;
    std::function<void(f::frames::Subscribed&)> bend;

    struct Log {
        f::Frontier tree;
        std::vector<store::entries::EntryRow> rows;
        protocol::UnixMs ts_ms = 0;
    };
    std::map<std::uint64_t, Log> logs;

  private:
    void read_keys() {
        base::SeededRng rng(1);
        const auto done = store::write_and_wait(*host().db, [&](store::Tx& tx) -> protocol::Status {
            TRY(identity, journal::load_or_make_identity(tx, world.clock, rng));
            TRY(noise, journal::load_link_secret(tx));
            return {};
        });
        if (!done) throw std::runtime_error("no keys");
    }
    void read_logs() {
        const auto done = store::read_and_wait(*host().db, [&](store::Tx& tx) -> protocol::Status {
            TRY(auto rows, store::entries::logs_of(tx, guild));
            for (const auto& row : rows) {
                Log& log = logs[row.log_id];
                log.ts_ms = row.last_ts_ms;
                TRY_VOID(store::entries::walk(
                    tx, row.log, row.log_id, 0, [&](store::entries::EntryRow entry) {
                        log.tree.append(f::leaf_hash(entry.header));
                        log.rows.push_back(std::move(entry));
                        return true;
                    }));
            }
            return {};
        });
        if (!done) throw std::runtime_error("no logs");
    }

    std::uint64_t ids = 0;
    std::uint64_t commands = 0;
};

inline std::vector<std::string> evidence_kinds(EvilHost& s) {
    return evidence_kinds(s.mirror(), s.guild);
}

}  // namespace guildhall::tests
