#include "node/gateway/gateway.h"

#include "node/gateway/hub.h"
#include "node/services/members.h"
#include "protocol/limits.h"

namespace guildhall::gateway {
namespace {

// What one shard asks of another's hub; runs on that one's. The frame that awaits it owns the id.

base::Task<Resumer::Found> find(Hub& hub, const std::string& id) {
    co_return hub.resumer().find(id);
}

base::Task<std::optional<Snapshot>> take(Hub& hub, const std::string& id) {
    co_return hub.resumer().take(id);
}

base::Task<bool> has_sessions(Hub& hub, protocol::UserId user) {
    co_return !hub.world().sessions_of(user).empty();
}

}  // namespace

Gateway::Gateway(const std::vector<services::Context*>& contexts,
                 journal::Bus& bus,
                 const Deps& deps)
    : shards_(contexts.front()->shards), probe_(deps.metrics) {
    for (services::Context* context : contexts) {
        hubs_.push_back(std::make_unique<Hub>(*context, deps, probe_, *this));
        bus.subscribe(context->here.index(), *hubs_.back());
    }
}

Gateway::~Gateway() = default;

base::http::Upgrade Gateway::accept(const base::http::Request& request) {
    base::ws::SessionOptions options;
    // A longer frame than the API allows is the API's close code, not the protocol's.
    options.message_bytes_max = protocol::limits::kGatewayPayloadBytesMax;
    options.too_big_code = close_code::kDecodeError;
    options.overflow_code = close_code::kUnknownError;
    return base::http::Upgrade::accept(
        std::make_unique<Connection>(hub(request.shard->index()), parse_params(request.query())),
        options);
}

base::Task<void> Gateway::shut_down(base::Shard& here) {
    for (unsigned i = 0; i < hubs_.size(); ++i) {
        Hub& hub = *hubs_[i];
        co_await base::on_shard(here, shards_.at(i), [&hub] { return hub.shut_down(); });
    }
}

base::Task<Resumer::Found> Gateway::find_on(base::Shard& here, unsigned shard, std::string id) {
    Hub& hub = *hubs_[shard];
    co_return co_await base::on_shard(
        here, shards_.at(shard), [&hub, &id] { return find(hub, id); });
}

base::Task<std::optional<Snapshot>> Gateway::take_from(base::Shard& here,
                                                       unsigned shard,
                                                       std::string id) {
    Hub& hub = *hubs_[shard];
    co_return co_await base::on_shard(
        here, shards_.at(shard), [&hub, &id] { return take(hub, id); });
}

base::Task<bool> Gateway::has_session(base::Shard& here, unsigned shard, protocol::UserId user) {
    Hub& hub = *hubs_[shard];
    co_return co_await base::on_shard(
        here, shards_.at(shard), [&hub, user] { return has_sessions(hub, user); });
}

base::Task<protocol::Status> Gateway::end_temporary(base::Shard& here,
                                                    protocol::GuildId guild,
                                                    protocol::UserId user) {
    base::Shard& home = shards_.of(guild);
    services::Members members(hub(home.index()).world().ctx);
    co_return co_await base::on_shard(
        here, home, [&members, guild, user] { return members.end_temporary(guild, user); });
}

}  // namespace guildhall::gateway
