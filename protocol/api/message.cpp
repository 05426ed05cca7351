#include "protocol/api/message.h"

#include "protocol/enums.h"
#include "protocol/json/codec.h"
#include "protocol/json/writer.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <charconv>

namespace guildhall::protocol::api {

namespace json = boost::json;

namespace {

/// With layout components a message is these and files, nothing of the older kind.
void refuse_with_v2(std::string_view field, bool used, FormErrors& errors) {
    if (!used) return;
    errors.add(field,
               "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
               "This field cannot be used when the message has layout components.");
}

/// Whether the tree has a top-level component that is no action row.
bool needs_v2(const json::value& tree) {
    const auto* list = tree.if_array();
    return list && std::ranges::any_of(*list, [](const json::value& item) {
               const auto* object = item.if_object();
               const auto* type = object ? object->if_contains("type") : nullptr;
               return type && type->is_int64() && type->get_int64() != 1;
           });
}

std::string read_tree(const json::value& tree, bool v2, FormErrors& errors) {
    FormErrors::Scope scope(errors, "components");
    auto place = v2 ? ComponentPlace::message_v2 : ComponentPlace::message;
    return read_components(tree, place, errors);
}

}  // namespace

std::string Nonce::json() const {
    if (numeric) return text;
    std::string out;
    append_json_string(out, text);
    return out;
}

void read_json(const json::value& in, Nonce& out, FormErrors& errors) {
    out.numeric = in.is_int64() || in.is_uint64();
    if (const auto* n = in.if_int64()) {
        out.text = std::to_string(*n);
    } else if (const auto* u = in.if_uint64()) {
        out.text = std::to_string(*u);
    } else {
        codec::read_bounded(in, 0, limits::kNonceMax, false, out.text, errors);
    }
}

void read_json(const json::value& in, MentionKinds& out, FormErrors& errors) {
    const auto* list = codec::read_list(in, 0, 3, errors);
    if (!list) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto* kind = (*list)[i].if_string();
        if (kind && *kind == "roles") {
            out.roles = true;
        } else if (kind && *kind == "users") {
            out.users = true;
        } else if (kind && *kind == "everyone") {
            out.everyone = true;
        } else {
            FormErrors::Scope scope(errors, i);
            errors.add("BASE_TYPE_CHOICES", "Value must be one of {'everyone', 'roles', 'users'}.");
        }
    }
}

void validate(AllowedMentions& request, FormErrors& errors) {
    if (!request.parse) return;
    auto exclude = [&](bool parsed, bool listed, std::string_view kind) {
        if (!parsed || !listed) return;
        errors.add("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                   "parse:[\"" + std::string(kind) + "\"] and " + std::string(kind) +
                       ": [ids...] are mutually exclusive.");
    };
    exclude(request.parse->users, request.users && !request.users->empty(), "users");
    exclude(request.parse->roles, request.roles && !request.roles->empty(), "roles");
}

bool MessageBody::has_text_or_embeds() const {
    return (content && !content->empty()) || (embeds && !embeds->empty()) ||
           !components_text.empty();
}

void validate(MessageBody& request, FormErrors& errors) {
    if (request.embed && !request.embeds) {
        request.embeds.emplace();
        request.embeds->push_back(*request.embed);
    }
    if (request.embeds) validate_total(*request.embeds, errors);
    bool v2 = (request.flag_bits() & message_flags::kIsComponentsV2) != 0;
    if (v2) {
        refuse_with_v2("content", request.content && !request.content->empty(), errors);
        refuse_with_v2("embeds", request.embeds && !request.embeds->empty(), errors);
    }
    if (request.components) {
        request.components_text = read_tree(*request.components, v2, errors);
    }
}

void validate(MessageEdit& request, FormErrors& errors) {
    if (request.embeds.value) validate_total(*request.embeds.value, errors);
    if (!request.components.value) return;
    request.components_need_v2 = needs_v2(*request.components.value);
    bool v2 = request.components_need_v2 ||
              (request.flags.value && (*request.flags.value & message_flags::kIsComponentsV2) != 0);
    request.components_text = read_tree(*request.components.value, v2, errors);
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::MessageCreate);
GUILDHALL_DECODER(guildhall::protocol::api::WebhookMessage);
GUILDHALL_DECODER(guildhall::protocol::api::MessageEdit);
GUILDHALL_DECODER(guildhall::protocol::api::BulkDelete);
