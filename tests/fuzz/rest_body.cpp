// Any bytes as the body of any request: nothing may crash, a refusal must be a well-formed answer,
// and what is accepted must have a canonical form that reads back as itself.
#include "protocol/api/application.h"
#include "protocol/api/auth.h"
#include "protocol/api/channel.h"
#include "protocol/api/guild.h"
#include "protocol/api/interaction.h"
#include "protocol/api/member.h"
#include "protocol/api/message.h"
#include "protocol/api/user.h"
#include "protocol/check.h"
#include "protocol/errors.h"
#include "protocol/json/decode.h"
#include "protocol/json/reader.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

namespace {

void check_error(const Error& error) {
    CHECK(http_status(error) >= 400);
    CHECK(parse_json(error_body(error)));
}

/// The value, if there is one; an error is checked.
template <class T>
Result<T> read(std::string_view text) {
    auto result = decode_text<T>(text);
    if (!result) check_error(result.error());
    return result;
}

void read_message(std::string_view text) {
    auto message = read<MessageCreate>(text);
    if (!message) return;
    auto canonical = [](const MessageCreate& m) {
        std::string out = R"({"flags":)" + std::to_string(m.flag_bits());
        if (auto embeds = m.embeds_text(); !embeds.empty()) out += R"(,"embeds":)" + embeds;
        if (!m.components_text.empty()) out += R"(,"components":)" + m.components_text;
        return out + "}";
    };
    auto once = canonical(*message);
    auto again = decode_text<MessageCreate>(once);
    CHECK(again);
    CHECK(canonical(*again) == once);
}

void read_command(std::string_view text) {
    auto command = read<CommandCreate>(text);
    if (!command) return;
    auto once = canonical_command(*command);
    auto again = parse_command(once);
    CHECK(again);
    CHECK(canonical_command(*again) == once);
}

template <class T>
void read_any(std::string_view text) {
    read<T>(text);
}

using Reader = void (*)(std::string_view);

/// The first byte of an input picks one.
constexpr Reader kReaders[] = {
    read_message,
    read_command,
    read_any<MessageEdit>,
    read_any<WebhookMessage>,
    read_any<BulkDelete>,
    read_any<Register>,
    read_any<Login>,
    read_any<UserPatch>,
    read_any<DmCreate>,
    read_any<GuildCreate>,
    read_any<GuildPatch>,
    read_any<ChannelCreate>,
    read_any<ChannelPatch>,
    read_any<ChannelPositions>,
    read_any<OverwritePut>,
    read_any<RoleCreate>,
    read_any<RolePatch>,
    read_any<RolePositions>,
    read_any<MemberPatch>,
    read_any<BanCreate>,
    read_any<BulkBan>,
    read_any<InviteCreate>,
    read_any<ApplicationCreate>,
    read_any<ApplicationPatch>,
    read_any<BotPatch>,
    read_any<AuthorizeQuery>,
    read_any<AuthorizeBody>,
    read_any<CommandBulk>,
    read_any<InteractionCreate>,
    read_any<InteractionCallback>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    // Letters pick too, so that a corpus file is text: 'A' is the first.
    kReaders[(data[0] + 256u - 'A') % std::size(kReaders)](text);
    return 0;
}
