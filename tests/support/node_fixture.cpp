#include "tests/support/node_fixture.h"

#include "node/services/commit.h"
#include "node/services/membership.h"
#include "protocol/errors.h"
#include "tests/support/node_parts.h"

#include <algorithm>
#include <sstream>

namespace guildhall::tests {

using protocol::Event;
using protocol::GuildId;
using protocol::UserId;

namespace {

constexpr const char* kUrl = "http://127.0.0.1:8080";

services::Secrets make_secrets(base::Rng& rng) {
    return {.token_key = rng.bytes(32),
            .cdn_key = rng.bytes(32),
            .interaction_key = rng.bytes(32),
            .jwt_key = rng.bytes(32)};
}

services::Settings make_settings(const journal::Identity& identity) {
    services::Settings settings;
    settings.name = "test.example";
    settings.public_url = kUrl;
    settings.node_uid = identity.uid;
    return settings;
}

}  // namespace

std::vector<std::string> Recorder::names() const {
    std::vector<std::string> out;
    for (const journal::Committed& entry : entries) {
        for (const journal::Dispatch& d : entry.dispatches) out.emplace_back(d.name);
    }
    return out;
}

std::string Recorder::last(std::string_view name) const {
    std::string body;
    for (const journal::Committed& entry : entries) {
        for (const journal::Dispatch& d : entry.dispatches) {
            if (d.name == name) body = *d.body;
        }
    }
    return body;
}

void Recorder::clear() {
    entries.clear();
    notices.clear();
    ephemera.clear();
}

NodeFixture::NodeFixture()
    : db(open_db()),
      bus(loop.shards),
      views(one_view()),
      secrets(make_secrets(rng)),
      identity(make_identity(*db, loop.clock, rng)),
      settings(make_settings(*identity)),
      links(kUrl, secrets.cdn_key, loop.clock),
      presenter(links),
      journal({loop.shards, *db, bus, views, loop.clock, rng, loop.log, presenter}, *identity),
      hashers(1, 16),
      ctx{.here = loop.shard(),
          .shards = loop.shards,
          .view = *views.front(),
          .journal = journal,
          .db = *db,
          .clock = loop.clock,
          .rng = rng,
          .log = loop.log,
          .hashers = hashers,
          .secrets = secrets,
          .settings = settings,
          .links = links,
          .online = &online},
      guilds(ctx),
      channels(ctx),
      roles(ctx),
      members(ctx),
      messages(ctx),
      reactions(ctx, messages),
      bans(ctx, messages),
      invites(ctx) {
    bus.subscribe(0, *views.front());
    bus.subscribe(0, online);
    bus.subscribe(0, recorder);
}

NodeFixture::~NodeFixture() { loop.run(); }

UserId NodeFixture::add_user(const std::string& name, bool bot) {
    auto user = std::make_shared<protocol::User>();
    loop.clock.advance(std::chrono::milliseconds(1));
    user->id = UserId(protocol::first_id_at(loop.clock.unix_ms()) | rng.below(1 << 22));
    user->uid = rng.bytes(32);
    user->username = name;
    user->bot = bot;
    view().load_notice(journal::UserChanged{user});
    return user->id;
}

GuildId NodeFixture::make_guild(UserId owner, const std::string& name) {
    protocol::api::GuildCreate request;
    request.name = std::string(name);
    const GuildId id = ok(guilds.create(as(owner), request))->guild.id;
    // The ids of its first millisecond are used up.
    loop.clock.advance(std::chrono::milliseconds(1));
    return id;
}

void NodeFixture::join(GuildId guild, UserId user) {
    commit(guild,
           {protocol::MemberJoined{services::new_member(**view().user(user), loop.clock.unix_ms()),
                                   {}}});
}

protocol::RoleId NodeFixture::add_role(GuildId guild,
                                       protocol::Permissions permissions,
                                       std::int32_t position,
                                       std::vector<UserId> holders) {
    protocol::Role role;
    role.id = protocol::RoleId(run(journal.new_id(guild)));
    role.name = "role " + std::to_string(position);
    role.permissions = permissions.bits;
    role.position = position;
    std::vector<Event> events{protocol::RoleCreated{role}};
    for (const UserId holder : holders) {
        protocol::Member member = *state(guild).members.find(holder);
        member.roles.insert(std::ranges::lower_bound(member.roles, role.id), role.id);
        events.emplace_back(protocol::MemberUpdated{std::move(member)});
    }
    commit(guild, std::move(events));
    return role.id;
}

void NodeFixture::commit(GuildId guild, std::vector<Event> events) {
    const services::Actor nobody;
    ok(services::commit(ctx, nobody, guild, std::move(events)));
}

const protocol::GuildState& NodeFixture::state(GuildId guild) const {
    const protocol::GuildSnapshot* found = views.front()->guild(guild);
    if (!found) throw std::runtime_error("no guild " + guild.str());
    return **found;
}

protocol::ChannelId NodeFixture::text_channel(GuildId guild) const {
    protocol::ChannelId found;
    state(guild).channels.for_each([&](protocol::ChannelId id, const protocol::Channel& c) {
        if (c.type == protocol::ChannelType::text && !found) found = id;
    });
    return found;
}

std::string NodeFixture::text_of(const protocol::Error& error) {
    std::ostringstream out;
    out << error;
    return out.str();
}

}  // namespace guildhall::tests
