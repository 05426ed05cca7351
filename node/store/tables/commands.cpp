#include "node/store/tables/commands.h"

namespace guildhall::store::commands {

using protocol::ApplicationId;
using protocol::Command;

Status replace(Tx& tx, ApplicationId application, const std::vector<Command>& commands) {
    TRY_VOID(tx.run("DELETE FROM global_commands WHERE application = $1", application));
    for (const Command& c : commands) {
        TRY_VOID(
            tx.run("INSERT INTO global_commands (application, id, version, json)"
                   " VALUES ($1, $2, $3, $4)",
                   application,
                   c.id,
                   c.version,
                   c.json));
    }
    return {};
}

Result<std::vector<Registered>> load_all(Tx& tx) {
    std::vector<Registered> out;
    TRY_VOID(tx.each(
        "SELECT application, id, version, json FROM global_commands ORDER BY application, id",
        [&](const Row& row) {
            const auto application = row.id<ApplicationId>(0);
            if (out.empty() || out.back().first != application)
                out.emplace_back(application, std::vector<Command>());
            out.back().second.push_back({.id = row.id<protocol::CommandId>(1),
                                         .applicationId = application,
                                         .version = row.id<protocol::Snowflake>(2),
                                         .json = std::string(row.text(3))});
        }));
    return out;
}

}  // namespace guildhall::store::commands
