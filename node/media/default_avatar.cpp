#include "node/media/default_avatar.h"

#include <array>

namespace guildhall::media {

std::string default_avatar(std::string_view name) {
    static constexpr std::array<std::string_view, 6> kColours = {
        "#4b6bfb", "#7a8599", "#2f9e68", "#d98a1f", "#d6455d", "#b65fc9"};
    const std::size_t n = name.empty() ? 0 : static_cast<unsigned char>(name[0]) % kColours.size();
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 128 128\" width=\"128\""
        " height=\"128\"><rect width=\"128\" height=\"128\" fill=\"";
    svg += kColours[n];
    svg +=
        "\"/><circle cx=\"64\" cy=\"50\" r=\"22\" fill=\"#fff\"/>"
        "<path d=\"M20 118a44 40 0 0 1 88 0z\" fill=\"#fff\"/></svg>";
    return svg;
}

}  // namespace guildhall::media
