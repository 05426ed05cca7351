#pragma once
// A signed command with its parts read: the header, and the API call in its body. From it come the
// facts that entry_check.h judges entries by, and the forms in which commands travel. Plain values;
// any thread.

#include "federation/command.h"
#include "federation/entry_check.h"
#include "federation/frame.h"

#include <optional>

namespace guildhall::federation {

struct CommandCall {
    SignedCommand command;
    CommandHeader header;
    /// Nothing when the body was dropped.
    std::optional<ApiCall> call;

    /// Borrows from this.
    CommandFacts facts() const;
};

/// An error when the layout, the body's hash or the call in it is wrong. Signatures are not looked
/// at: whose key it must be is GuildKeys' or the link's business.
protocol::Result<CommandCall> read_command(SignedCommand command);
/// The same of a stored command, as an entry brings it.
protocol::Result<CommandCall> read_command(ByteView stored);

/// A command as it goes to the host; with its body. `logged`: it asks for a change.
CommandFrame frame_of(const SignedCommand& command, bool logged);
/// An error for a header or device signatures of another length.
protocol::Result<SignedCommand> command_of(const CommandFrame& frame);

}  // namespace guildhall::federation
