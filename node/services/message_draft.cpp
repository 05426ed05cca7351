#include "node/services/message_draft.h"

#include "node/services/commit.h"
#include "protocol/content.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace guildhall::services {
namespace {

namespace p = protocol;
namespace perm = protocol::permissions;
using p::UserId;

template <class T>
void sort_unique(std::vector<T>& v) {
    std::sort(v.begin(), v.end());
    v.erase(std::unique(v.begin(), v.end()), v.end());
}

template <class List, class T>
bool lists(const std::optional<List>& list, T id) {
    return list && std::find(list->begin(), list->end(), id) != list->end();
}

/// n of "files[n]" or "filen"; -1 for another name.
std::int64_t file_number(std::string_view field) {
    const std::size_t digits = field.find_first_of("0123456789");
    if (digits == field.npos) return -1;
    std::int64_t n = -1;
    std::from_chars(field.data() + digits, field.data() + field.size(), n);
    return n;
}

/// The last component, without what a path or a header could misread.
std::string clean_filename(std::string_view name) {
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != name.npos) name.remove_prefix(slash + 1);
    if (!p::is_valid_utf8(name)) return "unknown";
    name = name.substr(0, p::limits::kFilenameBytesMax);
    // No character in half.
    while (!p::is_valid_utf8(name)) name.remove_suffix(1);
    std::string out;
    for (const char c : name) {
        out += static_cast<unsigned char>(c) < 0x20 || c == '"' ? '_' : c;
    }
    return out.empty() || out == "." || out == ".." ? "unknown" : out;
}

const p::api::AttachmentInput* input_for(const p::api::AttachmentInputs* inputs, std::int64_t n) {
    if (!inputs || n < 0) return nullptr;
    for (const auto& input : *inputs) {
        if (static_cast<std::int64_t>(input.id.value) == n) return &input;
    }
    return nullptr;
}

/// Drops the files that an edit does not list; one that says nothing of files keeps all.
void keep_listed(const p::api::MessageEdit& request, std::vector<p::Attachment>& attachments) {
    if (!request.attachments) return;
    const auto listed = [&](const p::Attachment& a) {
        if (!request.attachments.value) return false;
        const auto& inputs = *request.attachments.value;
        return std::any_of(
            inputs.begin(), inputs.end(), [&](const auto& i) { return i.id.value == a.id.value; });
    };
    std::erase_if(attachments, [&](const p::Attachment& a) { return !listed(a); });
}

/// The flags that an edit asks for.
std::uint32_t wanted_flags(const p::api::MessageEdit& request) {
    return request.flags.value ? static_cast<std::uint32_t>(request.flags.value->value) : 0;
}

/// What anybody who may edit changes of the flags: whether embeds are hidden.
void hide_embeds(const p::api::MessageEdit& request, p::Message& out) {
    constexpr auto kHidden = static_cast<std::uint32_t>(p::message_flags::kSuppressEmbeds);
    if (request.flags) out.flags = (out.flags & ~kHidden) | (wanted_flags(request) & kHidden);
}

/// The author can also say that the message is made of components (IS_COMPONENTS_V2), for good.
Status edit_flags(const p::api::MessageEdit& request, p::Message& out) {
    constexpr auto kLayout = static_cast<std::uint32_t>(p::message_flags::kIsComponentsV2);
    hide_embeds(request, out);
    if (request.flags) out.flags |= wanted_flags(request) & kLayout;
    if (request.components_need_v2 && (out.flags & kLayout) == 0)
        return p::make_field_error("components",
                                   "COMPONENT_TYPE_INVALID",
                                   "These components need the flag IS_COMPONENTS_V2.");
    return {};
}

/// A message that is made of components has no content or embeds beside them.
Status require_one_layout(const p::Message& m) {
    constexpr auto kLayout = static_cast<std::uint32_t>(p::message_flags::kIsComponentsV2);
    if ((m.flags & kLayout) == 0 || (m.content.empty() && m.embeds.empty())) return {};
    return p::make_field_error(m.content.empty() ? "embeds" : "content",
                               "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                               "Not allowed beside IS_COMPONENTS_V2.");
}

Status revise_files(const p::api::MessageEdit& request,
                    std::vector<p::Attachment> added,
                    p::Message& out) {
    keep_listed(request, out.attachments);
    std::move(added.begin(), added.end(), std::back_inserter(out.attachments));
    if (out.attachments.size() > p::limits::kAttachmentsMax) {
        return p::make_field_error(
            "attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    return {};
}

}  // namespace

void set_mentions(const journal::View& view,
                  const Writer& writer,
                  const p::api::AllowedMentions* allowed,
                  p::Message& out) {
    const p::Mentions said = p::parse_mentions(out.content);
    const p::api::MentionKinds kinds =
        allowed && allowed->parse ? *allowed->parse : p::api::MentionKinds{};
    const bool any = !allowed;
    const bool may_mention_all = writer.permissions.has(perm::kMentionEveryone);

    out.mentionEveryone = said.everyone && may_mention_all && (any || kinds.everyone);
    out.mentions.clear();
    for (const UserId user : said.users) {
        const bool wanted = any || kinds.users || lists(allowed->users, user);
        if (wanted && view.user(user)) out.mentions.push_back(user);
    }
    const bool tells_replied = writer.replied_to && (any || allowed->replied_user.value_or(false));
    if (tells_replied) out.mentions.push_back(writer.replied_to);
    sort_unique(out.mentions);

    out.mentionRoles.clear();
    for (const p::RoleId id : said.roles) {
        const p::Role* role = writer.guild.roles.find(id);
        const bool wanted = any || kinds.roles || lists(allowed->roles, id);
        if (wanted && role && (role->mentionable || may_mention_all))
            out.mentionRoles.push_back(id);
    }
    sort_unique(out.mentionRoles);
}

Status compose(const journal::View& view,
               const Writer& writer,
               const p::api::MessageBody& body,
               p::Message& out) {
    if (body.content) out.content = *body.content;
    out.embeds = body.embeds_text();
    if (!out.embeds.empty() && !writer.permissions.has(perm::kEmbedLinks)) {
        return p::make_error(p::kMissingPermissions);
    }
    out.components = body.components_text;
    out.tts = body.tts.value_or(false) && writer.permissions.has(perm::kSendTtsMessages);
    out.flags |= static_cast<std::uint32_t>(body.flag_bits() & p::message_flags::kSettable);
    set_mentions(view, writer, body.allowed_mentions ? &*body.allowed_mentions : nullptr, out);
    return {};
}

Status require_something(const p::Message& m) {
    const bool empty =
        m.content.empty() && m.embeds.empty() && m.components.empty() && m.attachments.empty();
    if (empty) return p::make_error(p::kCannotSendAnEmptyMessage);
    return {};
}

Status revise(const journal::View& view,
              const Writer& writer,
              const p::api::MessageEdit& request,
              std::vector<p::Attachment> added,
              UnixMs now,
              p::Message& out) {
    if (writer.user != out.authorId) {
        hide_embeds(request, out);
        return {};
    }
    TRY_VOID(revise_files(request, std::move(added), out));
    if (request.embeds) {
        out.embeds = request.embeds_text();
        if (!out.embeds.empty() && !writer.permissions.has(perm::kEmbedLinks)) {
            return p::make_error(p::kMissingPermissions);
        }
    }
    if (request.components) out.components = request.components_text;
    TRY_VOID(edit_flags(request, out));
    // What a bot promised to say later is said now.
    out.flags &= ~static_cast<std::uint32_t>(p::message_flags::kLoading);
    if (request.content || request.allowed_mentions) {
        request.content.apply_to(out.content);
        const auto* allowed =
            request.allowed_mentions.value ? &*request.allowed_mentions.value : nullptr;
        set_mentions(view, writer, allowed, out);
    }
    TRY_VOID(require_something(out));
    TRY_VOID(require_one_layout(out));
    if (!is_flags_alone(request)) out.editedMs = now;
    return {};
}

bool is_flags_alone(const p::api::MessageEdit& r) {
    return r.flags && !r.content && !r.embeds && !r.allowed_mentions && !r.components &&
           !r.attachments;
}

Permissions answer_permissions(const GuildState& guild, UserId bot, ChannelId channel, UnixMs now) {
    constexpr Permissions kOwn = perm::kMentionEveryone | perm::kSendTtsMessages;
    const Permissions have = channel_permissions(guild, bot, channel, now);
    return (perm::kAll & ~kOwn) | (have & kOwn);
}

Task<Result<std::vector<p::Attachment>>> keep_files(Context& ctx,
                                                    p::GuildId guild,
                                                    const p::api::AttachmentInputs* inputs,
                                                    std::vector<Upload> files) {
    std::vector<p::Attachment> out;
    if (files.empty()) co_return out;
    if (!ctx.files) co_return p::make_http_error(503);
    if (files.size() > p::limits::kAttachmentsMax) {
        co_return p::make_field_error(
            "attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    for (Upload& file : files) {
        const std::uint64_t size = file.kept ? file.kept->size : file.bytes.size();
        if (size > p::limits::kAttachmentBytesMax) {
            co_return p::make_error(p::kRequestEntityTooLarge);
        }
        const auto* input = input_for(inputs, file_number(file.field));
        p::Attachment a;
        a.filename = clean_filename(input && input->filename ? std::string_view(*input->filename)
                                                             : std::string_view(file.filename));
        if (input && input->description) a.description = *input->description;
        StoredFile stored;
        if (file.kept) {
            stored = std::move(*file.kept);
        } else {
            CO_TRY(stored, co_await ctx.files->put(std::move(file.bytes)));
        }
        a.hash = std::move(stored.hash);
        a.size = stored.size;
        a.contentType = std::move(stored.content_type);
        a.width = stored.width;
        a.height = stored.height;
        CO_TRY(a.id, co_await new_id<p::AttachmentId>(ctx, guild));
        out.push_back(std::move(a));
    }
    co_return out;
}

}  // namespace guildhall::services
