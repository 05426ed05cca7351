// How a message is recognised when it arrives: its content starts with `~gh:` and two numbers in
// fixed-width hexadecimal, the message's number in this run and the time it was due.
// Owner: values. Thread: any.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

struct Marker {
    std::uint64_t number = 0;
    std::uint64_t due_ns = 0;
};

// The marker, then words up to `size` bytes. Different from message to message, so that no server
// gains by compressing or deduplicating.
std::string make_marked_content(const Marker& marker, std::size_t size);

// Words only.
std::string make_content(std::uint64_t number, std::size_t size);

// Looks at `hint` first and leaves there where the marker was: frames of one run hardly differ.
bool find_marker(std::string_view frame, std::size_t& hint, Marker& marker);

}  // namespace guildhall::bench
