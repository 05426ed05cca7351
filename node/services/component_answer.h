#pragma once
// What a user did with the components of a message or filled into a modal, held against what the
// bot had put there. Pure; any thread.

#include "node/services/command_options.h"
#include "protocol/api/interaction.h"
#include "protocol/result.h"

#include <string>
#include <string_view>

namespace guildhall::services {

/// A press or a selection: the component must be among `components` (canonical JSON), of the type
/// named, not disabled, and the values ones that it offers.
protocol::Status check_component(const Place& place,
                                 std::string_view components,
                                 const protocol::api::InteractionData& data,
                                 Named& named);

/// A modal filled in: `components` is the modal's canonical JSON. Answers with the JSON array that
/// the bot is told: the modal's own tree with the values.
protocol::Result<std::string> read_submission(const Place& place,
                                              std::string_view components,
                                              const boost::json::value& submitted,
                                              Named& named);

}  // namespace guildhall::services
