#pragma once
// UTF-8: validity, length in code points, trimming. Lengths of the API count code points; text is
// kept as it came (no normalisation, bidirectional controls are data). Pure functions; any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::protocol {

/// Whether `text` is well-formed UTF-8: no overlong forms, surrogates or values past U+10FFFF.
bool is_valid_utf8(std::string_view text);

/// The number of code points of valid UTF-8.
std::size_t code_points(std::string_view text);

/// Whether valid UTF-8 has at most `max` code points; looks no further than it must.
bool fits(std::string_view text, std::size_t max);

/// The first `max` code points of valid UTF-8.
std::string_view first_code_points(std::string_view text, std::size_t max);

/// Without leading and trailing white space, the non-ASCII kinds included.
std::string_view trim(std::string_view text);

/// Decodes the code point at `at` of valid UTF-8 and moves `at` behind it.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_code_point(std::string& out, char32_t c);

/// Unicode white space that trim() takes away.
bool is_space(char32_t c);

}  // namespace guildhall::protocol
