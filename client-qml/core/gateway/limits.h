#pragma once
// Bounds of the gateway connection and why each is what it is. Plain values; any thread.

#include <QtGlobal>

namespace guildhall::client {

/// One message of the gateway, inflated: a READY of 200 guilds takes about 15 MB.
inline constexpr qsizetype kMessageBytesMax = 64 << 20;
/// The same as it comes off the wire, deflated.
inline constexpr quint64 kFrameBytesMax = 16u << 20;

/// Handed to the GUI thread in one go: it draws between two of them.
inline constexpr qsizetype kBatchMax = 1'000;
/// What waits for a GUI thread that is busy: a minute and a half of 1,000 messages a second. Beyond
/// it the line is cut and resumed when the GUI thread has caught up, rather than growing.
inline constexpr qsizetype kPendingMax = 100'000;
inline constexpr qsizetype kPendingBytesMax = 32 << 20;

/// From the first byte to HELLO, and from IDENTIFY to READY, which may be long.
inline constexpr int kHelloMs = 20'000, kReadyMs = 60'000;
/// What a node may ask for: one that wants a heartbeat every millisecond gets one a second.
inline constexpr int kHeartbeatMsMin = 1'000, kHeartbeatMsMax = 600'000;
inline constexpr int kHeartbeatMs = 41'250;
/// After "try again" on an open line: answered by then, or it is dead.
inline constexpr int kProbeMs = 5'000;

/// Waits double from half a second to a minute; half of each is chance.
inline constexpr int kBackoffMs = 500, kBackoffMsMax = 60'000;
/// A connection that stood for so long was a good one: the next wait is the first again.
inline constexpr int kGoodMs = 10'000;
/// Broken lines after which a session is given up: what it replays may be what breaks them.
inline constexpr int kNonsenseMax = 3;

/// Below a node's 120 a minute, which heartbeats count towards as well.
inline constexpr int kSendsPerMinute = 110;
inline constexpr int kOutboxMax = 200;
/// A node closes the line on more than 15 KiB.
inline constexpr qsizetype kPayloadBytesMax = 15 * 1024;

}  // namespace guildhall::client
