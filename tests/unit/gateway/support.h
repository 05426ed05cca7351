#pragma once
// What the gateway's tests stand on: a node in memory with a gateway. One thread.

#include "node/base/metrics.h"
#include "node/gateway/gateway.h"
#include "node/gateway/hub.h"
#include "node/services/tokens.h"
#include "tests/support/gateway_client.h"
#include "tests/support/node_fixture.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::tests {

/// The node's database as its gateway sees it: counts reads, and fails them or keeps them waiting.
class ProbeDb final : public store::Db {
  public:
    explicit ProbeDb(store::Db& db) : db_(db) {}

    void set_hooks(store::BatchHooks hooks) override { db_.set_hooks(std::move(hooks)); }
    void write(store::WriteJob job) override { db_.write(std::move(job)); }
    void read(store::ReadJob job) override {
        ++reads;
        if (fails) return job.failed(store::unavailable("as the test wants it"));
        if (reads > at_once) return waiting.push_back(std::move(job));
        db_.read(std::move(job));
    }
    void checkpoint() override { db_.checkpoint(); }
    void stop() override { db_.stop(); }
    store::DbStats stats() const override { return db_.stats(); }

    /// Runs the reads that wait.
    void release() {
        at_once = SIZE_MAX;
        for (auto& job : std::exchange(waiting, {})) db_.read(std::move(job));
    }

    std::size_t reads = 0;
    /// How many reads are not kept waiting.
    std::size_t at_once = SIZE_MAX;
    bool fails = false;
    std::vector<store::ReadJob> waiting;

  private:
    store::Db& db_;
};

/// A node with a gateway of one shard.
struct GatewayFixture {
    explicit GatewayFixture(bool rate_limits = false) : starts(node.loop.clock, 1, rate_limits) {
        start();
    }

    /// A gateway as after a restart of the node. The one before hears nothing any more.
    void start() {
        std::vector<services::Context*> contexts{&ctx};
        const gateway::Deps deps{node.presenter, starts, metrics};
        gateways.push_back(std::make_unique<gateway::Gateway>(contexts, node.bus, deps));
    }
    void stop() { node.run(gateways.back()->shut_down(node.loop.shard())); }
    /// The process dies: nothing is written, nothing is sent.
    void kill() { hub().world().stopping = true; }

    gateway::Hub& hub() { return gateways.back()->hub(0); }

    /// A login of the user; bots have an application with all privileged intents.
    std::string login(protocol::UserId user, bool bot = false, std::uint64_t flags = kAllFlags) {
        std::string token = services::make_token(user, node.loop.clock.unix_ms(), node.rng);
        journal::SessionOpened opened;
        opened.token = services::hash_token(node.secrets.token_key, token);
        opened.session.user = user;
        opened.session.id = "login";
        opened.session.kind = bot ? protocol::SessionKind::bot : protocol::SessionKind::user;
        node.view().load_notice(opened);
        if (bot) {
            auto application = std::make_shared<protocol::Application>();
            application->id = protocol::id_cast<protocol::ApplicationId>(user);
            application->flags = flags;
            node.view().load_notice(journal::ApplicationChanged{application});
        }
        return token;
    }
    protocol::MessageId say(protocol::UserId user,
                            protocol::ChannelId channel,
                            const std::string& text) {
        node.loop.clock.advance(std::chrono::milliseconds(1));
        protocol::api::MessageCreate request;
        request.content = std::string(text);
        return node.ok(node.messages.create(NodeFixture::as(user), channel, request, {}))
            .message.id;
    }

    static constexpr std::uint64_t kAllFlags = 1u << 13 | 1u << 15 | 1u << 19;

    NodeFixture node;
    ProbeDb db{*node.db};
    services::Context ctx{node.ctx.here,
                          node.ctx.shards,
                          node.ctx.view,
                          node.ctx.journal,
                          db,
                          node.ctx.clock,
                          node.ctx.rng,
                          node.ctx.log,
                          node.ctx.hashers,
                          node.ctx.secrets,
                          node.ctx.settings,
                          node.ctx.links,
                          node.ctx.images,
                          node.ctx.online,
                          node.ctx.files,
                          node.ctx.session_starts,
                          node.ctx.logins};
    base::Registry metrics;
    services::SessionStarts starts;
    std::vector<std::unique_ptr<gateway::Gateway>> gateways;
};

}  // namespace guildhall::tests
