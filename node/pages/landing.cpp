// The landing page: the node's name, and how to connect to it.
#include "node/pages/html.h"
#include "node/pages/pages.h"

namespace guildhall::pages {
namespace {

std::string gateway_of(const std::string& public_url) {
    return public_url.starts_with("http") ? "ws" + public_url.substr(4) : public_url;
}

std::string code_block(std::string_view label, std::string_view text) {
    return "<figure><figcaption>" + escape(label) + "</figcaption><pre tabindex=\"0\"><code>" +
           escape(text) + "</code></pre></figure>\n";
}

std::string row(std::string_view what, const std::string& value) {
    return "<dt>" + escape(what) + "</dt><dd><code>" + escape(value) + "</code></dd>\n";
}

std::string registration_text(std::string_view mode) {
    if (mode == "open") return "Everybody may register an account here.";
    if (mode == "invite") return "An account here needs an invite: add its code as \"invite\".";
    return "New accounts are made by this node's operator.";
}

std::string register_sample(const std::string& url, std::string_view mode) {
    const std::string invite = mode == "invite" ? ",\"invite\":\"CODE\"" : "";
    return "curl " + url + "/api/v10/auth/register \\\n  -H 'Content-Type: application/json' \\\n" +
           "  -d '{\"username\":\"alice\",\"email\":\"alice@example.org\",\"password\":\"a long "
           "password\"" +
           invite + "}'";
}

std::string bot_sample(const std::string& url) {
    return "import { Client, GatewayIntentBits as Intents } from 'discord.js';\n\n"
           "const client = new Client({\n"
           "  intents: [Intents.Guilds, Intents.GuildMessages, Intents.MessageContent],\n"
           "  rest: { api: '" +
           url +
           "/api' },\n});\n"
           "client.on('messageCreate', (message) => {\n"
           "  if (message.content === '!ping') message.reply('pong');\n});\n"
           "client.login(process.env.BOT_TOKEN);";
}

}  // namespace

std::string landing_body(const services::Settings& settings) {
    const std::string& url = settings.public_url;
    std::string out = "<section class=\"hero\">\n<h1>" + escape(settings.name) + "</h1>\n";
    out +=
        "<p class=\"lead\">A chat node that its people host themselves. It speaks the Discord"
        " API, so the bots and libraries you know work here with one changed address.</p>\n";
    out += "<p><a class=\"button\" href=\"/docs\">Read the API reference</a></p>\n</section>\n";
    out += "<section>\n<h2>Addresses</h2>\n<dl class=\"facts\">\n";
    out += row("API", url + "/api/v10");
    out += row("Gateway", gateway_of(url));
    out += row("OpenAPI", url + "/openapi.json");
    out += "</dl>\n</section>\n<section>\n<h2>Make an account</h2>\n<p>";
    out += escape(registration_text(settings.registration)) + "</p>\n";
    if (settings.registration != "closed")
        out += code_block("Register", register_sample(url, settings.registration));
    out += "<p>The answer holds a token: send it as the <code>Authorization</code> header.</p>\n";
    out +=
        "</section>\n<section>\n<h2>Connect a bot</h2>\n<p>Make an application, take its bot's"
        " token, and point your library at this node. To read what people write, the application"
        " needs a flag first: <code>PATCH /applications/ID</code> with"
        " <code>{\"flags\":524288}</code>; without it the gateway refuses"
        " <code>MessageContent</code> with close code 4014.</p>\n";
    out += code_block("bot.mjs", bot_sample(url));
    out += "</section>\n";
    return out;
}

}  // namespace guildhall::pages
