#pragma once
// Requests about messages. Embeds stay structs; components come as a tree that
// validate() makes canonical, because what it may hold depends on the flags. Plain values; any
// thread.

#include "protocol/api/common.h"
#include "protocol/api/components.h"
#include "protocol/api/embed.h"
#include "protocol/ids.h"

#include <boost/describe/class.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::protocol {
class FormErrors;
}

namespace guildhall::protocol::api {

/// A nonce is text or an integer on the wire and comes back in the same form.
struct Nonce {
    std::string text;
    bool numeric = false;

    /// The nonce as JSON: quoted or not, as it came.
    std::string json() const;
    friend bool operator==(const Nonce&, const Nonce&) = default;
};
void read_json(const boost::json::value& in, Nonce& out, FormErrors& errors);

/// The `parse` list of allowed mentions, as a set.
struct MentionKinds {
    bool roles = false;
    bool users = false;
    bool everyone = false;
};
void read_json(const boost::json::value& in, MentionKinds& out, FormErrors& errors);

/// Which of the content's mentions may notify. Without `parse` nothing but the lists may.
struct AllowedMentions {
    std::optional<MentionKinds> parse;
    std::optional<List<UserId, limits::kAllowedMentionsMax>> users;
    std::optional<List<RoleId, limits::kAllowedMentionsMax>> roles;
    std::optional<bool> replied_user;
};
BOOST_DESCRIBE_STRUCT(AllowedMentions, (), (parse, users, roles, replied_user))
void validate(AllowedMentions& request, FormErrors& errors);

/// What a message answers to. Type 1 is a forward.
struct MessageReference {
    MessageId message_id;
    std::optional<ChannelId> channel_id;
    std::optional<GuildId> guild_id;
    std::optional<bool> fail_if_not_exists;
    std::optional<Int<0, 1>> type;
};
BOOST_DESCRIBE_STRUCT(MessageReference,
                      (),
                      (message_id, channel_id, guild_id, fail_if_not_exists, type))

/// Binds file part `files[id]` of the form, or names an attachment that an edit keeps.
struct AttachmentInput {
    Snowflake id;
    std::optional<Text<1, 1024>> filename;
    std::optional<Text<0, limits::kAttachmentDescriptionMax>> description;
    /// Set for files that were uploaded apart, before the message.
    std::optional<Text<0, 1024>> uploaded_filename;
    std::optional<bool> is_spoiler;
};
BOOST_DESCRIBE_STRUCT(AttachmentInput,
                      (),
                      (id, filename, description, uploaded_filename, is_spoiler))
using AttachmentInputs = List<AttachmentInput, limits::kAttachmentsMax>;

/// What all ways to make a message have in common: POST, an interaction's answer, a webhook.
struct MessageBody {
    std::optional<Name<0, limits::kContentMax>> content;
    std::optional<bool> tts;
    std::optional<Embeds> embeds;
    /// The spelling before there could be several; it is moved into `embeds`.
    std::optional<Embed> embed;
    std::optional<AllowedMentions> allowed_mentions;
    /// As it came; `components_text` has what is kept of it.
    std::optional<boost::json::value> components;
    std::optional<AttachmentInputs> attachments;
    std::optional<Int53> flags;

    /// Canonical JSON of the component tree; empty for none. Set by validate().
    std::string components_text;

    /// Whether there is anything to show apart from files, stickers and polls.
    bool has_text_or_embeds() const;
    std::uint64_t flag_bits() const { return flags ? static_cast<std::uint64_t>(*flags) : 0; }
    /// Canonical JSON of the embeds; empty for none.
    std::string embeds_text() const { return embeds ? canonical_embeds(*embeds) : std::string(); }
};
BOOST_DESCRIBE_STRUCT(
    MessageBody,
    (),
    (content, tts, embeds, embed, allowed_mentions, components, attachments, flags))
void validate(MessageBody& request, FormErrors& errors);

/// POST /channels/{channel}/messages.
struct MessageCreate : MessageBody {
    std::optional<Nonce> nonce;
    std::optional<bool> enforce_nonce;
    std::optional<MessageReference> message_reference;
    std::optional<List<Snowflake, limits::kStickersPerMessageMax>> sticker_ids;
};
BOOST_DESCRIBE_STRUCT(MessageCreate,
                      (MessageBody),
                      (nonce, enforce_nonce, message_reference, sticker_ids))

/// The message of an interaction's answer, a follow-up or a webhook.
struct WebhookMessage : MessageBody {
    std::optional<Name<1, limits::kWebhookNameMax>> username;
    std::optional<Url> avatar_url;
    std::optional<Name<1, limits::kChannelNameMax>> thread_name;
};
BOOST_DESCRIBE_STRUCT(WebhookMessage, (MessageBody), (username, avatar_url, thread_name))

/// PATCH of a message: absent stays, null empties.
struct MessageEdit {
    Field<Name<0, limits::kContentMax>> content;
    Field<Embeds> embeds;
    Field<AllowedMentions> allowed_mentions;
    Field<boost::json::value> components;
    Field<AttachmentInputs> attachments;
    Field<Int53> flags;

    /// Canonical JSON of the component tree; empty for none. Set by validate().
    std::string components_text;
    /// Whether the tree has what only IS_COMPONENTS_V2 allows; the service compares with the
    /// message. Set by validate().
    bool components_need_v2 = false;

    std::string embeds_text() const {
        return embeds.value ? canonical_embeds(*embeds.value) : std::string();
    }
};
BOOST_DESCRIBE_STRUCT(MessageEdit,
                      (),
                      (content, embeds, allowed_mentions, components, attachments, flags))
void validate(MessageEdit& request, FormErrors& errors);

/// POST /channels/{channel}/messages/bulk-delete.
struct BulkDelete {
    List<MessageId, limits::kBulkDeleteMax, limits::kBulkDeleteMin> messages;
};
BOOST_DESCRIBE_STRUCT(BulkDelete, (), (messages))

}  // namespace guildhall::protocol::api
