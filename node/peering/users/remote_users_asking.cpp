// RemoteUsers: asking a guild's host for profiles that are missing here.
#include "node/peering/users/remote_users.h"

#include <utility>
#include <vector>

namespace guildhall::peering {

namespace f = federation;
using protocol::UserId;
using namespace std::chrono_literals;

namespace {

constexpr Nanos kAskTime = 10s;
/// Until a home has told the host of a guild what its new user is like.
constexpr Nanos kMovedStep = 1s;
constexpr Nanos kMovedLimit = 60s;

}  // namespace

void RemoteUsers::miss(const Hash32& host, UserId user) {
    if (ctx_.view.user(user) || host == ctx_.identity.uid) return;
    Missing& missing = missing_[host];
    if (missing.size() < kMissingMax) missing.insert(user);
}

void RemoteUsers::look_for(const Hash32& host) {
    const auto at = missing_.find(host);
    if (at == missing_.end() || at->second.empty() || asking_.contains(host)) return;
    const auto peer = peers_.find(host);
    if (!peer || !peer->is_open()) return;
    asking_.insert(host);
    ctx_.here.spawn("ask for profiles", ask(host));
}

Task<void> RemoteUsers::ask(Hash32 host) {
    for (auto at = missing_.find(host); at != missing_.end(); at = missing_.find(host)) {
        const auto peer = peers_.find(host);
        if (!peer || !peer->is_open()) break;
        std::vector<UserId> batch;
        while (!at->second.empty() && batch.size() < kBatch) {
            const UserId user = at->second.extract(at->second.begin()).value();
            if (!ctx_.view.user(user)) batch.push_back(user);
        }
        if (at->second.empty()) missing_.erase(at);
        if (batch.empty()) continue;
        if (!co_await ask_batch(peer, batch)) break;
    }
    asking_.erase(host);
}

Task<bool> RemoteUsers::ask_batch(std::shared_ptr<Peer> host, std::vector<UserId> users) {
    f::frames::ProfileGet get;
    for (const UserId user : users) get.userIds.push_back(user.value);
    auto answer = co_await host->ask(std::move(get), kAskTime);
    auto* found = answer ? std::get_if<f::frames::Profiles>(&*answer) : nullptr;
    if (!found || found->profiles.size() > users.size()) co_return false;
    co_await take_all(host, std::move(found->profiles));
    co_return true;
}

/// The new home tells the host, and the host the nodes that are there; who was not, asks.
void RemoteUsers::follow_move(const Hash32& host, UserId user) {
    if (host == ctx_.identity.uid) return;
    const bool first = moved_[host].empty();
    if (moved_[host].size() < kMovedMax) moved_[host][user] = ctx_.clock.now() + kMovedLimit;
    if (first) ctx_.here.spawn("follow moves", follow_moves(host));
}

Task<void> RemoteUsers::follow_moves(Hash32 host) {
    while (!moved_[host].empty()) {
        co_await ctx_.here.timers().sleep_for(kMovedStep);
        std::vector<UserId> batch;
        std::erase_if(moved_[host], [&](auto& row) {
            const auto* user = ctx_.view.user(row.first);
            const auto home = user ? Hash32::from((*user)->home_uid) : std::nullopt;
            const bool done = !home || moved_to(row.first, *home);
            if (!done && batch.size() < kBatch) batch.push_back(row.first);
            return done || ctx_.clock.now() > row.second;
        });
        const auto peer = peers_.find(host);
        if (!batch.empty() && peer && peer->is_open())
            (void)co_await ask_batch(peer, std::move(batch));
    }
    moved_.erase(host);
}

Task<void> RemoteUsers::fetch_missing(protocol::GuildSnapshot guild) {
    const auto host = Hash32::from(std::string_view(guild->hosting.hostUid));
    const auto peer = host ? peers_.find(*host) : nullptr;
    if (!peer || !peer->is_open()) co_return;
    std::vector<UserId> batch;
    guild->members.for_each([&](UserId user, const protocol::Member&) {
        if (!ctx_.view.user(user)) batch.push_back(user);
        return batch.size() < kBatch;
    });
    if (!batch.empty()) co_await ask_batch(peer, std::move(batch));
}

}  // namespace guildhall::peering
