#include "node/gateway/ready.h"

#include "node/gateway/fanout.h"
#include "node/gateway/hosting_update.h"
#include "node/services/present/guild.h"
#include "node/services/present/member.h"
#include "node/services/present/own_user.h"
#include "node/services/present/user.h"
#include "protocol/json/writer.h"

#include <algorithm>
#include <set>

namespace guildhall::gateway {

using protocol::GuildId;
using protocol::JsonWriter;
using protocol::UserId;

namespace {

void write_head(JsonWriter& w, const World& world, const Session& session) {
    w.begin_object().number("v", static_cast<int>(session.who().version));
    if (const auto* user = world.ctx.view.user(session.user())) {
        w.key("user");
        services::write_own_user(w, **user);
    }
    w.string("session_id", session.id())
        .string("session_type", "normal")
        .string("resume_gateway_url", gateway_url(world.ctx.settings));
    for (const std::string_view name :
         {"relationships", "private_channels", "presences", "guild_join_requests"}) {
        w.begin_array(name).end_array();
    }
    w.begin_array("geo_ordered_rtc_regions").end_array();
    w.raw("_trace", trace(world.ctx.settings));
}

/// The parts of a user's READY that this node has nothing to say about; clients index into them.
void write_user_lists(JsonWriter& w) {
    for (const std::string_view name : {"connected_accounts",
                                        "experiments",
                                        "guild_experiments",
                                        "affine_user_ids",
                                        "linked_users",
                                        "broadcaster_user_ids"}) {
        w.begin_array(name).end_array();
    }
    w.begin_object("notes").end_object();
    w.raw("consents", R"({"personalization":{"consented":false}})")
        .string("country_code", "")
        .number("friend_suggestion_count", 0)
        .null("tutorial")
        .null("analytics_token")
        .string("api_code_version", "")
        .null("static_client_session_id")
        .number("explicit_content_scan_version", 0)
        .raw("notification_settings", R"({"flags":0})")
        .null("auth_token")
        .null("required_action")
        .raw("user_settings_proto", "\"\"");
}

/// An empty list as an array, or as the versioned object that newer clients ask for.
void write_versioned(JsonWriter& w, std::string_view name, bool versioned) {
    w.raw(name, versioned ? R"({"entries":[],"partial":false,"version":0})" : "[]");
}

void write_settings(JsonWriter& w, const World& world, const Session& session) {
    const std::uint64_t bits = session.who().capabilities;
    if (!(bits & capability::kSettingsProtoOnly)) {
        const auto* user = world.ctx.view.user(session.user());
        w.begin_object("user_settings")
            .string("locale", user ? std::string_view((*user)->locale) : "en-US")
            .string("theme", "dark")
            .string("status", "online");
        w.begin_array("guild_positions").end_array();
        w.begin_array("guild_folders").end_array();
        w.begin_array("restricted_guilds").end_array();
        w.end_object();
    }
    write_versioned(w, "user_guild_settings", bits & capability::kVersionedGuildSettings);
    write_versioned(w, "read_state", bits & capability::kVersionedReadStates);
}

void write_sessions(JsonWriter& w, const World& world, const Session& session) {
    w.begin_array("sessions");
    for (const Session* other : world.sessions_of(session.user())) {
        const OwnPresence* own = other->presence.get();
        w.begin_object()
            .string("session_id", other->id())
            .string("status", own ? std::string_view(own->status) : "online")
            .raw("activities", own ? std::string_view(own->activities) : "[]")
            .raw("client_info", R"({"client":"unknown","os":"unknown","version":0})")
            .boolean("active", other == &session)
            .end_object();
    }
    w.end_array();
}

/// A member whose user stands in `users` already.
void write_merged_member(JsonWriter& w, const protocol::Member& member) {
    w.begin_object().id("user_id", member.userId);
    services::write_member_members(w, member);
    w.end_object();
}

/// merged_members: a list per guild, of oneself or of everybody else.
void write_merged_members(
    JsonWriter& w, const World& world, UserId self, const std::vector<GuildId>& guilds, bool own) {
    w.begin_array("merged_members");
    for (const GuildId id : guilds) {
        w.begin_array();
        const protocol::GuildState& state = **world.ctx.view.guild(id);
        if (own) {
            if (const auto* member = state.members.find(self)) write_merged_member(w, *member);
        } else if (state.members.size() <= limits::kPresenceMembersMax) {
            state.members.for_each([&](UserId user, const protocol::Member& member) {
                if (user != self) write_merged_member(w, member);
            });
        }
        w.end_array();
    }
    w.end_array();
}

/// `users`: everybody who is named in READY or its supplement.
void write_users(JsonWriter& w,
                 const World& world,
                 UserId self,
                 const std::vector<GuildId>& guilds) {
    std::set<UserId> users{self};
    for (const GuildId id : guilds) {
        const protocol::GuildState& state = **world.ctx.view.guild(id);
        if (state.members.size() > limits::kPresenceMembersMax) continue;
        state.members.for_each([&](UserId user, const protocol::Member&) { users.insert(user); });
    }
    w.begin_array("users");
    for (const UserId user : users) services::write_user(w, world.ctx.view, user);
    w.end_array();
}

void write_user_guilds(JsonWriter& w,
                       const World& world,
                       const Identity& who,
                       const std::vector<GuildId>& guilds) {
    const services::GatewayGuildOptions options{
        .large_threshold = limits::kPresenceMembersMax,
        .all_members = true,
        .without_members = (who.capabilities & capability::kDedupeUsers) != 0,
        .properties = (who.capabilities & capability::kClientStateV2) != 0};
    w.begin_array("guilds");
    for (const GuildId id : guilds) {
        services::write_gateway_guild(
            w, **world.ctx.view.guild(id), world.ctx.view, who.user, options);
    }
    w.end_array();
}

std::string supplemental(const World& world,
                         const Presences& presences,
                         UserId self,
                         const std::vector<GuildId>& guilds) {
    std::string out;
    JsonWriter w(out);
    w.begin_object().begin_array("guilds");
    for (const GuildId id : guilds) {
        w.begin_object().id("id", id);
        w.begin_array("voice_states").end_array();
        w.begin_array("activity_instances").end_array();
        w.begin_array("embedded_activities").end_array();
        w.end_object();
    }
    w.end_array();
    write_merged_members(w, world, self, guilds, false);
    w.begin_object("merged_presences").begin_array("friends").end_array().begin_array("guilds");
    for (const GuildId id : guilds) {
        const protocol::GuildState& state = **world.ctx.view.guild(id);
        const bool small = state.members.size() <= limits::kPresenceMembersMax;
        w.raw(small ? presences.list(state) : "[]");
    }
    w.end_array().end_object();
    for (const std::string_view name : {"lazy_private_channels", "disclose", "game_invites"}) {
        w.begin_array(name).end_array();
    }
    w.end_object();
    return out;
}

class GuildsPump final : public Pump {
  public:
    GuildsPump(World& world, const Presences& presences, std::vector<GuildId> guilds)
        : world_(world), presences_(presences), guilds_(std::move(guilds)) {}

    bool step(Session& session) override {
        if (next_ == guilds_.size()) return false;
        const GuildId id = guilds_[next_++];
        const auto* state = world_.ctx.view.guild(id);
        const bool member = state && (*state)->members.find(session.user());
        if (!member) {
            // It was left or deleted between READY and now: the stub must not stay.
            session.dispatch_own("GUILD_DELETE", R"({"id":")" + id.str() + "\"}");
            return next_ < guilds_.size();
        }
        // Joined since READY, it has had its GUILD_CREATE.
        const bool known = std::any_of(session.guilds.begin(),
                                       session.guilds.end(),
                                       [&](const auto& slot) { return slot.feed->guild() == id; });
        if (!known) {
            world_.join(session, **state);
            session.dispatch_own("GUILD_CREATE",
                                 guild_create(world_, presences_, **state, session.who(), true));
        }
        return next_ < guilds_.size();
    }
    bool is_essential() const override { return true; }

  private:
    World& world_;
    const Presences& presences_;
    std::vector<GuildId> guilds_;
    std::size_t next_ = 0;
};

}  // namespace

std::vector<GuildId> guilds_of(const World& world, const Identity& who) {
    std::vector<GuildId> out;
    for (const GuildId id : world.ctx.view.guilds_of(who.user)) {
        if (who.has_guild(id) && world.ctx.view.guild(id)) out.push_back(id);
    }
    return out;
}

std::string ready_for_bot(const World& world, const Session& session, bool with_shard) {
    std::string out;
    JsonWriter w(out);
    write_head(w, world, session);
    w.begin_object("user_settings").end_object().begin_array("guilds");
    for (const GuildId id : guilds_of(world, session.who())) {
        w.begin_object().id("id", id).boolean("unavailable", true).end_object();
    }
    w.end_array();
    const auto* application =
        world.ctx.view.application(protocol::id_cast<protocol::ApplicationId>(session.user()));
    w.begin_object("application")
        .id("id", session.user())
        .number("flags", application ? (*application)->flags : 0)
        .end_object();
    if (with_shard) {
        w.begin_array("shard")
            .number(session.who().shard_id)
            .number(session.who().shard_count)
            .end_array();
    }
    w.end_object();
    return out;
}

UserReady ready_for_user(const World& world, const Presences& presences, const Session& session) {
    const Identity& who = session.who();
    const std::vector<GuildId> guilds = guilds_of(world, who);
    const bool dedupe = (who.capabilities & capability::kDedupeUsers) != 0;
    UserReady out;
    JsonWriter w(out.ready);
    write_head(w, world, session);
    write_settings(w, world, session);
    write_sessions(w, world, session);
    write_user_lists(w);
    write_user_guilds(w, world, who, guilds);
    w.raw("guild_hosting", hosting_list(world.ctx.view, guilds));
    if (dedupe) {
        write_users(w, world, who.user, guilds);
        write_merged_members(w, world, who.user, guilds, true);
    }
    const auto* login = world.ctx.view.session(who.token);
    w.string_or_null("auth_session_id_hash",
                     login ? std::string_view(login->id) : std::string_view());
    w.end_object();
    if (dedupe && (who.capabilities & capability::kPrioritizedReady)) {
        out.supplemental = supplemental(world, presences, who.user, guilds);
    }
    return out;
}

std::unique_ptr<Pump> make_guilds_pump(World& world,
                                       const Presences& presences,
                                       std::vector<GuildId> guilds) {
    return std::make_unique<GuildsPump>(world, presences, std::move(guilds));
}

std::string gateway_url(const services::Settings& settings) {
    std::string url = settings.public_url;
    if (url.starts_with("http")) url.replace(0, 4, "ws");
    return url;
}

std::string trace(const services::Settings& settings) {
    std::string out;
    JsonWriter w(out);
    w.begin_array().string(settings.name).end_array();
    return out;
}

}  // namespace guildhall::gateway
