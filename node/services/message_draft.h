#pragma once
// From what a request says to a message: content and who it mentions, embeds, components, flags,
// files. The same for a member's post, an edit, and a bot's answer to an interaction.

#include "node/services/context.h"
#include "node/services/files.h"
#include "node/services/permission.h"
#include "protocol/api/message.h"

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

/// Edits `out` as the request asks; `added` are its new files. 50013, 50006 or 50035 for what the
/// writer may not make of it. A writer who is not the author hides embeds or shows them again, and
/// changes nothing else. Pure.
Status revise(const journal::View& view,
              const Writer& writer,
              const protocol::api::MessageEdit& request,
              std::vector<protocol::Attachment> added,
              UnixMs now,
              protocol::Message& out);

/// Whether an edit only hides embeds or shows them again, which does not count as one.
bool is_flags_alone(const protocol::api::MessageEdit& request);

/// What a bot may do in a message that answers an interaction. It needs no right to write in the
/// channel: its user asked for it. What calls others is the bot's own right. Pure.
Permissions answer_permissions(const GuildState& guild, UserId bot, ChannelId channel, UnixMs now);

/// Sets the mentions that `content` makes and `allowed` lets through. Pure.
void set_mentions(const journal::View& view,
                  const Writer& writer,
                  const protocol::api::AllowedMentions* allowed,
                  protocol::Message& out);

/// 50006 for a message that would show nothing.
Status require_something(const protocol::Message& message);

/// Keeps the files of a request and lists them as attachments; `inputs` may bind names and
/// descriptions to files[n]. Ids are made in `guild`.
Task<Result<std::vector<protocol::Attachment>>> keep_files(
    Context& ctx,
    protocol::GuildId guild,
    const protocol::api::AttachmentInputs* inputs,
    std::vector<Upload> files);

}  // namespace guildhall::services
