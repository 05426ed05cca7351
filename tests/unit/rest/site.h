#pragma once
// The whole REST surface over a node in memory, called with requests as the server makes them. One
// thread.

#include "node/app/shard_services.h"
#include "node/rest/dispatcher.h"
#include "node/services/tokens.h"
#include "tests/support/answer.h"
#include "tests/support/node_fixture.h"

#include <string>

namespace guildhall::tests {

struct Site {
    using Method = base::http::Method;

    explicit Site(bool with_limits = false) : limits(node.loop.clock, 1, with_limits) {
        apis.push_back(std::make_unique<rest::Api>(services.ctx, services.all()));
        token = "Bot " + log_in(bot, protocol::SessionKind::bot);
        user_token = log_in(owner, protocol::SessionKind::user);
    }

    /// A session of the user; its token without a scheme.
    std::string log_in(protocol::UserId user,
                       protocol::SessionKind kind,
                       protocol::UnixMs expires_ms = 0) {
        std::string made = services::make_token(user, node.loop.clock.unix_ms(), node.rng);
        journal::SessionOpened opened;
        opened.token = services::hash_token(node.secrets.token_key, made);
        opened.session = {.id = made.substr(0, 8), .user = user, .kind = kind};
        opened.session.expires_ms = expires_ms;
        node.view().load_notice(std::move(opened));
        return made;
    }

    using Headers = std::vector<std::pair<std::string, std::string>>;
    Answer call(Method method,
                const std::string& target,
                const std::string& authorization = {},
                const std::string& body = {},
                const Headers& headers = {}) {
        base::http::Request request(method, target, body);
        request.shard = &node.loop.shard();
        request.peer.ip = *base::IpAddress::parse("192.0.2.1");
        if (!authorization.empty()) request.add_header("Authorization", authorization);
        for (const auto& [name, value] : headers) request.add_header(name, value);
        return Answer(node.run(dispatcher.serve(request)));
    }
    Answer get(const std::string& target, const std::string& authorization = {}) {
        return call(Method::get, target, authorization);
    }
    std::string messages_path() const { return "/api/v10/channels/" + channel.str() + "/messages"; }

    NodeFixture node;
    app::ShardServices services{node.ctx};
    std::vector<std::unique_ptr<rest::Api>> apis;
    rest::Limits limits;
    base::Registry metrics;
    rest::Dispatcher dispatcher{{node.loop.shards, apis, node.secrets, limits, metrics}};
    protocol::UserId owner = node.add_user("owner");
    protocol::UserId bot = node.add_user("bot", true);
    protocol::GuildId guild = node.make_guild(owner);
    protocol::ChannelId channel = node.text_channel(guild);
    /// With its scheme; without one, as people's clients send it.
    std::string token, user_token;
};

}  // namespace guildhall::tests
