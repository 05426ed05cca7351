#include "protocol/content.h"

#include "protocol/limits.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <array>

namespace guildhall::protocol {

namespace {

template <class T>
void add_once(std::vector<T>& list, T item) {
    if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

/// A mention in angle brackets at the front of `text`; answers with its length, 0 for none.
std::size_t take_bracketed(std::string_view text, Mentions& out) {
    auto end = text.substr(0, 32).find('>');
    if (end == std::string_view::npos || end < 3) return 0;
    auto inner = text.substr(1, end - 1);
    auto take = [&](std::string_view prefix) {
        if (!inner.starts_with(prefix)) return Snowflake();
        return parse_id(inner.substr(prefix.size())).value_or(Snowflake());
    };
    if (auto role = take("@&")) {
        add_once(out.roles, id_cast<RoleId>(role));
    } else if (auto nick = take("@!")) {
        add_once(out.users, id_cast<UserId>(nick));
    } else if (auto user = take("@")) {
        add_once(out.users, id_cast<UserId>(user));
    } else if (auto channel = take("#")) {
        add_once(out.channels, id_cast<ChannelId>(channel));
    } else {
        return 0;
    }
    return end + 1;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Characters that only belong to an emoji together with U+20E3, the keycap.
bool is_keycap_base(char32_t c) { return (c >= '0' && c <= '9') || c == '#' || c == '*'; }

bool may_be_in_emoji(char32_t c) {
    if (is_keycap_base(c)) return true;
    return c >= 0xa9 && !is_space(c) && !(c >= 0xc0 && c <= 0x1fff);
}

}  // namespace

Mentions parse_mentions(std::string_view content) {
    Mentions out;
    std::size_t at = 0;
    while ((at = content.find_first_of("<@", at)) != std::string_view::npos) {
        auto rest = content.substr(at);
        std::size_t length = 1;
        if (rest.front() == '<') {
            length = std::max<std::size_t>(take_bracketed(rest, out), 1);
        } else if (rest.starts_with("@everyone") || rest.starts_with("@here")) {
            out.everyone = true;
        }
        at += length;
    }
    return out;
}

std::optional<EmojiRef> parse_emoji(std::string_view parameter) {
    // Some libraries send the `a:` of animated emojis along.
    if (parameter.starts_with("a:")) parameter.remove_prefix(2);
    auto colon = parameter.rfind(':');
    if (colon == std::string_view::npos) {
        if (!is_unicode_emoji(parameter)) return std::nullopt;
        return EmojiRef{EmojiId(), std::string(parameter)};
    }
    auto id = parse_id<EmojiId>(parameter.substr(colon + 1));
    auto name = parameter.substr(0, colon);
    auto is_name_char = [](char c) {
        return is_ascii_letter(static_cast<unsigned char>(c)) || (c >= '0' && c <= '9') || c == '_';
    };
    if (!id || !*id || name.empty() || name.size() > limits::kEmojiNameMax) return std::nullopt;
    if (!std::ranges::all_of(name, is_name_char)) return std::nullopt;
    return EmojiRef{*id, std::string(name)};
}

bool is_unicode_emoji(std::string_view text) {
    // The longest family or flag sequences have about 12 code points.
    if (text.empty() || text.size() > 64 || !is_valid_utf8(text)) return false;
    bool keycap = false, base = false;
    for (std::size_t at = 0; at < text.size();) {
        auto c = next_code_point(text, at);
        if (!may_be_in_emoji(c)) return false;
        keycap = keycap || c == 0x20e3;
        base = base || is_keycap_base(c);
    }
    return !base || keycap;
}

bool is_valid_username(std::string_view name) {
    constexpr std::array<std::string_view, 4> kReserved = {"everyone", "here", "system", "deleted"};
    if (name.size() < limits::kUsernameMin || name.size() > limits::kUsernameMax) return false;
    auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    if (!std::ranges::all_of(name, allowed)) return false;
    return name.find("..") == std::string_view::npos &&
           std::ranges::find(kReserved, name) == kReserved.end();
}

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string normalise_channel_name(std::string_view name, ChannelType type) {
    name = trim(name);
    bool text_like = type == ChannelType::text || type == ChannelType::announcement ||
                     type == ChannelType::forum || type == ChannelType::media;
    if (!text_like) return std::string(name);
    std::string out;
    bool gap = false;
    for (std::size_t at = 0; at < name.size();) {
        auto c = next_code_point(name, at);
        if (is_space(c)) {
            gap = true;
            continue;
        }
        if (gap) out += '-';
        gap = false;
        append_code_point(out, c);
    }
    return lower_ascii(out);
}

bool is_plausible_email(std::string_view text) {
    auto at = text.find('@');
    if (at == 0 || at == std::string_view::npos || text.find('@', at + 1) != text.npos)
        return false;
    auto domain = text.substr(at + 1);
    auto dot = domain.find('.');
    if (dot == 0 || dot == text.npos || domain.ends_with('.') || domain.ends_with('-'))
        return false;
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
}

}  // namespace guildhall::protocol
