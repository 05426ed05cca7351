#pragma once
// A guild on the first node of a world, and members of it on every node.

#include "tests/support/fed_nodes.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::tests {

using base::http::Method;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::UserId;

inline std::string text_of(const json::value& object, std::string_view name) {
    return std::string(object.as_object().at(name).as_string());
}

/// alice, who owns the guild, lives on the first node; u1 on the second, u2 on the third.
struct FarGuild {
    /// The last `away` nodes have nobody in it yet.
    explicit FarGuild(std::size_t nodes = 2, std::size_t away = 0) : world(nodes) {
        people.push_back(world[0].add_user("alice"));
        const auto made =
            world[0].ok(Method::post, "/api/v10/guilds", people[0], {{"name", "Far"}});
        guild = *protocol::parse_id<GuildId>(made.at("id").as_string());
        const auto channel = world[0].ok(Method::post,
                                         guild_path() + "/channels",
                                         people[0],
                                         {{"name", "general"}, {"type", 0}});
        general = *protocol::parse_id<ChannelId>(channel.at("id").as_string());
        for (std::size_t i = 1; i + away < nodes; ++i) {
            people.push_back(world[i].add_user("u" + std::to_string(i)));
            join(i, people[i]);
        }
    }

    std::string guild_path() const { return "/api/v10/guilds/" + guild.str(); }
    std::string channel_path() const { return "/api/v10/channels/" + general.str(); }
    std::string messages() const { return channel_path() + "/messages"; }

    void join(std::size_t node, const Person& who) {
        const auto invite =
            world[0].ok(Method::post, channel_path() + "/invites", people[0], json::object());
        const std::string at = node == 0 ? "" : "@" + world[0].ip().str() + ":8447";
        world[node].ok(
            Method::post, "/api/v10/invites/" + text_of(invite, "code") + at, who, json::object());
    }
    /// Every right, for a member.
    void make_admin(const Person& who) {
        const auto role = world[0].ok(Method::post,
                                      guild_path() + "/roles",
                                      people[0],
                                      {{"name", "admin"}, {"permissions", "8"}});
        world[0].ok(Method::put,
                    guild_path() + "/members/" + who.id.str() + "/roles/" + text_of(role, "id"),
                    people[0]);
        soon([&] {
            for (std::size_t i = 0; i < world.size(); ++i) {
                const auto* state = world[i].guild(guild);
                if (!state || state->members.find(who.id)->roles.empty()) return false;
            }
            return true;
        });
    }
    bool soon(const std::function<bool()>& done) {
        return world.run_until(done, std::chrono::seconds(10));
    }

    Answer say(std::size_t node, const std::string& text) {
        return world[node].call(Method::post, messages(), people[node], {{"content", text}});
    }
    /// What people wrote, as the node shows it, oldest first.
    std::vector<std::string> read(std::size_t node) {
        const auto list = world[node].ok(Method::get, messages(), people[node]);
        std::vector<std::string> out;
        for (const auto& m : list.as_array())
            if (m.as_object().at("type").as_int64() == 0) out.push_back(text_of(m, "content"));
        std::ranges::reverse(out);
        return out;
    }
    bool comes(std::size_t node,
               const std::string& text,
               base::Nanos limit = std::chrono::seconds(30)) {
        return world.run_until(
            [&] {
                const auto all = read(node);
                return std::ranges::find(all, text) != all.end();
            },
            limit);
    }

    /// A POST or PATCH with files, as clients send them.
    Answer upload(std::size_t node,
                  Method method,
                  const std::string& target,
                  const Person& by,
                  const json::value& payload,
                  const std::vector<std::pair<std::string, std::string>>& files) {
        std::string body = part("payload_json", "", json::serialize(payload));
        for (std::size_t i = 0; i < files.size(); ++i)
            body += part("files[" + std::to_string(i) + "]", files[i].first, files[i].second);
        body += "--edge--\r\n";
        auto request = std::make_shared<base::http::Request>(method, target, std::move(body));
        request->add_header("Content-Type", "multipart/form-data; boundary=edge");
        if (!by.token.empty()) request->add_header("Authorization", by.token);
        return Answer(serve(node, request));
    }
    /// What the node's CDN answers to an address of its own, with the file's bytes as body.
    Answer fetch(std::size_t node, const std::string& address) {
        auto response = look(node, address);
        if (response.file_body) {
            response.body.resize(response.file_body->bytes());
            (void)response.file_body->read(0, response.body.data(), response.body.size());
        }
        return Answer(std::move(response));
    }

    /// The same as it is sent.
    base::http::Response look(std::size_t node, const std::string& address) {
        return serve(node, request_for(node, address));
    }
    /// The same, begun: there when the world has run for long enough.
    std::shared_ptr<std::optional<base::http::Response>> begin_look(std::size_t node,
                                                                    const std::string& address) {
        using Out = std::shared_ptr<std::optional<base::http::Response>>;
        const auto work = [](app::Core& core, std::shared_ptr<base::http::Request> request, Out out)
            -> base::Task<void> { out->emplace(co_await core.front->serve(*request)); };
        auto out = std::make_shared<std::optional<base::http::Response>>();
        app::Core& core = world[node].core();
        core.shards.at(0).spawn("look", work(core, request_for(node, address), out));
        return out;
    }

    FedNodes world;
    std::vector<Person> people;
    GuildId guild;
    ChannelId general;

  private:
    std::shared_ptr<base::http::Request> request_for(std::size_t node, std::string address) {
        const std::string prefix = "http://" + world[node].name();
        if (address.starts_with(prefix)) address.erase(0, prefix.size());
        auto request = std::make_shared<base::http::Request>(Method::get, address, std::string());
        request->shard = &world[node].core().shards.at(0);
        request->peer.ip = *base::IpAddress::parse("192.0.2.1");
        return request;
    }
    static std::string part(const std::string& name,
                            const std::string& filename,
                            const std::string& bytes) {
        std::string out = "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"";
        if (!filename.empty()) out += "; filename=\"" + filename + "\"";
        return out + "\r\n\r\n" + bytes + "\r\n";
    }
    base::http::Response serve(std::size_t node, std::shared_ptr<base::http::Request> request) {
        app::Core& core = world[node].core();
        request->shard = &core.shards.at(0);
        request->peer.ip = *base::IpAddress::parse("192.0.2.1");
        return world.wait(core.shards.at(0), core.front->serve(*request));
    }
};

}  // namespace guildhall::tests
