#include "node/peering/commands/said_again.h"

#include "node/rest/route.h"

#include <algorithm>
#include <array>

namespace guildhall::peering {
namespace {

using base::http::Method;

constexpr std::string_view kGuild = "/guilds/{guild_id}";
constexpr std::string_view kChannel = "/channels/{channel_id}";
constexpr std::string_view kRole = "/guilds/{guild_id}/roles/{role_id}";
constexpr std::string_view kMember = "/guilds/{guild_id}/members/{user_id}";
constexpr std::string_view kInvite = "/invites/{invite_code}";

/// What the GET has after the parameters of the call, of which it has the first `kept`.
enum class Last { nothing, object, actor };

struct Row {
    Method method;
    std::string_view of, get;
    std::size_t kept;
    Last last = Last::nothing;
};

constexpr std::array<Row, 8> kRows{{
    {Method::patch, kGuild, kGuild, 1},
    {Method::post, "/guilds/{guild_id}/channels", kChannel, 0, Last::object},
    {Method::patch, kChannel, kChannel, 1},
    {Method::post, "/guilds/{guild_id}/roles", kRole, 1, Last::object},
    {Method::patch, kRole, kRole, 2},
    {Method::patch, kMember, kMember, 2},
    {Method::patch, "/guilds/{guild_id}/members/@me", kMember, 1, Last::actor},
    {Method::post, kInvite, kInvite, 1},
}};

}  // namespace

std::optional<SaidAgain> said_again(const rest::Call& call,
                                    bool answers_message,
                                    std::uint64_t log,
                                    std::uint64_t object) {
    if (answers_message)
        return SaidAgain{"/channels/{channel_id}/messages/{message_id}",
                         {std::to_string(log), std::to_string(object)}};
    const auto row = std::ranges::find_if(kRows, [&](const Row& r) {
        return r.method == call.route->method && r.of == call.route->pattern;
    });
    if (row == kRows.end() || call.params.size() < row->kept) return std::nullopt;
    SaidAgain out{row->get, {}};
    for (std::size_t i = 0; i < row->kept; ++i) out.params.push_back(call.params[i]);
    if (row->last == Last::object) out.params.push_back(std::to_string(object));
    if (row->last == Last::actor) out.params.push_back(call.actor.user.str());
    return out;
}

}  // namespace guildhall::peering
