// RemoteUsers: who comes to a guild that is hosted here, and shows who he is.
#include "federation/genesis.h"
#include "federation/missing_keys.h"
#include "node/peering/users/remote_users.h"
#include "node/peering/users/user_keys.h"
#include "node/services/recovery.h"
#include "protocol/errors.h"

#include <iterator>

namespace guildhall::peering {

namespace f = federation;
using protocol::UserId;

namespace {

/// Unverified: whoever verified the log asks.
bool is_of(const f::KeyLog& log, const Hash32& uid) {
    const auto genesis = f::decode_signed_genesis(log.genesis);
    return genesis && f::uid_of(genesis->bytes) == uid;
}

}  // namespace

Task<Status> RemoteUsers::arrive(std::shared_ptr<Peer> home,
                                 UserId user,
                                 std::vector<std::string> key_log) {
    f::KeyLog log;
    if (!key_log.empty()) {
        log.genesis = std::move(key_log.front());
        log.events.assign(std::make_move_iterator(key_log.begin() + 1),
                          std::make_move_iterator(key_log.end()));
        CO_TRY_VOID(co_await check_keys(home, user, log));
    }
    CO_TRY_VOID(co_await take_in(home, user, log));
    if (log.events.empty()) co_return Status();
    // Kept, so that nobody comes with less later.
    journal::Change change;
    change.rows = [user, log](store::Tx& tx) { return services::put_key_log(tx, user, log); };
    co_return co_await ctx_.journal.store(ctx_.here, std::move(change));
}

/// `log` is checked, where there is one.
Task<Status> RemoteUsers::take_in(std::shared_ptr<Peer> home, UserId user, f::KeyLog log) {
    const auto* known = ctx_.view.user(user);
    // One who was here before and came back; what changed meanwhile is pushed by the home. Who
    // moved meanwhile shows it by the keys, unless a guild here still knows him elsewhere: its host
    // is told of the move first.
    const bool moves = known && !lives_at(user, home->uid());
    const bool may_move = moves && !log.events.empty() && !(*known)->home_uid.empty();
    if (moves && (!may_move || !ctx_.view.guilds_of(user).empty()))
        co_return protocol::make_http_error(403);
    std::string bytes = offered(home->uid(), user);
    if (known && !moves && bytes.empty()) co_return Status();
    if (!known) {
        if (log.genesis.empty()) co_return protocol::make_http_error(400);
        if (const auto denied = home->policy().take(f::PeerAction::new_user, ctx_.clock.now()))
            co_return protocol::make_rate_limited(denied->retry_ms / 1000.0);
    }
    const auto signed_profile = f::decode_signed_profile(bytes);
    const auto& identity = home->identity();
    const auto profile = signed_profile && identity
                             ? f::verify_profile(*signed_profile, identity->keys.signing_key)
                             : std::nullopt;
    if (!profile || profile->user_id != user.value || profile->home_uid != home->uid())
        co_return protocol::make_http_error(400);
    const bool is_other = !log.genesis.empty() && !is_of(log, profile->user_uid);
    if (is_other) co_return protocol::make_http_error(400);
    if (known && !moves && (*known)->version >= profile->version) co_return Status();
    co_return co_await store(*profile, std::move(bytes), std::move(log.genesis));
}

/// What the user shows holds, is of that user and of that home, and is no older than what was shown
/// before.
Task<Status> RemoteUsers::check_keys(std::shared_ptr<Peer> home, UserId user, f::KeyLog log) {
    co_await meet_homes(home, log);
    const auto chain = user_chain(ctx_, peers_.directory(), log);
    if (!chain || chain->user_id() != protocol::Snowflake(user.value))
        co_return protocol::make_http_error(400);
    if (chain->home() != home->uid()) co_return protocol::make_http_error(403);
    const auto* known = ctx_.view.user(user);
    // An id has 22 bits of its uid, which anybody finds again. Of who came with a guild's file the
    // uid may not be known.
    if (known && !(*known)->uid.empty() && (*known)->uid != chain->uid().text())
        co_return protocol::make_http_error(403);
    if (known) {
        auto look = [whom = **known](store::Tx& tx) { return services::user_key_log(tx, whom); };
        CO_TRY(const auto shown, co_await store::read(ctx_.db, std::move(look)));
        if (shown && !goes_on(log, shown->events)) co_return protocol::make_http_error(403);
    }
    // Not encoded before it is known to hold: then it has no more events than a log may have.
    if (f::encode(log).size() > kUserLogBytesMax) co_return protocol::make_http_error(413);
    co_return Status();
}

Task<void> RemoteUsers::meet_homes(std::shared_ptr<Peer> from, f::KeyLog log) {
    const std::vector<Hash32> homes = f::homes_moved_to(log);
    if (!key_logs_ || homes.size() > kHomesMax) co_return;
    for (std::size_t i = 0; i < homes.size(); ++i) co_await key_logs_->meet(from, homes[i]);
}

}  // namespace guildhall::peering
