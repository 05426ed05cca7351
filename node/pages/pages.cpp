#include "node/pages/pages.h"

#include "federation/crypto.h"
#include "node/base/compress.h"
#include "node/base/shard.h"
#include "node/base/version.h"
#include "node/pages/assets.h"
#include "node/pages/html.h"
#include "node/rest/openapi.h"
#include "node/services/membership.h"
#include "protocol/json/writer.h"

namespace guildhall::pages {
namespace {

namespace http = base::http;

constexpr std::string_view kHtml = "text/html; charset=utf-8";
// Nothing but the node's own style and pictures: no script at all.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";
// The viewer is a script, styles its elements one by one, carries its icons as data, and tries
// requests out against the node.
constexpr std::string_view kViewerPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";
constexpr std::size_t kAssetBytesMax = 16u << 20;

http::Response page(int status, std::string html, std::string_view policy = kPolicy) {
    auto response = http::Response::of(status, kHtml, std::move(html));
    response.add_header("Content-Security-Policy", policy);
    response.add_header("X-Frame-Options", "DENY");
    response.add_header("Referrer-Policy", "no-referrer");
    response.add_header("Cross-Origin-Opener-Policy", "same-origin");
    response.add_header("Cache-Control", "no-cache");
    return response;
}

std::string tag_of(std::string_view bytes) {
    const auto hash = federation::blake2b(bytes);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out = "\"";
    for (std::size_t i = 0; i < 8; ++i) {
        const auto byte = static_cast<unsigned char>(hash.text()[i]);
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out + "\"";
}

std::vector<std::string> all_tags() {
    std::vector<std::string> out;
    for (const Asset& asset : assets()) out.push_back(tag_of(asset.bytes));
    return out;
}

http::Response asset_response(const http::Request& request,
                              const Asset& asset,
                              const std::string& tag) {
    http::Response response;
    if (request.header("if-none-match") == tag) {
        response = http::Response::empty(304);
    } else if (!asset.compressed) {
        response = http::Response::of(200, asset.type, std::string(asset.bytes));
    } else if (request.header_has_token("accept-encoding", "gzip")) {
        response = http::Response::of(200, asset.type, std::string(asset.bytes));
        response.add_header("Content-Encoding", "gzip");
        response.compressible = false;
    } else {
        auto plain = base::inflate(asset.bytes, base::Deflate::gzip, kAssetBytesMax);
        if (!plain) return http::Response::error(500, 0, "500: Internal Server Error");
        response = http::Response::of(200, asset.type, std::move(*plain));
        response.compressible = false;
    }
    response.add_header("ETag", tag);
    response.add_header("Cache-Control", "no-cache");
    if (asset.compressed) response.add_header("Vary", "Accept-Encoding");
    return response;
}

std::string whole_page(const services::Settings& settings,
                       std::string_view title,
                       const std::string& body) {
    return in_frame({.title = title, .node_name = settings.name, .body = body});
}

}  // namespace

Pages::Pages(const services::Settings& settings,
             const std::vector<std::unique_ptr<journal::View>>& views,
             const std::vector<const rest::Route*>& routes,
             base::Clock& clock)
    : settings_(settings),
      views_(views),
      clock_(clock),
      tags_(all_tags()),
      openapi_(rest::openapi_document(routes, settings.name, base::kVersion)),
      docs_page_(docs_page(settings, routes)) {}

base::Task<http::Response> Pages::serve(http::Request& request) {
    const bool read = request.method == http::Method::get || request.method == http::Method::head;
    http::Response response =
        read ? answer(request) : http::Response::error(405, 0, "405: Method Not Allowed");
    if (!read) response.add_header("Allow", "GET, HEAD");
    response.add_header("X-Content-Type-Options", "nosniff");
    co_return response;
}

http::Response Pages::answer(const http::Request& request) const {
    const std::string_view path = request.path();
    if (path == "/") return landing(request);
    if (path == "/docs" || path == "/docs/") return docs();
    if (path == "/openapi.json") {
        auto response = http::Response::json(200, openapi_);
        response.add_header("Access-Control-Allow-Origin", "*");
        return response;
    }
    if (const Asset* asset = find_asset(path)) {
        const auto index = static_cast<std::size_t>(asset - assets().data());
        return asset_response(request, *asset, tags_[index]);
    }
    const auto segments = request.segments();
    if (segments.size() == 2 && segments[0] == "i") return invite(request, segments[1]);
    return not_found(request);
}

http::Response Pages::landing(const http::Request& request) const {
    http::Response response;
    if (prefers_html(request.header("accept"))) {
        response = page(200, whole_page(settings_, settings_.name, landing_body(settings_)));
    } else {
        std::string json;
        protocol::JsonWriter w(json);
        w.begin_object();
        w.string("message", "This is " + settings_.name + ", a Guildhall node");
        w.string("version", base::kVersion);
        w.string("docs", "/docs");
        w.string("status", "running");
        w.end_object();
        response = http::Response::json(200, std::move(json));
        response.add_header("Access-Control-Allow-Origin", "*");
    }
    response.add_header("Vary", "Accept");
    return response;
}

http::Response Pages::invite(const http::Request& request, const std::string& code) const {
    const journal::View& view = *views_[request.shard->index()];
    const protocol::GuildSnapshot* guild = view.guild(view.guild_of_invite(code));
    const protocol::Invite* found = guild ? (*guild)->invites.find(code) : nullptr;
    if (!found || services::has_ended(*found, clock_.unix_ms()))
        return page(404, whole_page(settings_, "No such invite", no_invite_body()));
    ShownInvite shown{*guild, found, {}};
    if (const auto* inviter = view.user(found->inviterId)) {
        const protocol::User& user = **inviter;
        shown.inviter = user.global_name.empty() ? user.username : user.global_name;
    }
    const std::string title = "Join " + (*guild)->guild.name;
    return page(200, whole_page(settings_, title, invite_body(settings_, shown)));
}

http::Response Pages::docs() const { return page(200, docs_page_, kViewerPolicy); }

http::Response Pages::not_found(const http::Request& request) const {
    if (!prefers_html(request.header("accept")))
        return http::Response::error(404, 0, "404: Not Found");
    return page(404,
                whole_page(settings_,
                           "Not found",
                           "<section class=\"card\">\n<h1>There is nothing here</h1>\n"
                           "<p><a class=\"button\" href=\"/\">About this node</a></p>\n"
                           "</section>\n"));
}

}  // namespace guildhall::pages
