#include "node/store/tables/secrets.h"

namespace guildhall::store::secrets {

Status put(Tx& tx, std::string_view name, std::string_view bytes) {
    return tx.run(
        "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value "
        "= $2",
        name,
        Blob(bytes));
}

Status drop(Tx& tx, std::string_view name) {
    return tx.run("DELETE FROM secrets WHERE name = $1", name);
}

Result<std::optional<std::string>> get(Tx& tx, std::string_view name) {
    return tx.first(
        "SELECT value FROM secrets WHERE name = $1",
        [](const Row& row) { return std::string(row.blob(0)); },
        name);
}

Result<std::vector<std::pair<std::string, std::string>>> like(Tx& tx, std::string_view pattern) {
    std::vector<std::pair<std::string, std::string>> out;
    TRY_VOID(tx.each(
        "SELECT name, value FROM secrets WHERE name LIKE $1 ORDER BY name",
        [&](const Row& row) { out.emplace_back(row.text(0), row.blob(1)); },
        pattern));
    return out;
}

}  // namespace guildhall::store::secrets
