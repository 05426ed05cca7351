#pragma once
// A guild with a bot in it, made through the verbs: what tests of applications, commands and
// interactions begin with. One thread.

#include "node/services/accounts.h"
#include "node/services/applications.h"
#include "node/services/commands.h"
#include "node/services/interactions.h"
#include "node/services/users.h"
#include "protocol/json/decode.h"
#include "protocol/json/reader.h"
#include "tests/support/node_fixture.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

namespace guildhall::tests {

struct BotWorld : NodeFixture {
    BotWorld() {
        owner = add_user("owner");
        guild = make_guild(owner);
        channel = text_channel(guild);
        application = make_application(owner, "Tea Bot")->id;
        bot = protocol::id_cast<protocol::UserId>(application);
        authorize(owner, application);
    }

    protocol::SharedApplication make_application(protocol::UserId by, const std::string& name) {
        protocol::api::ApplicationCreate request;
        request.name = name;
        return ok(applications.create(as(by), request));
    }

    protocol::Result<std::string> try_authorize(protocol::UserId by,
                                                protocol::ApplicationId id,
                                                const std::string& permissions = "0") {
        protocol::api::AuthorizeQuery query;
        query.client_id = id;
        protocol::api::AuthorizeBody body;
        body.authorize = true;
        body.guild_id = guild;
        body.permissions = protocol::parse_permissions(permissions);
        return run(applications.authorize(as(by), query, body));
    }
    void authorize(protocol::UserId by,
                   protocol::ApplicationId id,
                   const std::string& permissions = "0") {
        if (!try_authorize(by, id, permissions)) throw std::runtime_error("not authorised");
    }

    /// What @everyone may do from now on.
    void allow(protocol::Permissions what) {
        protocol::Role everyone = *state(guild).everyone();
        everyone.permissions = what.bits;
        commit(guild, {protocol::RoleUpdated{everyone}});
    }

    services::Actor bot_actor() const { return {.user = bot, .kind = protocol::SessionKind::bot}; }

    /// Registers a command of the guild.
    protocol::Command add_command(const std::string& definition) {
        const services::CommandScope scope{application, guild};
        const auto request = read<protocol::api::CommandCreate>(definition);
        return ok(commands.create(bot_actor(), scope, request)).command;
    }

    /// The dispatches of that name that went to the user, parsed.
    std::vector<boost::json::object> told(protocol::UserId user, std::string_view name) const {
        std::vector<boost::json::object> out;
        for (const journal::Notice& notice : recorder.notices) {
            const auto* dispatch = std::get_if<journal::UserDispatch>(&notice);
            if (dispatch && dispatch->user == user && dispatch->dispatch.name == name)
                out.push_back(protocol::parse_json(*dispatch->dispatch.body).value().as_object());
        }
        return out;
    }

    template <class T>
    static T read(const std::string& json) {
        auto value = protocol::decode_text<T>(json);
        if (!value) throw std::runtime_error(protocol::error_body(value.error()));
        return std::move(*value);
    }

    /// The body of POST /interactions with `rest` after the members that all have.
    std::string interaction(int type, const std::string& rest) const {
        return R"({"type":)" + std::to_string(type) + R"(,"application_id":")" + application.str() +
               R"(","guild_id":")" + guild.str() + R"(","channel_id":")" + channel.str() +
               R"(","session_id":"s","nonce":"n1",)" + rest + "}";
    }
    int try_interaction(protocol::UserId by, const std::string& body) {
        return code(interactions.create(as(by), read<protocol::api::InteractionCreate>(body), {}));
    }

    /// An interaction as the bot was told of it.
    struct Told {
        protocol::InteractionId id;
        std::string token;
        boost::json::object body;
    };
    Told last_told() const {
        auto all = told(bot, "INTERACTION_CREATE");
        if (all.empty()) throw std::runtime_error("the bot was told of no interaction");
        Told out;
        out.body = std::move(all.back());
        out.id = *protocol::parse_id<protocol::InteractionId>(text(out.body, "id"));
        out.token = text(out.body, "token");
        return out;
    }
    /// Runs a command without options.
    Told invoke(const protocol::Command& command, protocol::UserId by, const std::string& name) {
        const std::string data =
            R"("data":{"id":")" + command.id.str() + R"(","name":")" + name + R"(","type":1})";
        if (try_interaction(by, interaction(2, data)) != 0)
            throw std::runtime_error("the interaction was refused");
        return last_told();
    }

    protocol::Result<services::CallbackOutcome> answer(const Told& to, const std::string& json) {
        return run(interactions.answer(
            {}, to.id, to.token, read<protocol::api::InteractionCallback>(json), {}));
    }
    protocol::Result<services::ShownMessage> follow_up(const Told& to, const std::string& json) {
        return run(interactions.follow_up(
            {}, application, to.token, read<protocol::api::WebhookMessage>(json), {}));
    }
    protocol::Result<services::ShownMessage> edit(const Told& to,
                                                  protocol::MessageId message,
                                                  const std::string& json) {
        return run(interactions.edit(
            {}, application, to.token, message, read<protocol::api::MessageEdit>(json), {}));
    }

    static std::string text(const boost::json::object& o, std::string_view name) {
        return std::string(o.at(name).as_string());
    }

    services::Accounts accounts{ctx};
    services::Users users{ctx, accounts};
    services::Applications applications{ctx, accounts, users};
    services::Commands commands{ctx};
    services::Interactions interactions{ctx, messages};

    protocol::UserId owner, bot;
    protocol::GuildId guild;
    protocol::ChannelId channel;
    protocol::ApplicationId application;
};

}  // namespace guildhall::tests
