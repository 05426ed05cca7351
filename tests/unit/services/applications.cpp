#include "node/services/applications.h"

#include "node/services/present/application.h"
#include "node/services/tokens.h"
#include "node/store/tables/applications.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/openapi.h"
#include "tests/unit/services/bot_world.h"

using namespace guildhall;
using protocol::ApplicationId;
using protocol::UserId;
using tests::BotWorld;
namespace api = protocol::api;

namespace {

std::vector<protocol::Application> stored(BotWorld& w) {
    std::vector<protocol::Application> out;
    store::ReadJob job;
    job.run = [&](store::Tx& tx) { out = store::applications::load_all(tx).value(); };
    job.failed = [](const protocol::Error&) {};
    w.db->read(std::move(job));
    return out;
}

}  // namespace

TEST_CASE("a new application has a bot of the same id, and both are stored as they are shown") {
    BotWorld w;
    const auto* application = w.view().application(w.application);
    REQUIRE(application);
    CHECK((*application)->owner == w.owner);
    CHECK((*application)->flags == 0);
    CHECK((*application)->verify_key.size() == 64);
    const auto* bot = w.view().user(w.bot);
    REQUIRE(bot);
    CHECK((*bot)->bot);
    CHECK((*bot)->username == "tea_bot");
    CHECK((*bot)->global_name == "Tea Bot");
    const auto rows = stored(w);
    REQUIRE(rows.size() == 1);
    CHECK(rows.front() == **application);
}

TEST_CASE("a bot whose name is taken gets a number behind it") {
    BotWorld w;
    const auto second = w.make_application(w.owner, "Tea Bot");
    const auto& bot = **w.view().user(second->bot_id());
    CHECK(bot.username.starts_with("tea_bot_"));
    const auto odd = w.make_application(w.owner, "茶");
    CHECK((*w.view().user(odd->bot_id()))->username == "bot");
}

TEST_CASE("an account owns so many applications and no more") {
    BotWorld w;
    for (std::size_t n = 1; n < protocol::limits::kApplicationsPerUserMax; ++n)
        w.make_application(w.owner, "app" + std::to_string(n));
    api::ApplicationCreate request;
    request.name = std::string("one more");
    CHECK(w.code(w.applications.create(w.as(w.owner), request)) ==
          protocol::kOAuth2ApplicationLimitReached);
    CHECK(w.applications.mine(w.as(w.owner)).size() == protocol::limits::kApplicationsPerUserMax);
}

TEST_CASE("only its owner and its bot see and change an application") {
    BotWorld w;
    const UserId stranger = w.add_user("stranger");
    const auto patch = w.read<api::ApplicationPatch>(R"({"description":"x"})");
    CHECK(w.applications.get(w.as(stranger), w.application).error().code ==
          protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    CHECK(w.code(w.applications.edit(w.as(stranger), w.application, patch)) ==
          protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    CHECK(w.code(w.applications.reset_token(w.as(stranger), w.application)) ==
          protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    CHECK(w.code(w.applications.edit(w.as(w.owner), ApplicationId(5), patch)) ==
          protocol::kUnknownApplication);
    CHECK(w.ok(w.applications.edit(w.bot_actor(), w.application, patch))->description == "x");
}

TEST_CASE("the owner switches privileged intents, and no other flag") {
    BotWorld w;
    // Bit 0 and bit 23 are not the owner's; 12 to 15, 18 and 19 are.
    const auto patch = w.read<api::ApplicationPatch>(R"({"flags":9236481})");
    const auto changed = w.ok(w.applications.edit(w.as(w.owner), w.application, patch));
    CHECK(changed->flags == (9236481u & 0xcf000u));
    CHECK((*w.view().application(w.application))->flags == changed->flags);
    const auto off = w.read<api::ApplicationPatch>(R"({"flags":0})");
    CHECK(w.ok(w.applications.edit(w.as(w.owner), w.application, off))->flags == 0);
}

TEST_CASE("an interactions endpoint is refused, and an empty one is not") {
    BotWorld w;
    const auto url =
        w.read<api::ApplicationPatch>(R"({"interactions_endpoint_url":"https://a.example/"})");
    CHECK(w.code(w.applications.edit(w.as(w.owner), w.application, url)) ==
          protocol::kInvalidFormBody);
    const auto none = w.read<api::ApplicationPatch>(R"({"interactions_endpoint_url":null})");
    CHECK(w.code(w.applications.edit(w.as(w.owner), w.application, none)) == 0);
}

TEST_CASE("a reset token works and ends the one before") {
    BotWorld w;
    const auto hash = [&](const std::string& token) {
        return services::hash_token(w.secrets.token_key, token);
    };
    const auto first = w.ok(w.applications.reset_token(w.as(w.owner), w.application));
    const auto* session = w.view().session(hash(first));
    REQUIRE(session);
    CHECK(session->user == w.bot);
    CHECK(session->kind == protocol::SessionKind::bot);
    const auto second = w.ok(w.applications.reset_token(w.as(w.owner), w.application));
    CHECK_FALSE(w.view().session(hash(first)));
    CHECK(w.view().session(hash(second)));
}

TEST_CASE("the bot's user is changed through its application") {
    BotWorld w;
    const auto patch = w.read<api::BotPatch>(R"({"username":"Kettle"})");
    CHECK(w.ok(w.applications.edit_bot(w.as(w.owner), w.application, patch))->username == "kettle");
    CHECK((*w.view().user(w.bot))->username == "kettle");
}

TEST_CASE("a private bot is added by its owner alone") {
    BotWorld w;
    const UserId other = w.add_user("other");
    const auto app = w.make_application(other, "Own");
    const auto patch = w.read<api::ApplicationPatch>(R"({"bot_public":false})");
    w.ok(w.applications.edit(w.as(other), app->id, patch));
    CHECK(w.try_authorize(w.owner, app->id).error().code ==
          protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
}

TEST_CASE("an authorised bot is a member with a managed role of what its helper may give") {
    BotWorld w;
    const auto app = w.make_application(w.owner, "Helper");
    w.authorize(w.owner, app->id, "8");
    const auto* member = w.state(w.guild).members.find(app->bot_id());
    REQUIRE(member);
    CHECK(member->bot);
    REQUIRE(member->roles.size() == 1);
    const auto* role = w.state(w.guild).roles.find(member->roles.front());
    REQUIRE(role);
    CHECK(role->managed);
    CHECK(role->botId == app->bot_id());
    CHECK(role->permissions == 8);
    CHECK(role->name == "Helper");
}

TEST_CASE("who may not manage the guild adds no bot to it") {
    BotWorld w;
    const auto app = w.make_application(w.owner, "Helper");
    const UserId member = w.add_user("member");
    CHECK(w.try_authorize(member, app->id).error().code == protocol::kUnknownGuild);
    w.join(w.guild, member);
    CHECK(w.try_authorize(member, app->id).error().code == protocol::kMissingPermissions);
}

TEST_CASE("scopes and redirects that an application has not are refused") {
    BotWorld w;
    api::AuthorizeQuery query;
    query.client_id = w.application;
    query.scope = std::string("bot identify");
    CHECK(w.applications.preview(w.as(w.owner), query).error().code == protocol::kInvalidFormBody);
    query.scope = std::string("bot+applications.commands");
    CHECK(w.applications.preview(w.as(w.owner), query));
    query.redirect_uri = std::string("https://elsewhere.example/");
    CHECK(w.applications.preview(w.as(w.owner), query).error().code == protocol::kInvalidFormBody);
}

TEST_CASE("a refused authorisation says so in the address and adds nobody") {
    BotWorld w;
    const auto app = w.make_application(w.owner, "Helper");
    api::AuthorizeQuery query;
    query.client_id = app->id;
    query.state = std::string("a b");
    api::AuthorizeBody body;
    body.guild_id = w.guild;
    const auto location = w.ok(w.applications.authorize(w.as(w.owner), query, body));
    CHECK(location.ends_with("/oauth2/authorized?state=a%20b&error=access_denied"));
    CHECK_FALSE(w.state(w.guild).members.find(app->bot_id()));
}

TEST_CASE("applications are shown as the API's description says") {
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    BotWorld w;
    const auto& application = **w.view().application(w.application);
    std::string own, open;
    protocol::JsonWriter a(own), b(open);
    services::write_own_application(a, application, w.view());
    services::write_application(b, application, w.view());
    CHECK(openapi->problem("PrivateApplicationResponse", protocol::parse_json(own).value()) == "");
    CHECK(openapi->problem("ApplicationResponse", protocol::parse_json(open).value()) == "");
}

TEST_CASE("an owner and a bot who change the bot at once lose neither change") {
    BotWorld w;
    w.recorder.clear();
    const auto rename = [](BotWorld& world) -> base::Task<void> {
        const auto patch = BotWorld::read<api::BotPatch>(R"({"username":"coffee_bot"})");
        CHECK(co_await world.applications.edit_bot(
            BotWorld::as(world.owner), world.application, patch));
    };
    const auto describe = [](BotWorld& world) -> base::Task<void> {
        const services::Accounts::Client client;
        const auto patch = BotWorld::read<api::UserPatch>(R"({"bio":"tea"})");
        CHECK(co_await world.users.patch(world.bot_actor(), patch, client));
    };
    w.db->hold();
    w.loop.shard().spawn("rename", rename(w));
    w.loop.shard().spawn("describe", describe(w));
    w.loop.run();
    w.db->release();
    w.loop.run();
    const protocol::User& bot = **w.view().user(w.bot);
    CHECK(bot.username == "coffee_bot");
    CHECK(bot.bio == "tea");
    CHECK(w.told(w.bot, "USER_UPDATE").size() == 2);
}
