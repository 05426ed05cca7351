#pragma once
// Bounds of REST calls and why each is what it is. Plain values; any thread.

#include <QtGlobal>

namespace guildhall::client {

/// What tests may shorten; nobody else has a reason to.
struct RestLimits {
    /// Calls that wait or are under way: a person makes dozens, a page that opens a hundred.
    int calls_max = 1'000;
    /// A list of 1,000 members takes 1 MB; more than this is no answer but an attack.
    qint64 answer_bytes_max = 32ll << 20;
    /// No byte either way for so long: the line is dead. Covers the connection being made.
    int stall_ms = 30'000;
    /// Sent at most so often where the answer gets lost: once, and three repeats.
    int tries_max = 4;
    /// Nobody looks at a page for longer than this in hope: after it nothing is repeated.
    qint64 repeat_within_ms = 40'000;
    /// The first repeat waits half of this to all of it, the next twice as long, ...
    int backoff_ms = 600;
    /// A 429 that asks for more patience than this is the caller's to show.
    qint64 patience_ms = 30'000;
    /// 429 after 429: what waited in vain so often is given up.
    int limited_max = 5;
    /// Below the 50 a second that a node allows everybody.
    int calls_per_second = 45;
};

/// An answer above this is parsed on a thread of the pool, so that the window stays smooth.
inline constexpr qsizetype kParseAsideBytes = 64 * 1024;
/// A node takes ten files with a message.
inline constexpr std::size_t kUploadFilesMax = 10;
/// X-Audit-Log-Reason, characters.
inline constexpr int kReasonMax = 512;
/// Of an error of the node's, as shown: its text, its fields, the depth at which those stand.
inline constexpr int kErrorTextMax = 1'000, kErrorFieldsMax = 100, kErrorDepthMax = 16;

}  // namespace guildhall::client
