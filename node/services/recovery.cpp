#include "node/services/recovery.h"

#include "federation/node_key.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

namespace guildhall::services {

namespace f = federation;
using protocol::User;
using protocol::UserId;

namespace {

constexpr std::size_t kTextMax = 16 * 1024;
/// In a backup; more are found again by invites.
constexpr std::size_t kGuildsMax = 256;

void put(f::ByteWriter& out, std::string_view text) {
    out.put(static_cast<std::uint32_t>(text.size())).put(f::ByteView(text));
}
void put(f::ByteWriter& out, const std::vector<std::string>& texts) {
    out.put(static_cast<std::uint16_t>(texts.size()));
    for (const std::string& text : texts) put(out, text);
}
bool get(f::ByteReader& in, std::string& text, std::size_t most = kTextMax) {
    const auto size = in.get<std::uint32_t>();
    if (size > most) return false;
    text = in.take(size).text();
    return true;
}
bool get(f::ByteReader& in, std::vector<std::string>& texts) {
    const auto count = in.get<std::uint16_t>();
    for (unsigned i = 0; i < count && !in.failed(); ++i) {
        if (!get(in, texts.emplace_back())) return false;
    }
    return true;
}

std::string key_name(UserId user) { return "user." + user.str(); }
std::string log_name(UserId user) { return "user." + user.str() + ".log"; }

std::string joined(const std::vector<std::string>& endpoints) {
    std::string out;
    for (const std::string& endpoint : endpoints) out += (out.empty() ? "" : " ") + endpoint;
    return out;
}

/// A guild's log says where its host is only when that has changed: where it does not, this node
/// knows it.
Status find_endpoints(store::Tx& tx, GuildAddress& guild) {
    for (std::size_t i = 0; i < guild.nodes.size(); ++i) {
        if (!guild.endpoints[i].empty()) continue;
        TRY(const auto peer, store::peers::find(tx, guild.nodes[i]));
        if (peer) guild.endpoints[i] = joined(peer->endpoints);
    }
    return {};
}

struct Keys {
    f::KeyLog log;
    f::Seed next;
};

Result<Keys> read_keys(store::Tx& tx, const User& user) {
    TRY(auto log, user_key_log(tx, user));
    TRY(auto seeds, store::secrets::get(tx, key_name(user.id)));
    const auto next = seeds && seeds->size() == 2 * sizeof(f::Seed)
                          ? f::Seed::from(std::string_view(*seeds).substr(sizeof(f::Seed)))
                          : std::nullopt;
    if (!log || !next) return protocol::make_error(protocol::kUnknownUser);
    return Keys{std::move(*log), *next};
}

}  // namespace

std::string encode(const std::vector<GuildAddress>& guilds) {
    f::ByteWriter out;
    out.put(static_cast<std::uint16_t>(guilds.size()));
    for (const GuildAddress& g : guilds) {
        out.put(g.guild);
        put(out, g.genesis);
        put(out, g.nodes);
        put(out, g.endpoints);
    }
    return out.take();
}

std::optional<std::vector<GuildAddress>> decode_guild_addresses(std::string_view bytes) {
    f::ByteReader in{f::ByteView(bytes)};
    std::vector<GuildAddress> out;
    const auto count = in.get<std::uint16_t>();
    for (unsigned i = 0; i < count && !in.failed(); ++i) {
        GuildAddress& g = out.emplace_back();
        g.guild = in.get<std::uint64_t>();
        if (!get(in, g.genesis) || !get(in, g.nodes) || !get(in, g.endpoints)) return std::nullopt;
        if (g.nodes.size() != g.endpoints.size()) return std::nullopt;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

std::string encode(const UserBackup& backup) {
    f::ByteWriter out;
    out.put(std::uint8_t{1}).put(backup.user).put(backup.version);
    out.put(static_cast<std::uint8_t>(backup.bot));
    put(out, backup.username);
    put(out, backup.global_name);
    put(out, backup.bio);
    put(out, f::encode(backup.log));
    put(out, encode(backup.guilds));
    return out.take();
}

std::optional<UserBackup> decode_user_backup(std::string_view bytes) {
    f::ByteReader in{f::ByteView(bytes)};
    UserBackup out;
    const auto version = in.get<std::uint8_t>();
    out.user = in.get<std::uint64_t>();
    out.version = in.get<std::uint64_t>();
    out.bot = in.get<std::uint8_t>() != 0;
    std::string log, guilds;
    if (version != 1 || !get(in, out.username) || !get(in, out.global_name) || !get(in, out.bio) ||
        !get(in, log, f::kBackupBytesMax) || !get(in, guilds, f::kBackupBytesMax) || !in.done())
        return std::nullopt;
    auto read = f::decode_key_log(f::ByteView(log));
    auto addresses = decode_guild_addresses(guilds);
    if (!read || !addresses) return std::nullopt;
    out.log = std::move(*read);
    out.guilds = std::move(*addresses);
    return out;
}

std::optional<f::PublicKey> HomeKeys::operator()(const f::Hash32& uid, std::uint32_t seq) const {
    std::optional<f::KeyLog> log = self_.log;
    if (uid != self_.uid) {
        const auto peer = store::peers::find(tx_, uid.text());
        if (!peer || !*peer) return std::nullopt;
        log = f::decode_key_log(f::ByteView((*peer)->key_events));
    }
    return log ? f::node_key(*log, seq) : std::nullopt;
}

Result<std::optional<f::KeyLog>> user_key_log(store::Tx& tx, const User& user) {
    TRY(auto stored, store::secrets::get(tx, log_name(user.id)));
    if (stored) {
        auto log = f::decode_key_log(f::ByteView(*stored));
        if (log) return std::optional(std::move(*log));
    }
    TRY(auto genesis, store::users::find_claim(tx, protocol::Snowflake(user.id.value), user.uid));
    if (!genesis) return std::optional<f::KeyLog>();
    return std::optional(f::KeyLog{std::move(*genesis), {}});
}

Status put_user_keys(store::Tx& tx, UserId user, const f::KeyLog& log, std::string_view seeds) {
    TRY_VOID(put_key_log(tx, user, log));
    return store::secrets::put(tx, key_name(user), seeds);
}

Status put_key_log(store::Tx& tx, UserId user, const f::KeyLog& log) {
    return store::secrets::put(tx, log_name(user), f::encode(log));
}

Task<Result<std::vector<GuildAddress>>> Recovery::guilds_of(UserId user) {
    std::vector<GuildAddress> out;
    for (const protocol::GuildId id : ctx_.view.guilds_of(user)) {
        const auto* guild = ctx_.view.guild(id);
        if (!guild || out.size() >= kGuildsMax) continue;
        const protocol::Hosting& h = (*guild)->hosting;
        GuildAddress& g = out.emplace_back();
        g.guild = id.value;
        g.nodes.push_back(h.hostUid);
        g.endpoints.push_back(joined(h.endpoints));
        for (std::size_t i = 0; i < h.successors.size(); ++i) {
            const std::string place = i < h.places.size() ? h.places[i] : std::string();
            const auto space = place.find(' ');
            g.nodes.push_back(h.successors[i]);
            g.endpoints.push_back(space == place.npos ? std::string() : place.substr(space + 1));
        }
    }
    auto read = [out](store::Tx& tx) mutable -> Result<std::vector<GuildAddress>> {
        for (GuildAddress& g : out) {
            TRY(auto genesis, store::hosting::find_genesis(tx, protocol::GuildId(g.guild)));
            g.genesis = std::move(genesis);
            TRY_VOID(find_endpoints(tx, g));
        }
        return std::move(out);
    };
    co_return co_await store::read(ctx_.db, std::move(read));
}

Task<Result<Recovery::Paper>> Recovery::make(const Actor& actor) {
    const auto* known = ctx_.view.user(actor.user);
    if (!known || !(*known)->home_uid.empty())
        co_return protocol::make_error(protocol::kUnknownUser);
    const User user = **known;
    CO_TRY(auto guilds, co_await guilds_of(user.id));
    f::PhraseEntropy entropy;
    f::Seed fresh;
    f::PasswordSalt salt;
    f::Nonce24 nonce;
    ctx_.rng.fill(entropy);
    ctx_.rng.fill(fresh);
    ctx_.rng.fill(salt);
    ctx_.rng.fill(nonce);
    auto rotate = [this, user, entropy, fresh, now = ctx_.clock.unix_ms()](
                      store::Tx& tx) -> Result<f::KeyLog> {
        TRY(Keys keys, read_keys(tx, user));
        TRY(const auto self, journal::load_or_make_identity(tx, ctx_.clock, ctx_.rng));
        // Who moved here, or more often, has homes in the log.
        const HomeKeys homes(tx, self);
        TRY(auto chain, f::KeyChain::from(keys.log, {}, homes));
        const f::SecretKey next = f::SecretKey::from_seed(keys.next);
        f::KeyEvent event;
        event.subject_uid = chain.uid();
        event.seq = chain.state().seq + 1;
        event.prev = chain.state().last_hash;
        event.ts_ms = now;
        event.signing_key = next.public_key();
        event.target = chain.state().target;
        event.next_key_commit = f::key_commit(f::SecretKey::from_seed(fresh).public_key());
        event.rotation_keys = {f::rotation_key_of(entropy).public_key()};
        const std::string stored = f::encode(f::sign(event, next));
        TRY(const f::KeyStep step, chain.apply(f::ByteView(stored), {now, 0}, homes));
        if (step != f::KeyStep::added) return protocol::make_http_error(409);
        keys.log.events.push_back(stored);
        TRY_VOID(put_user_keys(
            tx, user.id, keys.log, std::string(keys.next.text()) + std::string(fresh.text())));
        return std::move(keys.log);
    };
    CO_TRY(auto log, co_await store::write(ctx_.db, std::move(rotate)));
    UserBackup backup{.user = user.id.value,
                      .version = user.version,
                      .username = user.username,
                      .global_name = user.global_name,
                      .bio = user.bio,
                      .bot = user.bot,
                      .log = std::move(log),
                      .guilds = std::move(guilds)};
    // A worker gives a value back: empty when it failed.
    auto seal = [bytes = encode(backup), entropy, salt, nonce] {
        auto sealed = f::seal_backup(
            f::ByteView(bytes), f::ByteView(entropy.text()), salt, nonce, f::kArgon2CostMin);
        return sealed ? std::move(*sealed) : std::string();
    };
    CO_TRY(auto bytes, co_await ctx_.hashers.run(std::move(seal)));
    if (bytes.empty()) co_return protocol::make_http_error(503);
    co_return Paper{f::make_phrase(entropy), std::move(bytes)};
}

}  // namespace guildhall::services
