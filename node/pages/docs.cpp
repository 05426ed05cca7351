// The API reference: a viewer over /openapi.json, and the plain list of routes for browsers without
// scripts and for builds without the viewer.
#include "node/pages/assets.h"
#include "node/pages/html.h"
#include "node/pages/pages.h"

namespace guildhall::pages {
namespace {

std::string plain_list(const std::vector<const rest::Route*>& routes) {
    std::string out =
        "<section>\n<h1>API reference</h1>\n<p>Below <code>/api/v10</code>. The whole"
        " document is <a href=\"/openapi.json\">openapi.json</a>.</p>\n"
        "<table><thead><tr><th scope=\"col\">Method</th><th scope=\"col\">Path</th>"
        "<th scope=\"col\">What it does</th></tr></thead>\n<tbody>\n";
    for (const rest::Route* route : routes) {
        out += "<tr><td><code>" + std::string(base::http::method_name(route->method)) +
               "</code></td><td><code>" + escape(route->pattern) + "</code></td><td>" +
               escape(route->summary) + "</td></tr>\n";
    }
    out += "</tbody></table>\n</section>\n";
    return out;
}

}  // namespace

std::string docs_page(const services::Settings& settings,
                      const std::vector<const rest::Route*>& routes) {
    const std::string list = plain_list(routes);
    const std::string title = "API reference of " + settings.name;
    Frame frame;
    frame.title = title;
    frame.node_name = settings.name;
    frame.layout = "wide";
    frame.body = list;
    if (!has_viewer()) return in_frame(frame);
    const std::string body = "<div id=\"viewer\"></div>\n<noscript>\n" + list +
                             "</noscript>\n<p class=\"quiet\">The viewer is Swagger UI (<a"
                             " href=\"/assets/viewer-licence.txt\">Apache licence</a>).</p>\n";
    frame.body = body;
    frame.head =
        "<link rel=\"stylesheet\" href=\"/assets/viewer.css\">\n"
        "<link rel=\"stylesheet\" href=\"/assets/docs.css\">\n"
        "<script src=\"/assets/viewer.js\" defer></script>\n"
        "<script src=\"/assets/docs.js\" defer></script>\n";
    return in_frame(frame);
}

}  // namespace guildhall::pages
