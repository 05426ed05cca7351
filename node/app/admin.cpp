// guildhall user, invite and peer: administration without a client, on a folder that no node uses.
#include "federation/crypto.h"
#include "federation/policy.h"
#include "node/app/commands.h"
#include "node/app/data.h"
#include "node/app/user_move.h"
#include "node/services/accounts.h"
#include "node/services/password.h"
#include "node/store/sqlite_db.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/users.h"
#include "protocol/content.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "protocol/timestamp.h"

#include <cstdio>
#include <iostream>

namespace guildhall::app {
namespace {

using protocol::Result;
using protocol::Status;
namespace users = store::users;

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

/// An account of another node; its phrase is read as a password is.
Status take_in(store::Db& db, const std::string& file, const std::string& name) {
    std::fputs("recovery phrase: ", stderr);
    std::string phrase;
    std::getline(std::cin, phrase);
    TRY(const AccountPaper paper, open_paper(file, phrase));
    TRY(const std::string hash, read_password());
    base::SystemClock clock;
    base::SystemRng rng;
    TRY_VOID(write_and_wait(
        db, [&](store::Tx& tx) { return move_user(tx, paper, name, hash, clock, rng); }));
    std::printf("%s\taccount %s lives on this node now, with %s\n",
                std::to_string(paper.backup.user).c_str(),
                name.c_str(),
                count_of(paper.backup.guilds.size(), "guild").c_str());
    std::printf(
        "Start the node: it tells the hosts of these guilds, or their successors, and the node\n"
        "that the account lived on, which closes it there. Hosts that are away are asked every\n"
        "minute. The other sessions have ended; log in with the new password.\n");
    return {};
}

Status run_user(store::Db& db, const std::vector<std::string>& words) {
    if (words.empty()) return usage_error("user");
    const std::string& verb = words[0];
    if (verb == "list") return read_and_wait(db, [](store::Tx& tx) { return list_users(tx); });
    if (verb == "move" && words.size() == 3) return take_in(db, words[1], words[2]);
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

// -- Peers ----------------------------------------------------------------------------------------

namespace peers = store::peers;

/// Enough digits of a uid that nobody finds a second node with them by chance.
constexpr std::size_t kUidDigitsMin = 8;

std::string_view name_of(peers::Trust trust) {
    return federation::name_of(static_cast<federation::Trust>(trust));
}

Status list_peers(store::Tx& tx) {
    TRY(const auto all, peers::all(tx));
    TRY(const auto troubles, peers::troubles(tx));
    for (const peers::Peer& p : all) {
        const auto trouble = troubles.find(p.uid);
        const std::string uid = federation::to_hex(p.uid);
        const std::string name = p.name.empty() ? "-" : p.name;
        const std::string where = p.endpoints.empty() ? "-" : p.endpoints.front();
        std::printf("%s\t%s\t%s\t%s%s\t%s\t%s%s%s\n",
                    uid.c_str(),
                    name.c_str(),
                    p.pinned ? "proved" : "claimed",
                    std::string(name_of(p.trust)).c_str(),
                    p.by_operator ? " (set)" : "",
                    where.c_str(),
                    protocol::format_timestamp(p.first_seen_ms).c_str(),
                    trouble == troubles.end() ? "" : "\t",
                    trouble == troubles.end() ? "" : trouble->second.c_str());
    }
    return {};
}

/// By the first digits of its uid, or by its name where only one has it.
Result<peers::Peer> find_peer(store::Tx& tx, const std::string& wanted) {
    TRY(auto all, peers::all(tx));
    std::vector<peers::Peer> found;
    for (peers::Peer& p : all) {
        const bool by_uid =
            wanted.size() >= kUidDigitsMin && federation::to_hex(p.uid).starts_with(wanted);
        if (by_uid || p.name == wanted) found.push_back(std::move(p));
    }
    if (found.empty()) return protocol::make_error(0, "no node " + wanted + " is known");
    if (found.size() > 1) {
        return protocol::make_error(0, wanted + " is several nodes; say which by its uid");
    }
    return std::move(found.front());
}

Status set_peer_trust(store::Tx& tx, const std::string& wanted, peers::Trust trust) {
    TRY(const peers::Peer peer, find_peer(tx, wanted));
    TRY(const bool known, peers::set_trust(tx, peer.uid, trust));
    // Who may come back proves its name anew: another may have proved it by then.
    if (trust == peers::Trust::blocked) TRY_VOID(peers::unpin(tx, peer.uid));
    CHECK(known);
    std::printf(
        "%s\t%s\n", federation::to_hex(peer.uid).c_str(), std::string(name_of(trust)).c_str());
    return {};
}

Status run_peer(store::Db& db, const std::vector<std::string>& words) {
    if (words.empty()) return usage_error("peer");
    const std::string& verb = words[0];
    if (verb == "list" && words.size() == 1) {
        return read_and_wait(db, [](store::Tx& tx) { return list_peers(tx); });
    }
    const bool trusts = verb == "trust";
    if (words.size() != 2 || (!trusts && verb != "block")) return usage_error("peer");
    const auto trust = trusts ? peers::Trust::allowed : peers::Trust::blocked;
    return write_and_wait(db, [&](store::Tx& tx) { return set_peer_trust(tx, words[1], trust); });
}

int on_folder(const Arguments& arguments,
              Result<std::unique_ptr<store::SqliteDb>> db,
              Status (*run)(store::Db&, const std::vector<std::string>&)) {
    if (!db) return fail(2, db.error());
    const Status done = run(**db, arguments.words);
    (*db)->stop();
    return done ? 0 : fail(2, done.error());
}

}  // namespace

int user(const Arguments& arguments) {
    // The first account may be there before the node first runs.
    return on_folder(arguments, open_store(arguments.data_dir), run_user);
}

int peer(const Arguments& arguments) {
    return on_folder(arguments, open_existing(arguments.data_dir), run_peer);
}

}  // namespace guildhall::app
