#pragma once
// A guild in which people write: what tests of messages and reactions begin with. One thread.

#include "protocol/api/message.h"
#include "protocol/errors.h"
#include "protocol/json/decode.h"
#include "tests/support/node_fixture.h"

#include <chrono>
#include <string>
#include <vector>

namespace guildhall::tests {

namespace permissions = protocol::permissions;

struct Talk : NodeFixture {
    using Posted = services::Messages::Posted;
    using Page = store::messages::Page;

    Talk() {
        join(guild, alice);
        join(guild, bob);
        allow(permissions::kViewChannel | permissions::kSendMessages |
              permissions::kReadMessageHistory);
        recorder.clear();
    }

    /// What @everyone may do from now on.
    void allow(protocol::Permissions what) {
        protocol::Role everyone = *state(guild).roles.find(protocol::RoleId(guild.value));
        everyone.permissions = what.bits;
        commit(guild, {protocol::RoleUpdated{everyone}});
    }
    void slow_mode(std::uint32_t seconds) {
        protocol::Channel c = *state(guild).channels.find(channel);
        c.rateLimitPerUser = seconds;
        commit(guild, {protocol::ChannelUpdated{c}});
    }
    void later(base::Nanos by) { loop.clock.advance(by); }

    template <class T>
    static T read(const std::string& json) {
        auto value = protocol::decode_text<T>(json);
        if (!value) throw std::runtime_error(protocol::error_body(value.error()));
        return std::move(*value);
    }
    static std::string says(const std::string& content) {
        return R"({"content":")" + content + R"("})";
    }

    protocol::Result<Posted> try_post(protocol::UserId by, const std::string& json) {
        return run(messages.create(as(by), channel, read<protocol::api::MessageCreate>(json), {}));
    }
    /// The code of the refusal, 0 where there was none.
    int refused(protocol::UserId by, const std::string& json) {
        const auto posted = try_post(by, json);
        return posted ? 0 : posted.error().code;
    }
    protocol::Message post(protocol::UserId by, const std::string& json) {
        auto posted = try_post(by, json);
        if (!posted) throw std::runtime_error(protocol::error_body(posted.error()));
        return posted->message;
    }
    protocol::MessageId say(protocol::UserId by, const std::string& content = "hello") {
        return post(by, says(content)).id;
    }

    protocol::Result<services::ShownMessage> try_edit(protocol::UserId by,
                                                      protocol::MessageId id,
                                                      const std::string& json) {
        return run(messages.edit(as(by), channel, id, read<protocol::api::MessageEdit>(json), {}));
    }
    int edit_refused(protocol::UserId by, protocol::MessageId id, const std::string& json) {
        const auto edited = try_edit(by, id, json);
        return edited ? 0 : edited.error().code;
    }
    /// As the owner sees it.
    protocol::Result<services::ShownMessage> shown(protocol::MessageId id) {
        return run(messages.get(as(owner), channel, id));
    }
    std::vector<std::string> contents(Page page) {
        std::vector<std::string> out;
        for (const auto& m : ok(messages.history(as(owner), channel, page))) {
            out.push_back(m.stored.message.content);
        }
        return out;
    }

    /// Starts a verb and lets it go as far as it can; `out` is set when it ends.
    template <class T>
    void start(base::Task<T> task, std::optional<T>& out) {
        boost::asio::co_spawn(
            loop.shard().io(), std::move(task), [&out](std::exception_ptr thrown, T value) {
                if (thrown) std::rethrow_exception(thrown);
                out = std::move(value);
            });
        loop.run();
    }

    /// The lock of a message, until the result dies.
    std::optional<services::KeyedLock::Guard> hold_message(protocol::MessageId id) {
        std::optional<services::KeyedLock::Guard> held;
        run(take(messages.lock(), id.value, held));
        return held;
    }
    static base::Task<bool> take(services::KeyedLock& lock,
                                 std::uint64_t key,
                                 std::optional<services::KeyedLock::Guard>& held) {
        auto guard = co_await lock.acquire(key);
        if (guard) held.emplace(std::move(*guard));
        co_return guard.has_value();
    }

    protocol::UserId owner = add_user("owner");
    protocol::UserId alice = add_user("alice");
    protocol::UserId bob = add_user("bob");
    protocol::UserId stranger = add_user("stranger");
    protocol::GuildId guild = make_guild(owner);
    protocol::ChannelId channel = text_channel(guild);
};

}  // namespace guildhall::tests
