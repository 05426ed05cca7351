// The invite page: who invites where, and how to come in.
#include "node/pages/html.h"
#include "node/pages/pages.h"
#include "protocol/timestamp.h"
#include "protocol/utf8.h"

namespace guildhall::pages {
namespace {

/// The first letter of the guild's name, for a guild without an icon.
std::string initial(const std::string& name) {
    std::size_t end = 0;
    if (!name.empty()) (void)protocol::next_code_point(name, end);
    return escape(std::string_view(name).substr(0, end));
}

std::string picture(const protocol::Guild& guild) {
    if (guild.icon.empty())
        return "<div class=\"crest\" aria-hidden=\"true\">" + initial(guild.name) + "</div>\n";
    return "<img class=\"crest\" alt=\"\" width=\"96\" height=\"96\" src=\"/cdn/icons/" +
           guild.id.str() + "/" + escape(guild.icon) + ".png?size=128\">\n";
}

std::string count(std::size_t n, std::string_view one) {
    return std::to_string(n) + " " + std::string(one) + (n == 1 ? "" : "s");
}

}  // namespace

std::string invite_body(const services::Settings& settings, const ShownInvite& shown) {
    const protocol::Guild& guild = shown.guild->guild;
    const std::string code = escape(shown.invite->code);
    std::string out = "<section class=\"card\">\n" + picture(guild);
    out += "<p>" +
           (shown.inviter.empty() ? std::string("You are invited to join")
                                  : escape(shown.inviter) + " invites you to join") +
           "</p>\n<h1>" + escape(guild.name) + "</h1>\n";
    if (!guild.description.empty()) out += "<p>" + escape(guild.description) + "</p>\n";
    out += "<p class=\"quiet\">" + count(shown.guild->members.size(), "member");
    if (const auto ends = shown.invite->expires_ms(); ends != 0)
        out += " · until " + escape(protocol::format_timestamp(ends).substr(0, 10));
    out +=
        "</p>\n</section>\n<section>\n<h2>How to accept</h2>\n<p>In your client, choose to join"
        " a guild and enter this code:</p>\n<p class=\"code\"><code>" +
        code + "</code></p>\n<p>Somebody at home on another node enters <code>" + code + "@" +
        escape(settings.name) +
        "</code>.</p>\n<details>\n<summary>Through the API</summary>\n"
        "<pre tabindex=\"0\"><code>curl -X POST " +
        escape(settings.public_url) + "/api/v10/invites/" + code +
        " \\\n  -H 'Authorization: YOUR TOKEN'</code></pre>\n</details>\n</section>\n";
    return out;
}

std::string no_invite_body() {
    return "<section class=\"card\">\n<div class=\"crest\" aria-hidden=\"true\">?</div>\n"
           "<h1>This invite leads nowhere</h1>\n<p>The invite has ended, was revoked, or never"
           " was. Ask whoever sent it to you for a new one.</p>\n"
           "<p><a class=\"button\" href=\"/\">About this node</a></p>\n</section>\n";
}

}  // namespace guildhall::pages
