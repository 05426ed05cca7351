#include "node/pages/html.h"

#include <algorithm>
#include <charconv>

namespace guildhall::pages {
namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// The weight of a media range such as "text/html;q=0.8"; 1 where none is given.
double quality_of(std::string_view range) {
    const std::size_t at = range.find("q=");
    if (at == range.npos) return 1;
    double q = 0;
    const char* end = range.data() + range.size();
    std::from_chars(range.data() + at + 2, end, q);
    return q;
}

double weight(std::string_view accept, std::string_view type) {
    double best = 0;
    while (!accept.empty()) {
        const std::size_t comma = std::min(accept.find(','), accept.size());
        const std::string_view range = trim(accept.substr(0, comma));
        if (trim(range.substr(0, range.find(';'))) == type) best = quality_of(range);
        accept.remove_prefix(std::min(comma + 1, accept.size()));
    }
    return best;
}

}  // namespace

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string in_frame(const Frame& frame) {
    const std::string name = escape(frame.node_name);
    std::string out;
    out.reserve(frame.body.size() + 1500);
    out += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
    out += escape(frame.title);
    out += "</title>\n<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\n";
    out += "<link rel=\"stylesheet\" href=\"/assets/style.css\">\n";
    out += frame.head;
    out += "</head>\n<body class=\"";
    out += frame.layout;
    out += "\">\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header>\n";
    out += "<a class=\"brand\" href=\"/\"><img src=\"/favicon.svg\" alt=\"\" width=\"28\"";
    out += " height=\"28\"> " + name + "</a>\n<nav aria-label=\"Pages\"><a href=\"/docs\">API";
    out += " reference</a></nav>\n</header>\n<main id=\"main\">\n";
    out += frame.body;
    out += "</main>\n<footer>" + name +
           " is a Guildhall node: chat that its people host"
           " themselves.</footer>\n</body>\n</html>\n";
    return out;
}

bool prefers_html(std::string_view accept) {
    const double html = weight(accept, "text/html");
    return html > 0 && html >= weight(accept, "application/json");
}

}  // namespace guildhall::pages
