#pragma once
// Incremental validation of UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above
// U+10FFFF). A plain value; any thread.

#include <cstdint>
#include <string_view>

namespace guildhall::base::ws {

class Utf8Validator {
  public:
    /// False as soon as no continuation can make the text valid; stays false.
    bool feed(std::string_view bytes);
    /// Whether the text may end here.
    bool is_complete() const { return valid_ && pending_ == 0; }

  private:
    /// The byte that begins a character, and one that continues it; false where it cannot.
    bool begin(std::uint8_t lead);
    bool go_on(std::uint8_t byte);

    std::uint8_t pending_ = 0;  // Continuation bytes still due.
    std::uint8_t low_ = 0x80;   // The range of the next one.
    std::uint8_t high_ = 0xbf;
    bool valid_ = true;
};

bool is_utf8(std::string_view text);

}  // namespace guildhall::base::ws
