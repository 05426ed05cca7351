#include "node/services/message_draft.h"

#include "tests/catch.h"
#include "tests/unit/services/talk.h"

using namespace guildhall;
using protocol::RoleId;
using protocol::UserId;
using tests::Talk;
namespace api = protocol::api;
namespace permissions = protocol::permissions;

namespace {

/// Content that mentions everybody, two users and two roles, and what is let through of it.
struct Mentions : Talk {
    Mentions() {
        open = add_role(guild, {}, 1);
        protocol::Role role = *state(guild).roles.find(open);
        role.mentionable = true;
        commit(guild, {protocol::RoleUpdated{role}});
        shut = add_role(guild, {}, 2);
        message.content = "@everyone <@" + alice.str() + "> <@!" + bob.str() + "> <@&" +
                          open.str() + "> <@&" + shut.str() + "> <@99> <@&98>";
    }
    /// Of a message of its own; `replied` is the author of what it answers.
    void set(const std::string& allowed, protocol::Permissions may = {}, UserId replied = {}) {
        std::optional<api::AllowedMentions> request;
        if (!allowed.empty()) request = parse(allowed);
        const services::Writer writer{state(guild), owner, may, replied};
        services::set_mentions(view(), writer, request ? &*request : nullptr, message);
    }
    static api::AllowedMentions parse(const std::string& allowed) {
        return *read<api::MessageCreate>(R"({"content":"x","allowed_mentions":)" + allowed + "}")
                    .allowed_mentions;
    }
    bool tells(std::vector<UserId> users, std::vector<RoleId> roles, bool everyone = false) {
        return message.mentions == users && message.mentionRoles == roles &&
               message.mentionEveryone == everyone;
    }

    RoleId open, shut;
    protocol::Message message;
};

}  // namespace

TEST_CASE("without allowed_mentions all that exist are mentioned, as far as the writer may") {
    Mentions m;
    m.set("");
    CHECK(m.tells({m.alice, m.bob}, {m.open}));
    m.set("", permissions::kMentionEveryone);
    CHECK(m.tells({m.alice, m.bob}, {m.open, m.shut}, true));
}

TEST_CASE("allowed_mentions lets through what it lists and nothing else") {
    Mentions m;
    const auto all = permissions::kMentionEveryone;
    m.set("{}", all);
    CHECK(m.tells({}, {}));
    m.set(R"({"parse":[]})", all);
    CHECK(m.tells({}, {}));
    m.set(R"({"parse":["users"]})", all);
    CHECK(m.tells({m.alice, m.bob}, {}));
    m.set(R"({"parse":["roles"]})", all);
    CHECK(m.tells({}, {m.open, m.shut}));
    m.set(R"({"parse":["roles"]})");
    CHECK(m.tells({}, {m.open}));
    m.set(R"({"parse":["everyone"]})", all);
    CHECK(m.tells({}, {}, true));
    m.set(R"({"parse":["everyone"]})");
    CHECK(m.tells({}, {}));
    m.set(R"({"users":[")" + m.bob.str() + R"("],"parse":["roles"]})");
    CHECK(m.tells({m.bob}, {m.open}));
    m.set(R"({"roles":[")" + m.open.str() + R"(","98"]})");
    CHECK(m.tells({}, {m.open}));
    // Listed but not said: not mentioned.
    m.message.content = "nobody";
    m.set(R"({"users":[")" + m.bob.str() + R"("]})");
    CHECK(m.tells({}, {}));
}

TEST_CASE("who is answered is mentioned unless allowed_mentions leaves it out") {
    Mentions m;
    m.message.content = "re";
    m.set("", {}, m.bob);
    CHECK(m.tells({m.bob}, {}));
    m.set(R"({"replied_user":true})", {}, m.bob);
    CHECK(m.tells({m.bob}, {}));
    m.set(R"({"replied_user":false})", {}, m.bob);
    CHECK(m.tells({}, {}));
    m.set("{}", {}, m.bob);
    CHECK(m.tells({}, {}));
    m.message.content = "<@" + m.bob.str() + ">";
    m.set("", {}, m.bob);
    CHECK(m.tells({m.bob}, {}));
}

TEST_CASE("an edit turns a message into components for good, and may hide its embeds") {
    Talk t;
    protocol::Message m;
    m.authorId = t.owner;
    m.components = "[{}]";
    const services::Writer writer{t.state(t.guild), t.owner, permissions::kAll, {}};
    const auto edit = [&](const std::string& json) {
        const auto request = Talk::read<api::MessageEdit>(json);
        protocol::Message edited = m;
        const auto done = services::revise(t.view(), writer, request, {}, 1000, edited);
        if (!done) return done.error().code;
        m = edited;
        return 0;
    };
    CHECK(edit(R"({"flags":4})") == 0);
    CHECK(m.flags == 4);
    // Hiding embeds does not count as an edit.
    CHECK(m.editedMs == 0);
    CHECK(edit(R"({"content":"x"})") == 0);
    CHECK(m.flags == 4);
    CHECK(m.editedMs == 1000);
    CHECK(edit(R"({"flags":0})") == 0);
    CHECK(m.flags == 0);
    CHECK(edit(R"({"flags":32768})") == protocol::kInvalidFormBody);
    CHECK(edit(R"({"content":null})") == 0);
    CHECK(edit(R"({"flags":32768})") == 0);
    CHECK(edit(R"({"flags":0})") == 0);
    CHECK(m.flags == 32768);
    CHECK(edit(R"({"content":"x"})") == protocol::kInvalidFormBody);
    // Flags that only the node sets.
    CHECK(edit(R"({"flags":64})") == 0);
    CHECK((m.flags & 64) == 0);
    CHECK(edit(R"({"components":[]})") == protocol::kCannotSendAnEmptyMessage);
}

TEST_CASE("a draft with anything to show is enough") {
    protocol::Message m;
    CHECK(services::require_something(m).error().code == protocol::kCannotSendAnEmptyMessage);
    m.attachments.emplace_back();
    CHECK(services::require_something(m));
    m.attachments.clear();
    m.embeds = "[{}]";
    CHECK(services::require_something(m));
}
