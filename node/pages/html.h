#pragma once
// Text into HTML, and the frame that all pages share. Pure; any thread.

#include <string>
#include <string_view>

namespace guildhall::pages {

/// Safe as text and inside double quotes.
std::string escape(std::string_view text);

struct Frame {
    std::string_view title;
    std::string_view node_name;
    /// Inside <main>: HTML.
    std::string_view body;
    /// Further lines of <head>: HTML.
    std::string_view head = {};
    /// A class of <body> that changes the layout.
    std::string_view layout = "page";
};
std::string in_frame(const Frame& frame);

/// A request's Accept header asks for HTML rather than JSON, as a browser's does.
bool prefers_html(std::string_view accept);

}  // namespace guildhall::pages
