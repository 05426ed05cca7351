#include "node/services/interactions.h"

#include "node/store/tables/attachments.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/openapi.h"
#include "tests/unit/services/bot_world.h"

#include <chrono>

using namespace guildhall;
using protocol::Command;
using protocol::MessageId;
using protocol::UserId;
using tests::BotWorld;
namespace flags = protocol::message_flags;
namespace permissions = protocol::permissions;

namespace {

constexpr const char* kPing = R"({"name":"ping","description":"d"})";
constexpr const char* kPong = R"({"type":4,"data":{"content":"pong"}})";
constexpr const char* kSecret = R"({"type":4,"data":{"content":"psst","flags":64}})";

/// A bot with one command.
struct Pinged : BotWorld {
    Pinged() : command(add_command(kPing)) { recorder.clear(); }
    Told ping() { return invoke(command, owner, "ping"); }

    std::optional<protocol::Message> stored(MessageId id) {
        const auto found = run(messages.find(channel, id, owner));
        if (!found) return std::nullopt;
        return found->stored.message;
    }
    std::size_t count(const char* name) const {
        const auto names = recorder.names();
        return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
    }

    Command command;
};

}  // namespace

TEST_CASE("the bot is told the whole of an interaction, its user its id and nonce") {
    Pinged w;
    const auto told = w.ping();
    const auto& o = told.body;
    CHECK(w.text(o, "application_id") == w.application.str());
    CHECK(o.at("type") == 2);
    CHECK(o.at("version") == 1);
    CHECK(o.at("context") == 0);
    CHECK(w.text(o, "guild_id") == w.guild.str());
    CHECK(w.text(o, "channel_id") == w.channel.str());
    CHECK(o.at("entitlements").as_array().empty());
    const auto& owners = o.at("authorizing_integration_owners").as_object();
    CHECK(w.text(owners, "0") == w.guild.str());
    const auto& member = o.at("member").as_object();
    CHECK(w.text(member.at("user").as_object(), "id") == w.owner.str());
    CHECK(w.text(member, "permissions") == permissions::kAll.str());
    CHECK(o.contains("app_permissions"));
    CHECK(w.text(o.at("channel").as_object(), "id") == w.channel.str());
    CHECK(w.text(o.at("guild").as_object(), "id") == w.guild.str());
    const auto& data = o.at("data").as_object();
    CHECK(w.text(data, "id") == w.command.id.str());
    CHECK(w.text(data, "guild_id") == w.guild.str());
    const auto nods = w.told(w.owner, "INTERACTION_CREATE");
    REQUIRE(nods.size() == 1);
    CHECK(w.text(nods[0], "id") == told.id.str());
    CHECK(w.text(nods[0], "nonce") == "n1");
}

TEST_CASE("an answer is a message of the bot and ends the interaction with success") {
    Pinged w;
    const auto told = w.ping();
    const auto outcome = w.answer(told, kPong).value();
    const auto message = w.stored(outcome.message);
    REQUIRE(message);
    CHECK(message->content == "pong");
    CHECK(message->authorId == w.bot);
    CHECK(message->type == 20);
    CHECK(message->interactionId == told.id);
    CHECK(message->interactionUser == w.owner);
    CHECK(message->interactionName == "ping");
    CHECK(w.told(w.owner, "INTERACTION_SUCCESS").size() == 1);
    w.loop.advance(std::chrono::seconds(4));
    CHECK(w.told(w.owner, "INTERACTION_FAILURE").empty());
}

TEST_CASE("an interaction is answered once, also after a restart") {
    Pinged w;
    const auto told = w.ping();
    REQUIRE(w.answer(told, kPong));
    CHECK(w.answer(told, kPong).error().code == protocol::kInteractionHasAlreadyBeenAcknowledged);
    // Another instance over the same rows is what a restart leaves.
    services::Interactions restarted(w.ctx, w.messages);
    const auto callback = w.read<protocol::api::InteractionCallback>(kPong);
    CHECK(w.code(restarted.answer({}, told.id, told.token, callback, {})) ==
          protocol::kInteractionHasAlreadyBeenAcknowledged);
    const auto more = w.read<protocol::api::WebhookMessage>(R"({"content":"more"})");
    const auto shown = w.ok(restarted.follow_up({}, w.application, told.token, more, {}));
    CHECK(shown.stored.message.interactionName == "ping");
    CHECK(w.ok(restarted.get(w.application, told.token, {})).stored.message.content == "pong");
}

TEST_CASE(
    "without an answer within three seconds its user is told of failure and the token is void") {
    Pinged w;
    const auto told = w.ping();
    w.loop.advance(std::chrono::milliseconds(2999));
    CHECK(w.told(w.owner, "INTERACTION_FAILURE").empty());
    w.loop.advance(std::chrono::milliseconds(1));
    const auto failures = w.told(w.owner, "INTERACTION_FAILURE");
    REQUIRE(failures.size() == 1);
    CHECK(w.text(failures[0], "nonce") == "n1");
    CHECK(failures[0].at("reason_code") == 2);
    CHECK(w.answer(told, kPong).error().code == protocol::kUnknownInteraction);
    CHECK(w.follow_up(told, R"({"content":"x"})").error().code == protocol::kUnknownWebhook);
}

TEST_CASE("tokens that are not this interaction's answer nothing") {
    Pinged w;
    const auto first = w.ping();
    const auto second = w.ping();
    BotWorld::Told mixed{first.id, second.token, {}};
    CHECK(w.answer(mixed, kPong).error().code == protocol::kUnknownInteraction);
    std::string forged = first.token;
    forged[3] = forged[3] == 'A' ? 'B' : 'A';
    mixed = {first.id, forged, {}};
    CHECK(w.answer(mixed, kPong).error().code == protocol::kUnknownInteraction);
    REQUIRE(w.answer(first, kPong));
    CHECK(w.code(w.interactions.get(protocol::ApplicationId(5), first.token, {})) ==
          protocol::kUnknownWebhook);
}

TEST_CASE("a deferred answer is a promise that the first follow-up or edit keeps") {
    Pinged w;
    const auto edited = w.ping();
    const auto promise = w.answer(edited, R"({"type":5})").value();
    CHECK(promise.loading);
    CHECK(w.stored(promise.message)->flags == flags::kLoading);
    w.edit(edited, {}, R"({"content":"late"})").value();
    CHECK(w.stored(promise.message)->content == "late");
    CHECK(w.stored(promise.message)->flags == 0);

    const auto followed = w.ping();
    const auto second = w.answer(followed, R"({"type":5})").value();
    const auto kept = w.follow_up(followed, R"({"content":"first"})").value();
    CHECK(kept.stored.message.id == second.message);
    const auto next = w.follow_up(followed, R"({"content":"second"})").value();
    CHECK(next.stored.message.id != second.message);
    CHECK(w.stored(second.message)->content == "first");
}

TEST_CASE("an edited answer calls everybody only by the bot's own right") {
    const char* answer = GENERATE(kPong, kSecret);
    const auto mentions = [&](protocol::Permissions permissions) {
        Pinged w;
        w.allow(permissions);
        const auto told = w.ping();
        w.answer(told, answer).value();
        return w.edit(told, {}, R"({"content":"@everyone"})")
            .value()
            .stored.message.mentionEveryone;
    };
    CHECK_FALSE(mentions(permissions::kViewChannel | permissions::kSendMessages));
    CHECK(mentions(permissions::kAll));
}

TEST_CASE("a promise may be kept by a message made of components") {
    Pinged w;
    const auto told = w.ping();
    const auto promise = w.answer(told, R"({"type":5})").value();
    const std::string text = R"("components":[{"type":10,"content":"hello"}])";
    CHECK(w.edit(told, {}, "{" + text + "}").error().code == protocol::kInvalidFormBody);
    REQUIRE(w.edit(told, {}, R"({"flags":32768,)" + text + "}"));
    CHECK(w.stored(promise.message)->flags == flags::kIsComponentsV2);
    CHECK(w.edit(told, {}, R"({"content":"x"})").error().code == protocol::kInvalidFormBody);
    CHECK(w.edit(told, {}, R"({"flags":0,)" + text + "}"));
    CHECK(w.stored(promise.message)->flags == flags::kIsComponentsV2);
}

TEST_CASE("follow-ups are read, edited and deleted by their token, and no other message is") {
    Pinged w;
    const auto told = w.ping();
    const auto other = w.ping();
    w.answer(told, kPong).value();
    const auto foreign = w.answer(other, kPong).value().message;
    const auto id = w.follow_up(told, R"({"content":"a"})").value().stored.message.id;
    CHECK(w.edit(told, id, R"({"content":"b"})").value().stored.message.content == "b");
    CHECK(w.edit(told, foreign, R"({"content":"b"})").error().code == protocol::kUnknownMessage);
    CHECK(w.code(w.interactions.remove({}, w.application, told.token, foreign)) ==
          protocol::kUnknownMessage);
    CHECK(w.code(w.interactions.remove({}, w.application, told.token, id)) == 0);
    CHECK_FALSE(w.stored(id));
    CHECK(w.code(w.interactions.remove({}, w.application, told.token, {})) == 0);
    CHECK(w.code(w.interactions.get(w.application, told.token, {})) == protocol::kUnknownMessage);
}

TEST_CASE("a token lives for fifteen minutes") {
    Pinged w;
    const auto told = w.ping();
    w.answer(told, kPong).value();
    w.loop.advance(std::chrono::minutes(14));
    CHECK(w.follow_up(told, R"({"content":"x"})"));
    w.loop.advance(std::chrono::minutes(1));
    CHECK(w.follow_up(told, R"({"content":"x"})").error().code == protocol::kInvalidWebhookToken);
}

TEST_CASE("an ephemeral answer reaches its user alone and is in no log") {
    Pinged w;
    const auto told = w.ping();
    const auto outcome = w.answer(told, kSecret).value();
    CHECK(outcome.ephemeral);
    CHECK(w.count("MESSAGE_CREATE") == 0);
    CHECK_FALSE(w.stored(outcome.message));
    const auto shown = w.told(w.owner, "MESSAGE_CREATE");
    REQUIRE(shown.size() == 1);
    CHECK(w.text(shown[0], "content") == "psst");
    CHECK(shown[0].at("flags") == 64);
    CHECK(w.ok(w.interactions.get(w.application, told.token, {})).stored.message.content == "psst");
    w.edit(told, {}, R"({"content":"changed"})").value();
    CHECK(w.text(w.told(w.owner, "MESSAGE_UPDATE").at(0), "content") == "changed");
    CHECK(w.code(w.interactions.remove({}, w.application, told.token, {})) == 0);
    CHECK(w.text(w.told(w.owner, "MESSAGE_DELETE").at(0), "id") == outcome.message.str());
    CHECK(w.code(w.interactions.get(w.application, told.token, {})) == protocol::kUnknownMessage);
    CHECK(w.told(w.bot, "MESSAGE_CREATE").empty());
}

TEST_CASE("an ephemeral promise is kept by an ephemeral message") {
    Pinged w;
    const auto told = w.ping();
    const auto promise = w.answer(told, R"({"type":5,"data":{"flags":64}})").value();
    CHECK(w.told(w.owner, "MESSAGE_CREATE").at(0).at("flags") == (64 | 128));
    const auto kept = w.follow_up(told, R"({"content":"done"})").value();
    CHECK(kept.stored.message.id == promise.message);
    CHECK(w.told(w.owner, "MESSAGE_UPDATE").at(0).at("flags") == 64);
}

TEST_CASE("a failed answer leaves the interaction to be answered") {
    Pinged w;
    const auto told = w.ping();
    CHECK(w.answer(told, R"({"type":4,"data":{}})").error().code ==
          protocol::kCannotSendAnEmptyMessage);
    CHECK(w.answer(told, R"({"type":7,"data":{"content":"x"}})").error().code ==
          protocol::kInvalidFormBody);
    CHECK(w.answer(told, kPong));
}

TEST_CASE("who may not run a command in a channel is refused") {
    Pinged w;
    const UserId user = w.add_user("user");
    const std::string run =
        w.interaction(2, R"("data":{"id":")" + w.command.id.str() + R"(","name":"ping","type":1})");
    CHECK(w.try_interaction(user, run) == protocol::kMissingAccess);
    w.join(w.guild, user);
    CHECK(w.try_interaction(user, run) == 0);
    w.allow(permissions::kViewChannel);
    CHECK(w.try_interaction(user, run) == protocol::kMissingPermissions);
    w.allow({});
    CHECK(w.try_interaction(user, run) == protocol::kMissingAccess);
    CHECK(w.try_interaction(w.owner, run) == 0);
}

TEST_CASE("default_member_permissions says who may run a command") {
    Pinged w;
    const UserId user = w.add_user("user");
    w.join(w.guild, user);
    const auto body = [&](const Command& c, const char* name) {
        return w.interaction(
            2, R"("data":{"id":")" + c.id.str() + R"(","name":")" + name + R"(","type":1})");
    };
    const Command ban =
        w.add_command(R"({"name":"ban","description":"d","default_member_permissions":"4"})");
    const Command admin =
        w.add_command(R"({"name":"admin","description":"d","default_member_permissions":"0"})");
    CHECK(w.try_interaction(user, body(ban, "ban")) == protocol::kMissingPermissions);
    CHECK(w.try_interaction(user, body(admin, "admin")) == protocol::kMissingPermissions);
    w.add_role(w.guild, permissions::kBanMembers, 5, {user});
    CHECK(w.try_interaction(user, body(ban, "ban")) == 0);
    CHECK(w.try_interaction(user, body(admin, "admin")) == protocol::kMissingPermissions);
    CHECK(w.try_interaction(w.owner, body(admin, "admin")) == 0);
}

TEST_CASE("commands that are not there, or not as named, are refused") {
    Pinged w;
    const auto data = [&](const std::string& id, const std::string& rest) {
        return w.interaction(2, R"("data":{"id":")" + id + R"(",)" + rest + "}");
    };
    const std::string id = w.command.id.str();
    CHECK(w.try_interaction(w.owner, data("5", R"("name":"ping","type":1)")) ==
          protocol::kUnknownApplicationCommand);
    CHECK(w.try_interaction(w.owner, data(id, R"("name":"pong","type":1)")) ==
          protocol::kInvalidFormBody);
    CHECK(w.try_interaction(w.owner, data(id, R"("name":"ping","type":1,"version":"5")")) ==
          protocol::kInvalidFormBody);
    CHECK(
        w.try_interaction(
            w.owner,
            data(id, R"("name":"ping","type":1,"options":[{"type":3,"name":"x","value":"y"}])")) ==
        protocol::kInvalidFormBody);
    CHECK(w.told(w.bot, "INTERACTION_CREATE").empty());
}

TEST_CASE("what options name is resolved for the bot") {
    Pinged w;
    const UserId guest = w.add_user("guest");
    const auto role = w.add_role(w.guild, permissions::kNone, 3);
    const Command who = w.add_command(
        R"({"name":"who","description":"d","options":[
            {"type":6,"name":"user","description":"d","required":true},
            {"type":8,"name":"role","description":"d"},
            {"type":7,"name":"where","description":"d"}]})");
    const std::string data =
        R"("data":{"id":")" + who.id.str() + R"(","name":"who","type":1,"options":[
        {"type":6,"name":"user","value":")" +
        w.owner.str() + R"("},{"type":8,"name":"role","value":")" + role.str() +
        R"("},{"type":7,"name":"where","value":")" + w.channel.str() + R"("}]})";
    REQUIRE(w.try_interaction(w.owner, w.interaction(2, data)) == 0);
    const auto told = w.last_told();
    const auto& resolved = told.body.at("data").at("resolved").as_object();
    CHECK(resolved.at("users").as_object().contains(w.owner.str()));
    CHECK(resolved.at("members").as_object().contains(w.owner.str()));
    CHECK(resolved.at("roles").as_object().contains(role.str()));
    CHECK(resolved.at("channels").as_object().contains(w.channel.str()));
    CHECK_FALSE(resolved.contains("messages"));
    CHECK(guest);
}

TEST_CASE("context menus name a user or a message") {
    Pinged w;
    const Command wave = w.add_command(R"({"name":"Wave","type":2})");
    const Command quote = w.add_command(R"({"name":"Quote","type":3})");
    const auto message = w.ok(w.messages.create(
        w.as(w.owner), w.channel, w.read<protocol::api::MessageCreate>(R"({"content":"hi"})"), {}));
    const auto run = [&](const Command& c, const char* name, int type, const std::string& target) {
        return w.try_interaction(w.owner,
                                 w.interaction(2,
                                               R"("data":{"id":")" + c.id.str() + R"(","name":")" +
                                                   name + R"(","type":)" + std::to_string(type) +
                                                   R"(,"target_id":")" + target + R"("})"));
    };
    REQUIRE(run(wave, "Wave", 2, w.owner.str()) == 0);
    const auto waved = w.last_told();
    CHECK(w.text(waved.body.at("data").as_object(), "target_id") == w.owner.str());
    CHECK(run(wave, "Wave", 2, "12345") == protocol::kUnknownUser);
    REQUIRE(run(quote, "Quote", 3, message.message.id.str()) == 0);
    const auto quoted = w.last_told();
    const auto& messages = quoted.body.at("data").at("resolved").at("messages").as_object();
    CHECK(w.text(messages.at(message.message.id.str()).as_object(), "content") == "hi");
    CHECK(run(quote, "Quote", 3, "12345") == protocol::kUnknownMessage);
    CHECK(w.answer(quoted, kPong).value().message);
    CHECK(w.stored(w.answer(waved, kPong).value().message)->type == 23);
}

TEST_CASE("autocompletion goes to the bot and its choices come back to the user") {
    Pinged w;
    const Command find = w.add_command(
        R"({"name":"find","description":"d","options":[
            {"type":3,"name":"what","description":"d","required":true,"autocomplete":true},
            {"type":4,"name":"count","description":"d","required":true}]})");
    const auto body = [&](const std::string& options) {
        return w.interaction(4,
                             R"("data":{"id":")" + find.id.str() +
                                 R"(","name":"find","type":1,"options":[)" + options + "]}");
    };
    CHECK(w.try_interaction(w.owner, body(R"({"type":3,"name":"what","value":"te"})")) ==
          protocol::kInvalidFormBody);
    REQUIRE(w.try_interaction(
                w.owner, body(R"({"type":3,"name":"what","value":"te","focused":true})")) == 0);
    const auto told = w.last_told();
    CHECK(told.body.at("type") == 4);
    CHECK(w.told(w.owner, "INTERACTION_CREATE").empty());
    CHECK(w.answer(told, kPong).error().code == protocol::kInvalidFormBody);
    REQUIRE(w.answer(told, R"({"type":8,"data":{"choices":[{"name":"Tea","value":"tea"}]}})"));
    const auto responses = w.told(w.owner, "APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE");
    REQUIRE(responses.size() == 1);
    CHECK(responses[0].at("choices").as_array().size() == 1);
    CHECK(w.text(responses[0], "nonce") == "n1");
}

namespace {

constexpr const char* kButtons =
    R"({"type":4,"data":{"content":"choose","components":[{"type":1,"components":[
        {"type":2,"style":1,"label":"Yes","custom_id":"yes"},
        {"type":2,"style":1,"label":"No","custom_id":"no","disabled":true}]}]}})";

/// A press on a button of the message.
int press(Pinged& w, UserId by, MessageId message, const std::string& id, int type = 2) {
    return w.try_interaction(
        by,
        w.interaction(3,
                      R"("message_id":")" + message.str() + R"(","data":{"custom_id":")" + id +
                          R"(","component_type":)" + std::to_string(type) + "}"));
}

}  // namespace

TEST_CASE("a press on a button reaches the bot, which updates the message") {
    Pinged w;
    const auto message = w.answer(w.ping(), kButtons).value().message;
    CHECK(press(w, w.owner, message, "other") == protocol::kInvalidFormBody);
    CHECK(press(w, w.owner, message, "no") == protocol::kInvalidFormBody);
    CHECK(press(w, w.owner, message, "yes", 3) == protocol::kInvalidFormBody);
    CHECK(press(w, w.owner, MessageId(5), "yes") == protocol::kUnknownMessage);
    REQUIRE(press(w, w.owner, message, "yes") == 0);
    const auto told = w.last_told();
    CHECK(told.body.at("type") == 3);
    CHECK(w.text(told.body.at("message").as_object(), "id") == message.str());
    CHECK(w.text(told.body.at("data").as_object(), "custom_id") == "yes");
    const auto outcome =
        w.answer(told, R"({"type":7,"data":{"content":"chosen","components":[]}})");
    CHECK(outcome.value().message == message);
    CHECK(w.stored(message)->content == "chosen");
    CHECK(w.stored(message)->components.empty());
    CHECK(w.ok(w.interactions.get(w.application, told.token, {})).stored.message.id == message);
}

TEST_CASE("a reply to a press answers the message it was on") {
    Pinged w;
    const auto message = w.answer(w.ping(), kButtons).value().message;
    REQUIRE(press(w, w.owner, message, "yes") == 0);
    const auto reply = w.answer(w.last_told(), kPong).value().message;
    CHECK(w.stored(reply)->type == 19);
    CHECK(w.stored(reply)->replyTo == message);
    REQUIRE(press(w, w.owner, message, "yes") == 0);
    CHECK(w.answer(w.last_told(), R"({"type":6})"));
}

TEST_CASE("buttons of an ephemeral message are its user's alone") {
    Pinged w;
    std::string ephemeral = kButtons;
    ephemeral.replace(ephemeral.find(R"("content")"), 0, R"("flags":64,)");
    const auto message = w.answer(w.ping(), ephemeral).value().message;
    const UserId other = w.add_user("other");
    w.join(w.guild, other);
    CHECK(press(w, other, message, "yes") == protocol::kUnknownMessage);
    REQUIRE(press(w, w.owner, message, "yes") == 0);
    const auto outcome = w.answer(w.last_told(), R"({"type":7,"data":{"content":"chosen"}})");
    CHECK(outcome.value().ephemeral);
    CHECK(w.text(w.told(w.owner, "MESSAGE_UPDATE").at(0), "content") == "chosen");
}

TEST_CASE("a selection is held against what the select offers") {
    Pinged w;
    const auto message = w.answer(w.ping(), R"({"type":4,"data":{"content":"?","components":[
        {"type":1,"components":[{"type":3,"custom_id":"s","max_values":2,"options":[
            {"label":"A","value":"a"},{"label":"B","value":"b"}]}]},
        {"type":1,"components":[{"type":5,"custom_id":"u"}]}]}})")
                             .value()
                             .message;
    const auto select = [&](const char* id, int type, const std::string& values) {
        return w.try_interaction(
            w.owner,
            w.interaction(3,
                          R"("message_id":")" + message.str() + R"(","data":{"custom_id":")" + id +
                              R"(","component_type":)" + std::to_string(type) + R"(,"values":[)" +
                              values + "]}"));
    };
    CHECK(select("s", 3, R"("a","b")") == 0);
    CHECK(select("s", 3, R"("a","a")") == protocol::kInvalidFormBody);
    CHECK(select("s", 3, R"("c")") == protocol::kInvalidFormBody);
    CHECK(select("s", 3, "") == protocol::kInvalidFormBody);
    REQUIRE(select("u", 5, "\"" + w.owner.str() + "\"") == 0);
    const auto told = w.last_told();
    CHECK(told.body.at("data").at("resolved").at("users").as_object().contains(w.owner.str()));
    CHECK(select("u", 5, R"("77")") == protocol::kInvalidFormBody);
}

TEST_CASE("a modal is shown to its user, filled in once and told to the bot") {
    Pinged w;
    const auto first = w.ping();
    REQUIRE(w.answer(first, R"({"type":9,"data":{"custom_id":"form","title":"Form","components":[
        {"type":1,"components":[{"type":4,"custom_id":"name","label":"Name","style":1,
         "min_length":2,"max_length":5}]}]}})"));
    const auto shown = w.told(w.owner, "INTERACTION_MODAL_CREATE");
    REQUIRE(shown.size() == 1);
    CHECK(w.text(shown[0], "custom_id") == "form");
    CHECK(w.text(shown[0], "id") == first.id.str());
    const auto submit = [&](const std::string& value) {
        return w.try_interaction(
            w.owner,
            w.interaction(5,
                          R"("data":{"id":")" + first.id.str() +
                              R"(","custom_id":"form","components":[{"type":1,"components":[
                              {"type":4,"custom_id":"name","value":")" +
                              value + R"("}]}]})"));
    };
    CHECK(submit("x") == protocol::kInvalidFormBody);
    CHECK(submit("") == protocol::kInvalidFormBody);
    REQUIRE(submit("tea") == 0);
    const auto told = w.last_told();
    CHECK(told.body.at("type") == 5);
    const auto& row = told.body.at("data").at("components").as_array().at(0).as_object();
    CHECK(w.text(row.at("components").as_array().at(0).as_object(), "value") == "tea");
    CHECK(submit("tea") == protocol::kUnknownInteraction);
    CHECK(w.answer(told, kPong));
}

namespace {

/// Says of every file that it is a text of that size.
class OneFile final : public services::FileStore {
  public:
    base::Task<base::Result<services::StoredFile>> put(std::string bytes) override {
        services::StoredFile out;
        out.hash = std::string(32, 'h');
        out.size = bytes.size();
        out.content_type = "text/plain";
        co_return out;
    }
};

bool is_kept(Pinged& w, protocol::AttachmentId id) {
    bool found = false;
    store::ReadJob job;
    job.run = [&](store::Tx& tx) {
        found = store::attachments::hash_of(tx, w.channel, id).value().has_value();
    };
    job.failed = [](const protocol::Error&) {};
    w.db->read(std::move(job));
    return found;
}

}  // namespace

TEST_CASE("a file that comes with a command is told to the bot and can be fetched") {
    Pinged w;
    OneFile store;
    w.ctx.files = &store;
    const Command show = w.add_command(R"({"name":"show","description":"d","options":[
        {"type":11,"name":"file","description":"d","required":true}]})");
    const auto body = [&](int number) {
        return w.read<protocol::api::InteractionCreate>(w.interaction(
            2,
            R"("data":{"id":")" + show.id.str() +
                R"(","name":"show","type":1,"options":[{"type":11,"name":"file","value":)" +
                std::to_string(number) + "}]}"));
    };
    const auto run = [&](int number) {
        std::vector<services::Upload> files{{"files[0]", "tea.txt", "tea"}};
        return w.code(w.interactions.create(w.as(w.owner), body(number), std::move(files)));
    };
    CHECK(run(1) == protocol::kInvalidFormBody);
    REQUIRE(run(0) == 0);
    const auto told = w.last_told();
    const auto& data = told.body.at("data").as_object();
    const std::string id = w.text(data.at("options").as_array().at(0).as_object(), "value");
    const auto& file = data.at("resolved").at("attachments").at(id).as_object();
    CHECK(w.text(file, "filename") == "tea.txt");
    CHECK(is_kept(w, protocol::parse_id<protocol::AttachmentId>(id).value()));
}

TEST_CASE("an ephemeral answer may bring files, and an edit may add and drop them") {
    Pinged w;
    OneFile store;
    w.ctx.files = &store;
    const auto told = w.ping();
    const auto callback = w.read<protocol::api::InteractionCallback>(kSecret);
    std::vector<services::Upload> files{{"files[0]", "a.txt", "a"}};
    w.ok(w.interactions.answer({}, told.id, told.token, callback, std::move(files)));
    auto message = w.ok(w.interactions.get(w.application, told.token, {})).stored.message;
    REQUIRE(message.attachments.size() == 1);
    CHECK(is_kept(w, message.attachments.front().id));
    const auto edit = w.read<protocol::api::MessageEdit>(R"({"attachments":[]})");
    std::vector<services::Upload> more{{"files[0]", "b.txt", "b"}};
    message = w.ok(w.interactions.edit({}, w.application, told.token, {}, edit, std::move(more)))
                  .stored.message;
    REQUIRE(message.attachments.size() == 1);
    CHECK(message.attachments.front().filename == "b.txt");
}

TEST_CASE("a kicked bot is told of nothing and answers nothing") {
    Pinged w;
    const auto told = w.ping();
    w.commit(w.guild, {protocol::MemberLeft{w.bot, protocol::LeaveCause::kicked, w.owner}});
    CHECK(w.answer(told, kPong).error().code == protocol::kMissingAccess);
    const std::string run =
        w.interaction(2, R"("data":{"id":")" + w.command.id.str() + R"(","name":"ping","type":1})");
    CHECK(w.try_interaction(w.owner, run) == protocol::kUnknownApplication);
}

TEST_CASE("a callback's outcome is what the API's description says") {
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    Pinged w;
    for (const char* callback : {kPong, kSecret, R"({"type":5})"}) {
        const auto outcome = w.answer(w.ping(), callback).value();
        std::string json;
        protocol::JsonWriter out(json);
        services::write_callback_outcome(out, outcome);
        CHECK(openapi->problem("InteractionCallbackResponse", protocol::parse_json(json).value()) ==
              "");
    }
}
