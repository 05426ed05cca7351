#include "node/classic/statuses.h"

#include "node/store/tables/user_settings.h"

#include <algorithm>
#include <array>

namespace guildhall::classic {
namespace {

constexpr std::string_view kSetting = "classic.status";
constexpr std::array<std::string_view, 4> kAll{"online", "offline", "away", "dnd"};

}  // namespace

bool is_status(std::string_view text) { return std::ranges::find(kAll, text) != kAll.end(); }

services::Task<services::Status> Statuses::load(services::Context& ctx) {
    if (loaded_) co_return services::Status();
    auto read = [](store::Tx& tx) { return store::user_settings::all(tx, kSetting); };
    CO_TRY(auto stored, co_await store::read(ctx.db, std::move(read)));
    for (auto& [user, status] : stored) set_.emplace(user, std::move(status));
    loaded_ = true;
    co_return services::Status();
}

std::string_view Statuses::of(protocol::UserId user) const {
    const auto found = set_.find(user);
    return found == set_.end() ? std::string_view("offline") : std::string_view(found->second);
}

void Statuses::remember(protocol::UserId user, std::string status) {
    set_.insert_or_assign(user, std::move(status));
}

services::Task<services::Status> Statuses::store(services::Context& ctx,
                                                 protocol::UserId user,
                                                 std::string status) {
    journal::Change change;
    change.rows = [user, status = std::move(status)](store::Tx& tx) {
        return store::user_settings::put(tx, user, kSetting, status);
    };
    co_return co_await ctx.journal.store(ctx.here, std::move(change));
}

}  // namespace guildhall::classic
