#pragma once
// A node of one shard in memory: SQLite without threads or files, a clock moved by hand, seeded
// chance, and every service over the real Journal. What tests of services, REST and the gateway
// stand on. One thread.

#include "node/base/rng.h"
#include "node/base/worker_pool.h"
#include "node/journal/identity.h"
#include "node/journal/journal.h"
#include "node/services/actor.h"
#include "node/services/bans.h"
#include "node/services/channels.h"
#include "node/services/context.h"
#include "node/services/guilds.h"
#include "node/services/invites.h"
#include "node/services/members.h"
#include "node/services/messages.h"
#include "node/services/online.h"
#include "node/services/present/presenter.h"
#include "node/services/reactions.h"
#include "node/services/roles.h"
#include "node/store/inline_sqlite_db.h"
#include "protocol/permissions.h"
#include "tests/support/loop.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace guildhall::tests {

/// Keeps what the Bus carried.
class Recorder final : public journal::Subscriber {
  public:
    void on_committed(const journal::Committed& entry) override { entries.push_back(entry); }
    void on_notice(const journal::Notice& notice) override { notices.push_back(notice); }
    void on_ephemeral(const journal::Ephemeral& e) override { ephemera.push_back(e); }

    /// The names of all dispatches since the last clear(), in order.
    std::vector<std::string> names() const;
    /// The body of the last dispatch of that name; empty when there is none.
    std::string last(std::string_view name) const;
    void clear();

    std::vector<journal::Committed> entries;
    std::vector<journal::Notice> notices;
    std::vector<journal::Ephemeral> ephemera;
};

class NodeFixture {
  public:
    NodeFixture();
    ~NodeFixture();
    NodeFixture(const NodeFixture&) = delete;
    NodeFixture& operator=(const NodeFixture&) = delete;

    /// An account that the node knows, without rows: enough for everything but logging in.
    protocol::UserId add_user(const std::string& name, bool bot = false);
    static services::Actor as(protocol::UserId user) { return {.user = user}; }

    /// Runs a verb to its end. When it waits for the next millisecond's ids, time moves on.
    template <class T>
    T run(base::Task<T> task) {
        return loop.wait(std::move(task), std::chrono::milliseconds(5));
    }
    /// The same for a verb that must succeed; throws its error as text otherwise.
    template <class T>
    T ok(base::Task<protocol::Result<T>> task) {
        auto result = run(std::move(task));
        if (!result) throw std::runtime_error(text_of(result.error()));
        if constexpr (!std::is_void_v<T>) return std::move(*result);
    }
    /// The code of the error of a verb, 0 when it succeeded.
    template <class T>
    int code(base::Task<protocol::Result<T>> task) {
        const auto result = run(std::move(task));
        return result ? 0 : result.error().code;
    }

    protocol::GuildId make_guild(protocol::UserId owner, const std::string& name = "Guild");
    /// Joins as if by an invite, without a message.
    void join(protocol::GuildId guild, protocol::UserId user);
    /// A role with these rights at that position, held by these.
    protocol::RoleId add_role(protocol::GuildId guild,
                              protocol::Permissions permissions,
                              std::int32_t position,
                              std::vector<protocol::UserId> holders = {});
    /// Commits events as they are, past all rules.
    void commit(protocol::GuildId guild, std::vector<protocol::Event> events);

    const protocol::GuildState& state(protocol::GuildId guild) const;
    /// The guild's first text channel.
    protocol::ChannelId text_channel(protocol::GuildId guild) const;
    journal::View& view() { return *views.front(); }

    Loop loop;
    base::SeededRng rng{1};
    std::unique_ptr<store::InlineSqliteDb> db;
    journal::Bus bus;
    std::vector<std::unique_ptr<journal::View>> views;
    services::Online online;
    Recorder recorder;
    services::Secrets secrets;
    std::unique_ptr<journal::Identity> identity;
    services::Settings settings;
    services::Links links;
    services::Presenter presenter;
    journal::Journal journal;
    base::WorkerPool hashers;
    services::Context ctx;

    services::Guilds guilds;
    services::Channels channels;
    services::Roles roles;
    services::Members members;
    services::Messages messages;
    services::Reactions reactions;
    services::Bans bans;
    services::Invites invites;

  private:
    static std::string text_of(const protocol::Error& error);
};

}  // namespace guildhall::tests
