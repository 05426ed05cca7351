// RemoteUsers: names of users whose node is called otherwise now.
#include "node/peering/users/remote_users.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

#include <memory>
#include <set>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::User;
using protocol::UserId;

void RemoteUsers::start() {
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        guild.members.for_each([&](UserId id, const protocol::Member&) {
            const auto* user = ctx_.view.user(id);
            const auto home = user ? Hash32::from((*user)->home_uid) : std::nullopt;
            const Known* node = home ? peers_.directory().find(*home) : nullptr;
            if (node && !(*user)->username.ends_with("@" + node->label)) renamed_.insert(*home);
            return true;
        });
    });
    if (!renamed_.empty()) rename_soon(*renamed_.begin());
}

void RemoteUsers::rename_soon(const Hash32& node) {
    renamed_.insert(node);
    if (std::exchange(renaming_, true)) return;
    ctx_.here.spawn("rename users", rename_all());
}

/// One after the other, and once more what was not possible: two nodes may change names, and the
/// first finds its new ones taken.
Task<void> RemoteUsers::rename_all() {
    std::set<Hash32> again;
    while (!renamed_.empty()) {
        const Hash32 node = renamed_.extract(renamed_.begin()).value();
        const bool done = co_await rename(node);
        if (!done) again.insert(node);
    }
    for (const Hash32& node : again) (void)co_await rename(node);
    renaming_ = false;
    if (!renamed_.empty()) rename_soon(*renamed_.begin());
}

/// Their node is called otherwise now: its name was proved after they came, or is another. False
/// when somebody's new name is taken; they keep the old one.
Task<bool> RemoteUsers::rename(Hash32 node) {
    bool all = true;
    std::set<UserId> users;
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        guild.members.for_each([&](UserId id, const protocol::Member&) {
            const auto* user = ctx_.view.user(id);
            if (user && (*user)->home_uid == node.text()) users.insert(id);
            return true;
        });
    });
    for (const UserId id : users) {
        const Known* home = peers_.directory().find(node);
        const auto* user = ctx_.view.user(id);
        if (!home || !user || (*user)->deleted) continue;
        if ((*user)->username.ends_with("@" + home->label)) continue;
        auto made = std::make_shared<User>();
        journal::Change change;
        // Of the row: a profile may have come since the name was looked at.
        change.rows = [made, id, node, label = home->label](store::Tx& tx) -> Status {
            TRY(auto now, store::users::find(tx, id));
            if (!now || now->deleted || now->home_uid != node.text())
                return protocol::make_http_error(409);
            TRY(auto name, f::remote_name(now->username.substr(0, now->username.find('@')), label));
            *made = std::move(*now);
            made->username = std::move(name);
            TRY_VOID(store::users::check_free(tx, made->id, made->username, {}));
            return store::users::put(tx, *made);
        };
        change.notices.emplace_back(journal::UserChanged{made});
        const Status done = co_await ctx_.journal.store(ctx_.here, std::move(change));
        all = all && done;
    }
    co_return all;
}

}  // namespace guildhall::peering
