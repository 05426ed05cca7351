#pragma once
// EvilGuest: a guild on an honest node, and an evil peer with a user in it, who signs whatever
// commands a test wants. One thread.

#include "federation/receipt.h"
#include "node/store/tables/entries.h"
#include "node/store/wait.h"
#include "tests/support/evil_peer.h"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::tests {

struct EvilGuest {
    using Method = base::http::Method;

    explicit EvilGuest(std::size_t nodes = 1)
        : world(nodes), evil(world, "evil.example", 9), mallory(evil, "mallory", 40) {
        owner = host().add_user("owner");
        const auto made = host().ok(Method::post, "/api/v10/guilds", owner, {{"name", "Guild"}});
        guild = *protocol::parse_id<protocol::GuildId>(made.at("id").as_string());
        channel = new_channel({{"name", "general"}});
        guild_uid = *f::Hash32::from(std::string_view(host().guild(guild)->guild.uid));
        const auto invite = host().ok(
            Method::post, "/api/v10/channels/" + channel + "/invites", owner, json::object{});
        code = std::string(invite.at("code").as_string());
        evil.open(host());
    }

    FedNode& host() { return world[0]; }
    std::string new_channel(const json::object& body) {
        const auto made =
            host().ok(Method::post, "/api/v10/guilds/" + guild.str() + "/channels", owner, body);
        return std::string(made.at("id").as_string());
    }

    // -- Commands ---------------------------------------------------------------------------------

    f::ApiCall post(const std::string& text) const {
        f::ApiCall call;
        call.method = "POST";
        call.route = "/channels/{channel_id}/messages";
        call.params = {channel};
        call.json = R"({"content":")" + text + R"("})";
        call.version = 10;
        return call;
    }
    /// As an honest home would have it, of the next number.
    f::CommandHeader header(protocol::UserId actor, std::string_view in_channel = {}) {
        f::CommandHeader h;
        h.guild_uid = guild_uid;
        h.origin_uid = evil.uid();
        h.origin_seq = ++seq;
        h.actor = actor.value;
        h.channel = in_channel.empty() ? 0 : std::stoull(std::string(in_channel));
        h.client_ts_ms = world.clock.unix_ms();
        h.expires_ms = h.client_ts_ms + 30'000;
        return h;
    }
    f::SignedCommand sign(const f::CommandHeader& h, const f::ApiCall& call) {
        f::Salt salt;
        salt.fill(static_cast<std::uint8_t>(h.origin_seq));
        return f::sign_command(h, salt, f::encode(call), evil.key());
    }
    f::SignedCommand say(const std::string& text) {
        return sign(header(mallory.id, channel), post(text));
    }
    /// The answer's status; with `problem` the code where it was refused; 0 without an answer.
    int send(const f::SignedCommand& command, bool logged = true) {
        problem = f::ProblemCode::none;
        result = {};
        const auto answer = evil.ask(f::frame_of(command, logged));
        if (!answer) return 0;
        if (const auto* p = std::get_if<f::Problem>(&*answer)) {
            problem = p->code;
            return 0;
        }
        result = std::get<f::CommandResult>(*answer);
        return result.status;
    }
    int send(const f::ApiCall& call, bool logged = true) {
        return send(sign(header(mallory.id, channel), call), logged);
    }

    f::SignedCommand join_command(const EvilUser& user) {
        f::ApiCall call;
        call.method = "POST";
        call.route = "/invites/{invite_code}";
        call.params = {code};
        call.json = "{}";
        call.version = 10;
        call.keyLog = {user.genesis};
        return sign(header(user.id), call);
    }
    void join() {
        answer_questions();
        show(mallory);
        const int status = send(join_command(mallory));
        if (status != 200) {
            throw std::runtime_error("mallory cannot join: " + std::to_string(status) + " " +
                                     std::string(f::name_of(problem)) + " " + result.json + "\n" +
                                     world.logs());
        }
    }
    /// The profile goes beside the command, never in it.
    void show(const EvilUser& user) {
        f::frames::Profiles shown;
        shown.profiles = {user.profile};
        evil.send(shown);
        world.run();
    }
    /// As an honest home does: profiles of its users, when it is asked.
    void answer_questions() {
        evil.react = [this](const f::Frame& frame) {
            if (std::holds_alternative<f::frames::ProfileGet>(frame.body)) {
                f::frames::Profiles profiles;
                profiles.profiles = {mallory.profile};
                evil.send(profiles, frame.id);
            }
        };
    }

    // -- What the host has ------------------------------------------------------------------------

    /// Texts of the channel, oldest first.
    std::vector<std::string> texts() {
        const auto list =
            host().ok(Method::get, "/api/v10/channels/" + channel + "/messages?limit=100", owner);
        std::vector<std::string> out;
        for (const auto& m : list.as_array()) {
            if (m.at("type") == 0)
                out.insert(out.begin(), std::string(m.at("content").as_string()));
        }
        return out;
    }
    /// Entries of all logs of the guild.
    std::uint64_t entries() {
        std::uint64_t sum = 0;
        const auto done = store::read_and_wait(*host().db, [&](store::Tx& tx) -> protocol::Status {
            TRY(auto logs, store::entries::logs_of(tx, guild));
            for (const auto& log : logs) sum += log.size;
            return {};
        });
        if (!done) throw std::runtime_error("the store cannot be read");
        return sum;
    }
    bool is_member(protocol::UserId user) {
        return host().guild(guild)->members.find(user) != nullptr;
    }

    FedNodes world;
    EvilPeer evil;
    EvilUser mallory;
    Person owner;
    protocol::GuildId guild;
    f::Hash32 guild_uid{};
    std::string channel, code;
    std::uint64_t seq = 0;
    f::CommandResult result;
    f::ProblemCode problem = f::ProblemCode::none;
};

}  // namespace guildhall::tests
