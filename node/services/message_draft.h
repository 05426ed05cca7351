#pragma once
// From what a request says to a message: content and who it mentions, embeds, components, flags,
// files. The same for a member's post, an edit, and a bot's answer to an interaction.

#include "node/services/context.h"
#include "node/services/files.h"
#include "protocol/api/message.h"
#include "protocol/permissions.h"

#include <vector>

namespace guildhall::services {

/// Who writes, and what they may do in the channel.
struct Writer {
    const protocol::GuildState& guild;
    protocol::UserId user;
    protocol::Permissions permissions;
    /// Author of the message it replies to; 0: not a reply.
    protocol::UserId replied_to;
};

/// Fills content, mentions, embeds, components, flags and tts of `out`. 50013 for what the writer
/// may not send. Pure.
Status compose(const journal::View& view,
               const Writer& writer,
               const protocol::api::MessageBody& body,
               protocol::Message& out);

/// Sets the mentions that `content` makes and `allowed` lets through. Pure.
void set_mentions(const journal::View& view,
                  const Writer& writer,
                  const protocol::api::AllowedMentions* allowed,
                  protocol::Message& out);

/// 50006 for a message that would show nothing.
Status require_something(const protocol::Message& message);

/// Drops the files that an edit does not list; one that says nothing of files keeps all. Pure.
void keep_listed(const protocol::api::MessageEdit& request,
                 std::vector<protocol::Attachment>& attachments);

/// Takes over what an edit may change of the flags: whether embeds are hidden, and that the message
/// is made of components (IS_COMPONENTS_V2), which is for good. 50035 for components that need that
/// flag where it is not set. Pure.
Status edit_flags(const protocol::api::MessageEdit& request, protocol::Message& out);
/// 50035 for a message that is made of components and has content or embeds beside them.
Status require_one_layout(const protocol::Message& message);

/// Keeps the files of a request and lists them as attachments; `inputs` may bind names and
/// descriptions to files[n]. Ids are made in `guild`.
Task<Result<std::vector<protocol::Attachment>>> keep_files(
    Context& ctx,
    protocol::GuildId guild,
    const protocol::api::AttachmentInputs* inputs,
    std::vector<Upload> files);

}  // namespace guildhall::services
