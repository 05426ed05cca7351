#include "node/services/account_change.h"

#include <memory>

namespace guildhall::services {
namespace {

Task<Status> change_at(base::Shard& home, journal::Journal& journal, AccountRows rows) {
    // Shared with the store's thread, which is done with it before the answer comes.
    auto told = std::make_shared<std::vector<journal::Notice>>();
    journal::Change change;
    change.rows = [told, rows = std::move(rows)](store::Tx& tx) mutable { return rows(tx, *told); };
    CO_TRY_VOID(co_await journal.store(home, std::move(change)));
    if (!told->empty()) journal.notify(home, std::move(*told));
    co_return Status();
}

}  // namespace

Task<Status> change_account(Context& ctx, protocol::UserId user, AccountRows rows) {
    base::Shard& home = ctx.shards.of(user);
    const auto work = [&home, &journal = ctx.journal, &rows] {
        return change_at(home, journal, std::move(rows));
    };
    co_return co_await base::on_shard(ctx.here, home, work);
}

}  // namespace guildhall::services
