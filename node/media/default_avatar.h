#pragma once
// The pictures of who has none: a plain disc in one of six colours. Pure; any thread.

#include <string>
#include <string_view>

namespace guildhall::media {

/// `name` is "0.png" to "5.png"; other numbers wrap. An SVG of our own making, which every client's
/// image element shows whatever the address ends in.
std::string default_avatar(std::string_view name);

}  // namespace guildhall::media
