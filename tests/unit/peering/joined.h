#pragma once
// Joined: a guild of one node with a member of another, for tests of what happens between whole
// nodes. One thread.

#include "tests/catch.h"
#include "tests/support/fed_nodes.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::tests {

using base::http::Method;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;
using namespace std::chrono_literals;

inline std::string text_of(const json::value& object, std::string_view name) {
    return std::string(object.as_object().at(name).as_string());
}

/// Alice's guild on the first node, and bob of the second in it.
struct Joined {
    explicit Joined(std::size_t nodes = 2) : world(nodes) {
        alice = host().add_user("alice");
        bob = home().add_user("bob");
        const auto made = host().ok(Method::post, "/api/v10/guilds", alice, {{"name", "Far"}});
        guild = *protocol::parse_id<GuildId>(made.at("id").as_string());
        const auto channel = host().ok(
            Method::post, guild_path() + "/channels", alice, {{"name", "general"}, {"type", 0}});
        general = *protocol::parse_id<ChannelId>(channel.at("id").as_string());
        joined = join(home(), bob);
    }

    FedNode& host() { return world[0]; }
    FedNode& home() { return world[1]; }
    std::string guild_path() const { return "/api/v10/guilds/" + guild.str(); }
    std::string messages() const { return "/api/v10/channels/" + general.str() + "/messages"; }

    std::string invite_path() {
        const auto invite = host().ok(
            Method::post, "/api/v10/channels/" + general.str() + "/invites", alice, json::object());
        return "/api/v10/invites/" + text_of(invite, "code") + "@" + host().ip().str() + ":8447";
    }
    Answer join(FedNode& node, const Person& who) {
        return node.call(Method::post, invite_path(), who, json::object());
    }
    /// Every right, for a member; the other node hears of it in its time.
    void make_admin(const Person& who) {
        const auto role = host().ok(Method::post,
                                    guild_path() + "/roles",
                                    alice,
                                    {{"name", "admin"}, {"permissions", "8"}});
        host().ok(Method::put,
                  guild_path() + "/members/" + who.id.str() + "/roles/" + text_of(role, "id"),
                  alice);
    }
    Answer say(FedNode& node, const Person& who, const std::string& text) {
        return node.call(Method::post, messages(), who, {{"content", text}});
    }
    std::vector<std::string> read(FedNode& node, const Person& who) {
        const auto list = node.ok(Method::get, messages(), who);
        std::vector<std::string> out;
        for (const auto& m : list.as_array())
            if (m.as_object().at("type").as_int64() == 0) out.push_back(text_of(m, "content"));
        return out;
    }
    bool comes(FedNode& node, const Person& who, const std::string& text) {
        return world.run_until([&] {
            const auto seen = read(node, who);
            return std::find(seen.begin(), seen.end(), text) != seen.end();
        });
    }
    bool soon(const std::function<bool()>& done) { return world.run_until(done, 10s); }

    FedNodes world;
    Person alice, bob;
    GuildId guild;
    ChannelId general;
    std::optional<Answer> joined;
};

}  // namespace guildhall::tests
