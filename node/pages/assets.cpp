#include "node/pages/assets.h"

#include <algorithm>
#include <array>

// The assembler reads the files; a compiler would take seconds for an array of their size. The
// macros of paths are from CMakeLists.txt.
#define EMBED(name, file)                                                                         \
    __asm__(                                                                                      \
        ".pushsection .rodata\n"                                                                  \
        ".balign 16\n"                                                                            \
        ".global guildhall_asset_" #name                                                          \
        "\n"                                                                                      \
        "guildhall_asset_" #name                                                                  \
        ":\n"                                                                                     \
        ".incbin \"" file                                                                         \
        "\"\n"                                                                                    \
        ".global guildhall_asset_" #name                                                          \
        "_end\n"                                                                                  \
        "guildhall_asset_" #name                                                                  \
        "_end:\n"                                                                                 \
        ".byte 0\n"                                                                               \
        ".popsection\n");                                                                         \
    extern "C" {                                                                                  \
    extern const char guildhall_asset_##name[];                                                   \
    extern const char guildhall_asset_##name##_end[];                                             \
    }                                                                                             \
    static std::string_view name() {                                                              \
        return {guildhall_asset_##name,                                                           \
                static_cast<std::size_t>(guildhall_asset_##name##_end - guildhall_asset_##name)}; \
    }

EMBED(style_css, GUILDHALL_WEB "/style.css")
EMBED(docs_css, GUILDHALL_WEB "/docs.css")
EMBED(docs_js, GUILDHALL_WEB "/docs.js")
EMBED(favicon_svg, GUILDHALL_WEB "/favicon.svg")
EMBED(viewer_js, GUILDHALL_VIEWER "/swagger-ui-bundle.js.gz")
EMBED(viewer_css, GUILDHALL_VIEWER "/swagger-ui.css.gz")
EMBED(viewer_licence, GUILDHALL_VIEWER "/LICENSE.gz")

namespace guildhall::pages {

std::span<const Asset> assets() {
    constexpr std::string_view kCss = "text/css; charset=utf-8";
    constexpr std::string_view kJs = "text/javascript; charset=utf-8";
    static const std::array kAll{
        Asset{"/assets/style.css", kCss, style_css()},
        Asset{"/assets/docs.css", kCss, docs_css()},
        Asset{"/assets/docs.js", kJs, docs_js()},
        Asset{"/favicon.svg", "image/svg+xml", favicon_svg()},
        Asset{"/favicon.ico", "image/svg+xml", favicon_svg()},
        Asset{"/assets/viewer.js", kJs, viewer_js(), true},
        Asset{"/assets/viewer.css", kCss, viewer_css(), true},
        Asset{"/assets/viewer-licence.txt", "text/plain; charset=utf-8", viewer_licence(), true},
    };
    return kAll;
}

const Asset* find_asset(std::string_view path) {
    const auto all = assets();
    const auto found = std::ranges::find(all, path, &Asset::path);
    return found == all.end() || found->bytes.empty() ? nullptr : &*found;
}

bool has_viewer() { return !viewer_js().empty(); }

}  // namespace guildhall::pages
