#include "node/journal/key_rotation.h"

#include "federation/aead.h"
#include "federation/head.h"
#include "federation/no_nodes.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace guildhall::journal {
namespace {

namespace f = federation;
namespace secrets = store::secrets;
using namespace node_secret;
using protocol::Result;
using protocol::Status;
using store::Tx;

protocol::Error fault(std::string what) { return protocol::make_error(0, std::move(what)); }

/// What is new after the event.
struct Fresh {
    f::Seed signing{}, next{};
    f::X25519Secret noise{};
};

Result<f::Seed> seed_of(Tx& tx, std::string_view name) {
    TRY(const auto bytes, secrets::get(tx, name));
    const auto seed = f::Seed::from(std::string_view(bytes.value_or("")));
    if (!seed) return fault("the node's keys in the data folder are damaged");
    return *seed;
}

f::KeyEvent event_after(const f::KeyState& before, const Fresh& fresh, protocol::UnixMs now_ms) {
    f::KeyEvent event;
    event.subject_uid = before.subject_uid;
    event.seq = before.seq + 1;
    event.prev = before.last_hash;
    event.ts_ms = now_ms;
    event.signing_key = f::SecretKey::from_seed(fresh.signing).public_key();
    event.target =
        f::KeyTarget::from(f::x25519_public(fresh.noise).text()).value_or(f::KeyTarget{});
    event.next_key_commit = f::key_commit(f::SecretKey::from_seed(fresh.next).public_key());
    event.rotation_keys = before.rotation_keys;
    return event;
}

/// A host that has offered a guild has signed what its new host must be able to check by the log.
Status require_no_offer(Tx& tx) {
    TRY(const auto offers, secrets::like(tx, "guild.%.offer"));
    const bool open = std::ranges::any_of(offers, [](const auto& o) { return !o.second.empty(); });
    return open ? Status(fault("a transfer of a guild is open: withdraw it or let it end"))
                : Status();
}

/// A log and its head. None is of a log in which nothing was written, or that is damaged.
struct OpenLog {
    store::entries::LogRow row;
    f::Head head;
};

Result<std::vector<OpenLog>> heads_of(Tx& tx, protocol::GuildId guild) {
    TRY(auto rows, store::entries::logs_of(tx, guild));
    std::vector<OpenLog> out;
    for (auto& row : rows) {
        const auto stored = f::decode_signed_head(row.head);
        if (!stored || stored->head.log_id != row.log_id) continue;
        out.push_back({std::move(row), stored->head});
    }
    // As sign_heads gives them back.
    const auto place = [](const OpenLog& log) {
        return std::tie(log.head.guild_uid, log.row.log_id);
    };
    std::ranges::sort(out, {}, place);
    return out;
}

/// Heads of one guild, by the new key: all of them, as others take the newest key's alone.
Result<std::uint64_t> sign_anew(Tx& tx, protocol::GuildId guild, const f::SecretKey& key) {
    TRY(auto logs, heads_of(tx, guild));
    for (std::size_t done = 0; done < logs.size();) {
        const std::size_t count = std::min<std::size_t>(logs.size() - done, f::kHeadsPerBatchMax);
        const auto batch = std::span(logs).subspan(done, count);
        std::vector<f::Head> heads;
        for (const OpenLog& log : batch) heads.push_back(log.head);
        const auto fresh = f::sign_heads(std::move(heads), key);
        for (std::size_t i = 0; i < count; ++i) {
            batch[i].row.head = f::encode(fresh[i]);
            TRY_VOID(store::entries::put_log(tx, batch[i].row));
        }
        done += count;
    }
    return static_cast<std::uint64_t>(logs.size());
}

Result<Rotation> take(Tx& tx, const f::KeyChain& chain, const Fresh& fresh) {
    const f::SecretKey key = f::SecretKey::from_seed(fresh.signing);
    CHECK(chain.signing_key() == key.public_key());
    TRY_VOID(secrets::put(tx, kSigning, fresh.signing.text()));
    TRY_VOID(secrets::put(tx, kNext, fresh.next.text()));
    TRY_VOID(secrets::put(tx, kNoise, fresh.noise.text()));
    TRY_VOID(secrets::put(tx, kLog, f::encode(chain.log())));
    Rotation out{chain.state().seq, key.public_key(), 0};
    TRY(const auto guilds, store::hosting::all(tx));
    for (const auto& row : guilds) {
        if (row.role != store::hosting::Role::hosted) continue;
        TRY(const std::uint64_t heads, sign_anew(tx, row.guild, key));
        out.heads += heads;
    }
    return out;
}

Result<f::KeyChain> own_chain(Tx& tx, base::Clock& clock, base::Rng& rng) {
    TRY(const Identity identity, load_or_make_identity(tx, clock, rng));
    return f::KeyChain::from(identity.log, {clock.unix_ms(), 0}, f::kNoNodes);
}

}  // namespace

Result<Rotation> rotate_keys(Tx& tx, base::Clock& clock, base::Rng& rng) {
    TRY_VOID(require_no_offer(tx));
    TRY(f::KeyChain chain, own_chain(tx, clock, rng));
    Fresh fresh;
    TRY(fresh.signing, seed_of(tx, kNext));
    rng.fill(fresh.next);
    rng.fill(fresh.noise);
    if (chain.state().seq >= f::kKeyEventsMax) return fault("the keys were rotated too often");
    const f::KeyEvent event = event_after(chain.state(), fresh, clock.unix_ms());
    const std::string stored = f::encode(f::sign(event, f::SecretKey::from_seed(fresh.signing)));
    TRY(const f::KeyStep step, chain.apply(stored, {clock.unix_ms(), 0}, f::kNoNodes));
    if (step != f::KeyStep::added) return fault("the new key does not follow the old one");
    return take(tx, chain, fresh);
}

Result<Rotation> override_keys(Tx& tx,
                               base::Clock& clock,
                               base::Rng& rng,
                               const f::Seed& rotation,
                               const std::optional<std::string>& theirs) {
    TRY_VOID(require_no_offer(tx));
    TRY(f::KeyChain chain, own_chain(tx, clock, rng));
    const f::KeyTime now{clock.unix_ms(), 0};
    if (theirs) {
        TRY(const f::KeyStep step, chain.apply(*theirs, now, f::kNoNodes));
        if (step != f::KeyStep::added && step != f::KeyStep::repeated)
            return fault("the event does not follow this node's key log");
    }
    const std::uint32_t last = chain.state().seq;
    // What the event stands on: the log without the one that becomes void.
    f::KeyLog before = chain.log();
    if (last > 0) before.events.pop_back();
    TRY(const f::KeyChain base, f::KeyChain::from(before, now, f::kNoNodes));
    const f::SecretKey key = f::SecretKey::from_seed(rotation);
    const auto& list = base.state().rotation_keys;
    const auto at = std::ranges::find(list, key.public_key());
    if (at == list.end()) return fault("this is not the node's recovery key");
    Fresh fresh;
    rng.fill(fresh.signing);
    rng.fill(fresh.next);
    rng.fill(fresh.noise);
    f::KeyEvent event = event_after(base.state(), fresh, now.seen_ms);
    event.recovery = f::Recovery{last > 0 ? chain.state().last_hash : f::Hash32{},
                                 static_cast<std::uint8_t>(at - list.begin())};
    TRY(const f::KeyStep step, chain.apply(f::encode(f::sign(event, key)), now, f::kNoNodes));
    if (step != f::KeyStep::added && step != f::KeyStep::replaced)
        return fault("the event does not take the place of the one that is void");
    return take(tx, chain, fresh);
}

}  // namespace guildhall::journal
