#pragma once
// Compression by zlib, one-shot and bounded, and the pieces of the gateway's zlib-stream. Plain
// functions; any thread.

#include "node/base/task.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::base {

enum class Deflate { raw, zlib, gzip };

/// The whole of `data` compressed; `level` 1 (fast) to 9.
std::string deflate(std::string_view data, Deflate format, int level = 6);
/// The whole of `data` decompressed; an error when it is damaged, cut off, followed by more bytes,
/// or longer than `bytes_max`.
Result<std::string> inflate(std::string_view data, Deflate format, std::size_t bytes_max);

/// zlib-stream: every session's stream starts with the same two
/// bytes; then each message is a stored block with what is the session's own (`t`, `s`), and a
/// segment with what is everybody's: raw deflate without history, ended by a full flush, hence
/// valid at any byte boundary of any stream and always ending in 00 00 FF FF.
std::string_view zlib_stream_header();
std::string shared_segment(std::string_view data, int level = 6);
/// Appends `data` as stored blocks: five bytes of header for each 65,535.
void append_stored(std::string& out, std::string_view data);
/// Appends `data` as stored blocks and then an empty one, so that a message without a shared part
/// ends in 00 00 FF FF too.
void append_stored_message(std::string& out, std::string_view data);

}  // namespace guildhall::base
