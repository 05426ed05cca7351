#include "node/peering/users/remote_users.h"

#include "federation/entry_check.h"
#include "federation/genesis.h"
#include "federation/no_nodes.h"
#include "node/services/recovery.h"
#include "node/store/tables/profiles.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

#include <algorithm>

namespace guildhall::peering {
namespace {

namespace f = federation;
using protocol::GuildId;
using protocol::User;
using protocol::UserId;

f::Profile profile_of(const User& user, const Hash32& home) {
    f::Profile out;
    out.user_id = user.id.value;
    out.user_uid = Hash32::from(std::string_view(user.uid)).value_or(Hash32{});
    out.home_uid = home;
    out.version = user.version;
    out.username = user.username;
    out.global_name = user.global_name;
    out.avatar = user.avatar;
    out.banner = user.banner;
    out.bio = user.bio;
    if (user.accent_color >= 0) out.accent_color = static_cast<std::uint32_t>(user.accent_color);
    out.flags = user.flags;
    out.bot = user.bot;
    return out;
}

User user_of(const f::Profile& profile, std::string name) {
    User out;
    out.id = UserId(profile.user_id);
    out.uid = profile.user_uid.text();
    out.username = std::move(name);
    out.global_name = profile.global_name;
    out.avatar = profile.avatar;
    out.banner = profile.banner;
    out.bio = profile.bio;
    out.accent_color = profile.accent_color ? static_cast<std::int32_t>(*profile.accent_color) : -1;
    out.flags = profile.flags;
    out.bot = profile.bot;
    out.verified = false;
    out.version = profile.version;
    out.home_uid = profile.home_uid.text();
    return out;
}

/// The id is one that the uid makes.
bool is_id_of(UserId user, const Hash32& uid) {
    const auto id = f::derived_id(uid, protocol::Snowflake(user.value).created_ms());
    return id && id->value == user.value;
}

std::optional<f::PublicKey> key_of(const f::KeyLog& log) {
    const auto chain = f::KeyChain::from(log, {}, f::kNoNodes);
    if (!chain || chain->is_user()) return std::nullopt;
    return chain->signing_key();
}

bool is_by_older_key(const f::KeyLog& log, const f::SignedBytes& profile) {
    const auto chain = f::KeyChain::from(log, {}, f::kNoNodes);
    return chain && chain->any_key([&](const f::PublicKey& key) {
        return f::verify_profile(profile, key).has_value();
    });
}

}  // namespace

RemoteUsers::RemoteUsers(Context& ctx, Peers& peers, Visibilities& visibilities)
    : ctx_(ctx), claims_(ctx), peers_(peers), visibilities_(visibilities) {
    peers.observe(*this);
    peers.directory().on_label([this](const Hash32& node) { rename_soon(node); });
    ctx.bus.subscribe(ctx.here.index(), *this);
    peers.handle<f::frames::ProfileGet>([this](Inbound inbound, f::frames::ProfileGet get) {
        on_get(std::move(inbound), std::move(get.userIds));
    });
    peers.handle<f::frames::Profiles>([this](const Inbound& inbound, f::frames::Profiles pushed) {
        on_pushed(inbound, std::move(pushed.profiles));
    });
}

RemoteUsers::~RemoteUsers() { peers_.directory().on_label(nullptr); }

// -- Of this node ---------------------------------------------------------------------------------

bool RemoteUsers::is_local(UserId user) const {
    const auto* known = ctx_.view.user(user);
    return known && (*known)->home_uid.empty();
}

std::string RemoteUsers::signed_profile(const User& user) const {
    return f::encode(f::sign(profile_of(user, ctx_.identity.uid), ctx_.identity.key));
}

Task<Result<RemoteUsers::Papers>> RemoteUsers::papers(UserId user) {
    const auto* known = ctx_.view.user(user);
    if (!known || !is_local(user)) co_return protocol::make_error(protocol::kUnknownUser);
    Papers out;
    out.profile = signed_profile(**known);
    auto look = [whom = **known](store::Tx& tx) { return services::user_key_log(tx, whom); };
    CO_TRY(auto log, co_await store::read(ctx_.db, std::move(look)));
    if (!log) co_return protocol::make_error(protocol::kUnknownUser);
    out.key_log.push_back(std::move(log->genesis));
    std::ranges::move(log->events, std::back_inserter(out.key_log));
    co_return out;
}

/// The host, a successor, or the home of a member, at present. A node whose users act in a guild,
/// or that may take it over, has shown its keys there, and they stay when it goes: without them no
/// look at the members is needed.
bool RemoteUsers::has_part(const protocol::GuildState& guild, const Hash32& node) const {
    const std::string uid(node.text());
    if (guild.hosting.hostUid != uid && !guild.identities.find(uid)) return false;
    return visibilities_.may_have(guild.guild.id, node, f::kControlLog);
}

/// Who shares a guild may know whom he shares it with; about others nothing is said.
bool RemoteUsers::shares_guild(UserId user, const Hash32& node) const {
    return std::ranges::any_of(ctx_.view.guilds_of(user), [&](GuildId id) {
        const auto* guild = ctx_.view.guild(id);
        if (!guild) return false;
        return has_part(**guild, node);
    });
}

void RemoteUsers::on_get(Inbound inbound, std::vector<std::uint64_t> ids) {
    const auto count = static_cast<std::uint32_t>(ids.size());
    if (ids.size() > kBatch) return inbound.refuse(f::ProblemCode::quota, "too many users");
    const auto denied =
        inbound.peer().policy().take(f::PeerAction::profile, ctx_.clock.now(), count);
    if (denied) return inbound.refuse(*denied);
    ctx_.here.spawn("answer for profiles", answer(std::move(inbound), std::move(ids)));
}

Task<void> RemoteUsers::answer(Inbound inbound, std::vector<std::uint64_t> ids) {
    f::frames::Profiles out;
    std::vector<UserId> others;
    for (const std::uint64_t id : ids) {
        const UserId user(id);
        if (!shares_guild(user, inbound.peer().uid())) continue;
        if (is_local(user))
            out.profiles.push_back(signed_profile(**ctx_.view.user(user)));
        else
            others.push_back(user);
    }
    auto look = [others](store::Tx& tx) -> Result<std::vector<std::string>> {
        std::vector<std::string> found;
        for (const UserId user : others) {
            TRY(auto row, store::profiles::find(tx, user));
            if (row) found.push_back(std::move(row->bytes));
        }
        return found;
    };
    if (!others.empty()) {
        auto found = co_await store::read(ctx_.db, std::move(look));
        if (found) std::ranges::move(*found, std::back_inserter(out.profiles));
    }
    inbound.reply(std::move(out));
}

void RemoteUsers::tell(const User& user) {
    f::frames::Profiles news;
    for (const auto& peer : peers_.open()) {
        if (!shares_guild(user.id, peer->uid())) continue;
        if (news.profiles.empty()) news.profiles.push_back(signed_profile(user));
        peer->send(news);
    }
}

// -- Of other nodes -------------------------------------------------------------------------------

void RemoteUsers::on_pushed(const Inbound& inbound, std::vector<std::string> profiles) {
    const auto count = static_cast<std::uint32_t>(profiles.size());
    const auto denied =
        inbound.peer().policy().take(f::PeerAction::profile, ctx_.clock.now(), count);
    // What is not taken now is asked for when it is missed.
    if (denied || count > kBatch) return;
    const Hash32& home = inbound.peer().uid();
    std::vector<std::string> known;
    for (std::string& bytes : profiles) {
        const auto stored = f::decode_signed_profile(bytes);
        const auto said = stored ? f::decode_profile(stored->bytes) : std::nullopt;
        const UserId user(said ? said->user_id : 0);
        // A user who is about to join a guild: the command comes next.
        if (said && said->home_uid == home && !lives_at(user, home))
            offer(home, user, std::move(bytes));
        else
            known.push_back(std::move(bytes));
    }
    if (!known.empty())
        ctx_.here.spawn("take profiles", take_all(inbound.shared_peer(), std::move(known)));
}

void RemoteUsers::offer(const Hash32& home, UserId user, std::string profile) {
    (void)offered(home, user);
    if (offers_.size() >= kOfferedMax) offers_.pop_front();
    offers_.push_back({home, user, std::move(profile)});
}

std::string RemoteUsers::offered(const Hash32& home, UserId user) {
    const auto at = std::ranges::find_if(
        offers_, [&](const Offer& o) { return o.home == home && o.user == user; });
    if (at == offers_.end()) return {};
    std::string profile = std::move(at->profile);
    offers_.erase(at);
    return profile;
}

bool RemoteUsers::lives_at(UserId user, const Hash32& home) const {
    const auto* known = ctx_.view.user(user);
    if (known && (*known)->home_uid == home.text()) return true;
    if (known && (*known)->home_uid.empty()) return false;
    return std::ranges::any_of(ctx_.view.guilds_of(user), [&](GuildId id) {
        const auto* guild = ctx_.view.guild(id);
        const auto* member = guild ? (*guild)->members.find(user) : nullptr;
        return member && protocol::home_of(**guild, *member) == home.text();
    });
}

/// Of one who was known elsewhere: the newest keys that a guild here has of him say so.
bool RemoteUsers::moved_to(UserId user, const Hash32& home) const {
    const auto* known = ctx_.view.user(user);
    std::size_t newest = 0;
    bool said = false;
    for (const GuildId id : ctx_.view.guilds_of(user)) {
        const auto* guild = known ? ctx_.view.guild(id) : nullptr;
        const auto* shown = guild ? (*guild)->identities.find((*known)->uid) : nullptr;
        if (!shown || shown->events.size() <= newest) continue;
        newest = shown->events.size();
        said = f::names_home(*shown, home.text());
    }
    return said;
}

std::optional<f::PublicKey> RemoteUsers::node_key(const Hash32& node, UserId user) {
    if (const auto peer = peers_.find(node); peer && peer->identity())
        return peer->identity()->keys.signing_key;
    if (const Known* known = peers_.directory().find(node)) return key_of(known->log);
    for (const GuildId id : ctx_.view.guilds_of(user)) {
        const auto* guild = ctx_.view.guild(id);
        const auto* shown = guild ? (*guild)->identities.find(std::string(node.text())) : nullptr;
        if (shown) return key_of({shown->genesis, shown->events});
    }
    return std::nullopt;
}

Task<void> RemoteUsers::take_all(std::shared_ptr<Peer> from, std::vector<std::string> profiles) {
    for (std::string& bytes : profiles) {
        // The name of the user's node is part of the user's. Of nodes of strangers nothing is
        // asked: who is met is kept, and looked for under its name.
        const auto said = f::decode_signed_profile(bytes);
        const auto profile = said ? f::decode_profile(said->bytes) : std::nullopt;
        if (profile && key_logs_ && lives_at(UserId(profile->user_id), profile->home_uid))
            co_await key_logs_->meet(from, profile->home_uid);
        const Status taken = co_await take(std::move(bytes));
        if (!taken && taken.error().status == 400) from->strike("a profile that does not hold");
    }
}

Task<Status> RemoteUsers::take(std::string bytes) {
    const auto signed_profile = f::decode_signed_profile(bytes);
    const auto said = signed_profile ? f::decode_profile(signed_profile->bytes) : std::nullopt;
    if (!said) co_return protocol::make_http_error(400);
    const UserId user(said->user_id);
    // Of who is in no guild here nothing need be known.
    if (!lives_at(user, said->home_uid)) co_return protocol::make_http_error(404);
    const auto* known = ctx_.view.user(user);
    // Versions are counted by the home; a new one may not know how far the old one was.
    const bool has_moved = known && (*known)->home_uid != said->home_uid.text();
    if (has_moved && !moved_to(user, said->home_uid)) co_return Status();
    if (known && !has_moved && (*known)->version >= said->version) co_return Status();
    const auto key = node_key(said->home_uid, user);
    if (!key) co_return protocol::make_http_error(404);
    const auto profile = f::verify_profile(*signed_profile, *key);
    // Who passes on what he took before the home rotated its keys has broken no rule.
    const Known* home = profile ? nullptr : peers_.directory().find(said->home_uid);
    if (home && is_by_older_key(home->log, *signed_profile))
        co_return protocol::make_http_error(404);
    if (!profile) co_return protocol::make_http_error(400);
    co_return co_await store(*profile, std::move(bytes), std::string());
}

Task<Status> RemoteUsers::store(f::Profile profile, std::string bytes, std::string genesis) {
    const UserId user(profile.user_id);
    if (!f::is_valid(profile) || !is_id_of(user, profile.user_uid))
        co_return protocol::make_http_error(400);
    const Known* home = peers_.directory().find(profile.home_uid);
    const std::string label = home ? home->label : unproved_label(profile.home_uid);
    CO_TRY(std::string name, f::remote_name(profile.username, label));
    // A name that a deleted account of that node left here.
    CO_TRY(std::string other,
           f::remote_name(profile.username.substr(0, 24) + "." +
                              f::to_hex(profile.user_uid.text().substr(0, 3)),
                          label));
    auto made = std::make_shared<User>(user_of(profile, std::move(name)));
    journal::Change change;
    const auto* before = ctx_.view.user(user);
    const bool has_moved = before && (*before)->home_uid != made->home_uid;
    change.rows = [made, other, bytes, genesis, has_moved](store::Tx& tx) -> Status {
        const protocol::Snowflake id(made->id.value);
        // A newer one may have come since this was read.
        TRY(const auto now, store::users::find(tx, made->id));
        const bool is_here = now && now->home_uid.empty();
        const bool same_home = now && now->home_uid == made->home_uid;
        const bool is_old = same_home ? now->version >= made->version : now && !has_moved;
        if (is_here || is_old) return protocol::make_http_error(409);
        TRY_VOID(store::users::claim_id(tx, id, made->uid, genesis));
        if (!store::users::check_free(tx, made->id, made->username, {})) made->username = other;
        TRY_VOID(store::users::put(tx, *made));
        if (has_moved) TRY_VOID(store::profiles::forget(tx, made->id));
        return store::profiles::put_if_newer(tx, {made->id, made->version, bytes}).has_value()
                   ? Status()
                   : protocol::make_http_error(500);
    };
    change.notices.emplace_back(journal::UserChanged{made});
    const Status stored = co_await ctx_.journal.store(ctx_.here, std::move(change));
    if (!stored) {
        const protocol::Snowflake id(user.value);
        std::string uid(profile.user_uid.text());
        co_await claims_.note(id, std::move(uid), genesis);
        co_return stored;
    }
    relay(user, profile.home_uid, bytes);
    co_return Status();
}

/// The home tells the hosts of its user's guilds, and each host the nodes that follow them.
void RemoteUsers::relay(UserId user, const Hash32& home, const std::string& profile) {
    const bool is_host = std::ranges::any_of(ctx_.view.guilds_of(user), [&](GuildId id) {
        return ctx_.view.role(id) == journal::GuildRole::hosted;
    });
    if (!is_host) return;
    f::frames::Profiles news;
    news.profiles.push_back(profile);
    for (const auto& peer : peers_.open()) {
        if (peer->uid() != home && shares_guild(user, peer->uid())) peer->send(news);
    }
}

// -- What happens ---------------------------------------------------------------------------------

void RemoteUsers::on_open(const std::shared_ptr<Peer>& peer) {
    look_for(peer->uid());
    // What changed while there was no link.
    std::set<UserId> told;
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        if (!has_part(guild, peer->uid())) return;
        guild.members.for_each([&](UserId user, const protocol::Member&) {
            if (is_local(user)) told.insert(user);
            return told.size() < kToldMax;
        });
    });
    f::frames::Profiles news;
    const auto send = [&] {
        if (!news.profiles.empty()) peer->send(std::exchange(news, {}));
    };
    for (const UserId user : told) {
        const auto& known = **ctx_.view.user(user);
        // Who never changed anything has been told of when he came.
        if (known.version <= 1) continue;
        news.profiles.push_back(signed_profile(known));
        if (news.profiles.size() == kBatch) send();
    }
    send();
}

void RemoteUsers::on_notice(const journal::Notice& notice) {
    const auto* changed = std::get_if<journal::UserChanged>(&notice);
    if (changed && changed->user->home_uid.empty()) tell(*changed->user);
}

void RemoteUsers::on_committed(const journal::Committed& entry) {
    if (const auto* moved = std::get_if<protocol::MemberMoved>(&entry.event)) {
        const auto* user = ctx_.view.user(moved->userId);
        const auto of = Hash32::from(std::string_view(entry.after->hosting.hostUid));
        const bool is_far = user && !(*user)->home_uid.empty();
        if (is_far && of && (*user)->home_uid != moved->homeUid) follow_move(*of, moved->userId);
        return;
    }
    const auto* joined = std::get_if<protocol::MemberJoined>(&entry.event);
    if (!joined || ctx_.view.user(joined->member.userId)) return;
    const auto host = Hash32::from(std::string_view(entry.after->hosting.hostUid));
    if (!host) return;
    miss(*host, joined->member.userId);
    look_for(*host);
}

void RemoteUsers::on_guild(const journal::GuildChange& change) {
    using Kind = journal::GuildChange::Kind;
    if (change.kind != Kind::placed && change.kind != Kind::members) return;
    const auto* guild = ctx_.view.guild(change.guild);
    const auto host =
        guild ? Hash32::from(std::string_view((*guild)->hosting.hostUid)) : std::nullopt;
    if (!host) return;
    if (change.kind == Kind::members)
        for (const UserId user : change.users) miss(*host, user);
    else
        (*guild)->members.for_each(
            [&](UserId user, const protocol::Member&) { miss(*host, user); });
    look_for(*host);
}

}  // namespace guildhall::peering
