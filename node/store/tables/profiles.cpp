#include "node/store/tables/profiles.h"

namespace guildhall::store::profiles {

Result<bool> put_if_newer(Tx& tx, const ProfileRow& row) {
    TRY_VOID(
        tx.run("INSERT INTO profiles (user_id, version, bytes) VALUES ($1, $2, $3)"
               " ON CONFLICT (user_id) DO UPDATE SET version = $2, bytes = $3"
               " WHERE profiles.version < $2",
               row.user,
               row.version,
               Blob(row.bytes)));
    return tx.changes() > 0;
}

Result<std::optional<ProfileRow>> find(Tx& tx, protocol::UserId user) {
    return tx.first(
        "SELECT version, bytes FROM profiles WHERE user_id = $1",
        [&](const Row& row) {
            return ProfileRow{
                user, static_cast<std::uint64_t>(row.int64(0)), std::string(row.blob(1))};
        },
        user);
}

Status forget(Tx& tx, protocol::UserId user) {
    return tx.run("DELETE FROM profiles WHERE user_id = $1", user);
}

}  // namespace guildhall::store::profiles
