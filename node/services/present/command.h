#pragma once
// Application commands as the API shows them: the stored definition with its ids and defaults, and
// the index that clients offer commands from. Not hot, so a definition is read as a tree. Pure; any
// thread.

#include "node/journal/view.h"
#include "protocol/account.h"
#include "protocol/json/writer.h"
#include "protocol/model.h"

#include <vector>

namespace guildhall::services {

/// One command; `guild` 0 for a global one. Without localizations the dictionaries are left out.
void write_command(protocol::JsonWriter& w,
                   const protocol::Command& command,
                   protocol::GuildId guild,
                   bool with_localizations = true);
void write_commands(protocol::JsonWriter& w,
                    const std::vector<protocol::Command>& commands,
                    protocol::GuildId guild,
                    bool with_localizations);

/// An application of an index with the commands that it offers.
struct IndexedApplication {
    protocol::SharedApplication application;
    std::vector<protocol::Command> global, of_guild;
};
void write_command_index(protocol::JsonWriter& w,
                         const std::vector<IndexedApplication>& applications,
                         protocol::GuildId guild,
                         const journal::View& view);

}  // namespace guildhall::services
