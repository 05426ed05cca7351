#include "node/app/data.h"

#include "federation/crypto.h"
#include "node/journal/rebuild.h"
#include "node/store/tables/applications.h"
#include "node/store/tables/commands.h"
#include "node/store/tables/users.h"
#include "protocol/check.h"
#include "protocol/errors.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

namespace guildhall::app {
namespace {

using protocol::Status;

/// A status that one thread sets and another waits for.
class Latch {
  public:
    void set(Status status) {
        const std::lock_guard lock(mutex_);
        status_ = std::move(status);
        is_set_ = true;
        ready_.notify_one();
    }
    Status wait() {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return is_set_; });
        return std::move(status_);
    }

  private:
    // tidy-ok: the main thread, which has no loop, waits for the writer here.
    std::mutex mutex_;
    std::condition_variable ready_;  // tidy-ok: as above.
    Status status_;
    bool is_set_ = false;
};

Status load_accounts(store::Tx& tx, base::Clock& clock, std::vector<journal::Notice>& out) {
    TRY(auto users, store::users::load_all(tx));
    for (auto& user : users) {
        out.emplace_back(
            journal::UserChanged{std::make_shared<const protocol::User>(std::move(user))});
    }
    TRY(auto sessions, store::users::load_sessions(tx, clock.unix_ms()));
    for (auto& s : sessions)
        out.emplace_back(journal::SessionOpened{s.token, std::move(s.session)});
    TRY(auto applications, store::applications::load_all(tx));
    for (auto& a : applications) {
        out.emplace_back(journal::ApplicationChanged{
            std::make_shared<const protocol::Application>(std::move(a))});
    }
    TRY(auto commands, store::commands::load_all(tx));
    for (auto& [application, list] : commands) {
        out.emplace_back(journal::GlobalCommandsSet{application, std::move(list)});
    }
    return {};
}

}  // namespace

protocol::Result<std::unique_ptr<store::SqliteDb>> open_store(const std::string& folder) {
    if (!federation::init_crypto()) return protocol::make_error(0, "libsodium cannot start");
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    return store::SqliteDb::open(options);
}

protocol::Status require_data(const std::string& folder) {
    if (std::filesystem::exists(store::database_path(folder))) return {};
    return protocol::make_error(0, "there is no node's data in " + folder);
}

protocol::Result<std::unique_ptr<store::SqliteDb>> open_existing(const std::string& folder) {
    TRY_VOID(require_data(folder));
    return open_store(folder);
}

Status write_and_wait(store::Db& db, store::UniqueFunction<Status(store::Tx&)> work) {
    Latch latch;
    store::WriteJob job;
    job.run = std::move(work);
    job.done = [&latch](Status status) { latch.set(std::move(status)); };
    db.write(std::move(job));
    return latch.wait();
}

Status read_and_wait(store::Db& db, store::UniqueFunction<Status(store::Tx&)> work) {
    Latch latch;
    store::ReadJob job;
    job.run = [&latch, work = std::move(work)](store::Tx& tx) mutable { latch.set(work(tx)); };
    job.failed = [&latch](protocol::Error error) { latch.set(std::move(error)); };
    db.read(std::move(job));
    return latch.wait();
}

services::Secrets derive_secrets(const std::string& root) {
    const auto derive = [&](std::string_view purpose) {
        return std::string(federation::hmac_sha256(root, purpose).text());
    };
    return {derive("guildhall-tokens"),
            derive("guildhall-cdn"),
            derive("guildhall-interactions"),
            derive("guildhall-jwt")};
}

void read_what_is_known_now(store::Db& db, base::Log& log) {
    bool more = false;
    const Status looked = read_and_wait(db, [&](store::Tx& tx) -> Status {
        TRY(more, journal::knows_more(tx));
        return {};
    });
    if (looked && !more) return;
    log.info("store", "entries that an older version could not read are read now", {});
    const auto silent = [](std::uint64_t, std::uint64_t) {};
    const Status done =
        looked ? write_and_wait(db, [&](store::Tx& tx) { return journal::rebuild(tx, silent); })
               : looked;
    if (!done) log.error("store", "they stay unread", {{"why", done.error().message}});
}

protocol::Result<Loaded> load(store::Db& db, base::Clock& clock, base::Rng& rng) {
    std::optional<journal::Identity> identity;
    services::Secrets secrets;
    federation::X25519Secret link_secret{};
    TRY_VOID(write_and_wait(db, [&](store::Tx& tx) -> Status {
        TRY(identity, journal::load_or_make_identity(tx, clock, rng));
        TRY(auto root, journal::load_root_secret(tx));
        secrets = derive_secrets(root);
        TRY(link_secret, journal::load_link_secret(tx));
        return {};
    }));
    CHECK(identity.has_value());
    Loaded out{std::move(*identity), std::move(secrets), link_secret, {}, {}};
    TRY_VOID(read_and_wait(db, [&](store::Tx& tx) -> Status {
        TRY(out.guilds, journal::load_guilds(tx));
        return load_accounts(tx, clock, out.notices);
    }));
    return out;
}

}  // namespace guildhall::app
