#include "federation/profile.h"

#include "protocol/content.h"
#include "protocol/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::federation {

namespace {

constexpr std::size_t kNameCharactersMax = 32;
constexpr std::size_t kBioCharactersMax = 190;
constexpr std::size_t kNodeNameBytesMax = 253;
constexpr std::size_t kLabelBytesMax = 63;
constexpr std::size_t kPortDigitsMax = 5;
constexpr std::uint32_t kColorMax = 0xffffff;

/// Characters that nobody sees and that change how the rest is read.
struct Range {
    char32_t first, last;
};
constexpr std::array<Range, 10> kInvisible = {{
    {0x0000, 0x001f},    // C0 controls
    {0x007f, 0x009f},    // delete, C1 controls
    {0x00ad, 0x00ad},    // soft hyphen
    {0x061c, 0x061c},    // Arabic letter mark
    {0x180e, 0x180e},    // Mongolian vowel separator
    {0x200b, 0x200f},    // zero widths, direction marks
    {0x2028, 0x202e},    // separators, embeddings and overrides
    {0x2060, 0x206f},    // joiners, isolates, shaping controls
    {0xfeff, 0xfeff},    // byte order mark
    {0xe0000, 0xe007f},  // tags
}};

bool is_invisible(char32_t c) {
    return std::ranges::any_of(kInvisible,
                               [c](Range range) { return c >= range.first && c <= range.last; });
}

/// A zero-width joiner glues emoji together and hides nothing between them; a line break is part of
/// a biography.
bool is_display_text(std::string_view text, std::size_t characters_max, bool may_break) {
    if (!protocol::is_valid_utf8(text) || !protocol::fits(text, characters_max)) return false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = protocol::next_code_point(text, at);
        if (c == 0x200d || (may_break && c == '\n')) continue;
        if (is_invisible(c)) return false;
    }
    return true;
}

bool is_image_hash(std::string_view text) {
    return text.size() <= kProfileImageBytesMax && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
           });
}

bool is_label(std::string_view label) {
    auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !label.empty() && label.size() <= kLabelBytesMax && label.front() != '-' &&
           label.back() != '-' && std::ranges::all_of(label, allowed);
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > kPortDigitsMax || text.front() == '0') return false;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value <= 65535;
}

/// Full-width forms of ASCII (U+FF01 to U+FF5E) as ASCII, then lower case.
std::optional<std::string> folded(std::string_view text) {
    if (!protocol::is_valid_utf8(text)) return std::nullopt;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = protocol::next_code_point(text, at);
        if (c >= 0xff01 && c <= 0xff5e) c -= 0xff01 - 0x21;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        protocol::append_code_point(out, c);
    }
    return out;
}

}  // namespace

bool is_valid(const Profile& profile) {
    return profile.user_id != 0 && protocol::is_valid_username(profile.username) &&
           is_display_text(profile.global_name, kNameCharactersMax, false) &&
           is_display_text(profile.bio, kBioCharactersMax, true) && is_image_hash(profile.avatar) &&
           is_image_hash(profile.banner) && profile.accent_color.value_or(0) <= kColorMax;
}

std::string encode(const Profile& profile) {
    CHECK(is_valid(profile));
    ByteWriter out;
    out.put(kProfileVersion)
        .put(profile.user_id)
        .put(profile.user_uid)
        .put(profile.home_uid)
        .put(profile.version);
    for (const std::string* text : {&profile.username,
                                    &profile.global_name,
                                    &profile.avatar,
                                    &profile.banner,
                                    &profile.bio}) {
        put_text(out, *text);
    }
    out.put(static_cast<std::uint8_t>(profile.accent_color.has_value()));
    out.put(profile.accent_color.value_or(0)).put(profile.flags);
    return out.put(static_cast<std::uint8_t>(profile.bot)).take();
}

std::optional<Profile> decode_profile(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    Profile out;
    out.user_id = in.get<std::uint64_t>();
    out.user_uid = in.get<Hash32>();
    out.home_uid = in.get<Hash32>();
    out.version = in.get<std::uint64_t>();
    const bool texts = get_text(in, out.username, kProfileNameBytesMax) &&
                       get_text(in, out.global_name, kProfileNameBytesMax) &&
                       get_text(in, out.avatar, kProfileImageBytesMax) &&
                       get_text(in, out.banner, kProfileImageBytesMax) &&
                       get_text(in, out.bio, kProfileBioBytesMax);
    bool has_accent = false;
    if (!texts || !get_bool(in, has_accent)) return std::nullopt;
    const auto accent = in.get<std::uint32_t>();
    if (has_accent) out.accent_color = accent;
    if (!has_accent && accent != 0) return std::nullopt;
    out.flags = in.get<std::uint64_t>();
    if (!get_bool(in, out.bot) || !in.done() || version != kProfileVersion) return std::nullopt;
    if (!is_valid(out)) return std::nullopt;
    return out;
}

SignedBytes sign(const Profile& profile, const SecretKey& home) {
    return sign_bytes(encode(profile), Domain::profile, home);
}

std::optional<Profile> verify_profile(const SignedBytes& profile, const PublicKey& home) {
    std::optional<Profile> out = decode_profile(profile.bytes);
    if (!out || !verify(profile, Domain::profile, home)) return std::nullopt;
    return out;
}

std::optional<SignedBytes> decode_signed_profile(ByteView stored) {
    auto out = decode_signed_bytes(stored, kProfileBytesMax);
    if (!out || !decode_profile(out->bytes)) return std::nullopt;
    return out;
}

bool is_newer(ByteView theirs, ByteView ours) {
    const auto a = decode_profile(theirs);
    const auto b = decode_profile(ours);
    if (!a || !b) return a.has_value();
    if (a->version != b->version) return a->version > b->version;
    return blake2b(theirs) > blake2b(ours);
}

std::optional<std::string> normal_node_name(std::string_view name) {
    auto out = folded(name);
    if (!out || out->size() > kNodeNameBytesMax) return std::nullopt;
    std::string_view rest = *out;
    if (const auto colon = rest.find(':'); colon != rest.npos) {
        if (!is_port(rest.substr(colon + 1))) return std::nullopt;
        rest = rest.substr(0, colon);
    }
    for (bool more = true; more;) {
        const auto dot = rest.find('.');
        if (!is_label(rest.substr(0, dot))) return std::nullopt;
        more = dot != rest.npos;
        if (more) rest = rest.substr(dot + 1);
    }
    return out;
}

protocol::Result<std::string> remote_name(std::string_view local, std::string_view node_name) {
    // Bounded before any work: what is longer than this cannot become a name.
    if (local.size() > kProfileNameBytesMax) return refused("the user name is too long");
    if (node_name.size() > 3 * kNodeNameBytesMax) return refused("the node name is too long");
    const auto user = folded(local);
    if (!user || !protocol::is_valid_username(*user)) {
        return refused("not a user name: 2 to 32 of a-z, 0-9, . and _");
    }
    const auto node = normal_node_name(node_name);
    if (!node) return refused("not the name of a node");
    return *user + "@" + *node;
}

}  // namespace guildhall::federation
