#include "client-qml/core/text/emoji_data.h"

#include <cstddef>

// The assembler reads the file; a compiler would take seconds for an array of its size. The macro
// of its path is from CMakeLists.txt.
__asm__(
    ".pushsection .rodata\n"
    ".global guildhall_client_emoji\n"
    "guildhall_client_emoji:\n"
    ".incbin \"" GUILDHALL_EMOJI
    "\"\n"
    ".global guildhall_client_emoji_end\n"
    "guildhall_client_emoji_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char guildhall_client_emoji[];
extern const char guildhall_client_emoji_end[];
}

namespace guildhall::client::text {

std::string_view emoji_data() {
    return {guildhall_client_emoji,
            static_cast<std::size_t>(guildhall_client_emoji_end - guildhall_client_emoji)};
}

}  // namespace guildhall::client::text
