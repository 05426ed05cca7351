// guildhall user, invite and peer: administration without a client, on a folder that no node uses.
#include "federation/crypto.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/services/accounts.h"
#include "node/services/password.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/users.h"
#include "protocol/content.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <cstdio>
#include <iostream>

namespace guildhall::app {
namespace {

using protocol::Result;
using protocol::Status;
namespace users = store::users;

Result<std::unique_ptr<store::SqliteDb>> open_folder(const std::string& folder) {
    if (!federation::init_crypto()) return protocol::make_error(0, "libsodium cannot start");
    store::SqliteDbOptions options{.folder = folder};
    options.migrations = store::schema::migrations();
    return store::SqliteDb::open(options);
}

/// A password from standard input, so that it is in no list of processes.
Result<std::string> read_password() {
    std::fputs("password: ", stderr);
    std::string line;
    std::getline(std::cin, line);
    if (line.size() < protocol::limits::kPasswordMin) {
        return protocol::make_error(0, "a password has at least 8 characters");
    }
    return services::hash_password_now(std::move(line));
}

Result<protocol::UserId> find_user(store::Tx& tx, const std::string& name) {
    TRY(auto found, users::find_login(tx, name));
    if (!found) return protocol::make_error(0, "there is no user " + name);
    return found->id;
}

Status list_users(store::Tx& tx) {
    TRY(auto all, users::load_all(tx));
    for (const auto& u : all) {
        if (u.deleted) continue;
        std::printf("%s\t%s\t%s\n", u.id.str().c_str(), u.username.c_str(), u.bot ? "bot" : "user");
    }
    return {};
}

Status set_password(store::Tx& tx, const std::string& name, const std::string& hash) {
    TRY(const auto id, find_user(tx, name));
    TRY_VOID(users::set_password(tx, id, hash));
    TRY(auto sessions, users::sessions_of(tx, id));
    for (const auto& s : sessions) TRY_VOID(users::delete_session(tx, s.token));
    return {};
}

Status add_user(store::Tx& tx,
                const std::string& name,
                const std::string& hash,
                const federation::Hash32& node_uid) {
    if (!protocol::is_valid_username(name)) {
        return protocol::make_error(0, "'" + name + "' is not a username");
    }
    base::SystemClock clock;
    base::SystemRng rng;
    TRY(auto made, services::make_user(name, false, node_uid, clock, rng));
    TRY_VOID(services::Accounts::insert_user(tx, made));
    TRY_VOID(users::set_password(tx, made.user->id, hash));
    std::printf("%s\n", made.user->id.str().c_str());
    return {};
}

/// The account's name, address and logins go; its id stays, so that its messages keep an author.
Status delete_user(store::Tx& tx, const std::string& name) {
    TRY(const auto id, find_user(tx, name));
    TRY(auto all, users::load_all(tx));
    for (const protocol::User& u : all) {
        if (u.id != id) continue;
        protocol::User blank;
        blank.id = u.id;
        blank.uid = u.uid;
        blank.username = "deleted_" + u.id.str();
        blank.deleted = true;
        blank.version = u.version + 1;
        TRY_VOID(users::put(tx, blank));
    }
    return set_password(tx, "deleted_" + id.str(), "");
}

Status run_user(store::Db& db, const std::vector<std::string>& words) {
    if (words.empty()) return usage_error("user");
    const std::string& verb = words[0];
    if (verb == "list") return read_and_wait(db, [](store::Tx& tx) { return list_users(tx); });
    if (words.size() != 2) return usage_error("user");
    const std::string& name = words[1];
    if (verb == "delete") {
        return write_and_wait(db, [&](store::Tx& tx) { return delete_user(tx, name); });
    }
    if (verb != "add" && verb != "password") return usage_error("user");
    TRY(const std::string hash, read_password());
    base::SystemClock clock;
    base::SystemRng rng;
    TRY(const auto loaded, load(db, clock, rng));
    return write_and_wait(db, [&](store::Tx& tx) -> Status {
        if (verb == "password") return set_password(tx, name, hash);
        return add_user(tx, name, hash, loaded.identity.uid);
    });
}

int on_folder(const Arguments& arguments,
              Status (*run)(store::Db&, const std::vector<std::string>&)) {
    auto db = open_folder(arguments.data_dir);
    if (!db) return fail(2, db.error());
    const Status done = run(**db, arguments.words);
    (*db)->stop();
    return done ? 0 : fail(2, done.error());
}

}  // namespace

int user(const Arguments& arguments) { return on_folder(arguments, run_user); }

int peer(const Arguments&) {
    return fail(2, protocol::make_error(0, "this version has no federation yet, so no peers"));
}

}  // namespace guildhall::app
