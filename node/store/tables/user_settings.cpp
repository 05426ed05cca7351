#include "node/store/tables/user_settings.h"

namespace guildhall::store::user_settings {

Result<std::string> get(Tx& tx, protocol::UserId user, std::string_view name) {
    TRY(auto value,
        tx.first(
            "SELECT value FROM user_settings WHERE user_id = $1 AND name = $2",
            [](const Row& row) { return std::string(row.text(0)); },
            user,
            name));
    return value.value_or(std::string());
}

Result<std::vector<std::pair<protocol::UserId, std::string>>> all(Tx& tx, std::string_view name) {
    std::vector<std::pair<protocol::UserId, std::string>> out;
    TRY_VOID(tx.each(
        "SELECT user_id, value FROM user_settings WHERE name = $1",
        [&](const Row& row) { out.emplace_back(row.id<protocol::UserId>(0), row.text(1)); },
        name));
    return out;
}

Status put(Tx& tx, protocol::UserId user, std::string_view name, std::string_view value) {
    return tx.run(
        "INSERT INTO user_settings (user_id, name, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (user_id, name) DO UPDATE SET value = $3",
        user,
        name,
        value);
}

}  // namespace guildhall::store::user_settings
