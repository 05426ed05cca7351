#pragma once
// Bounds of the gateway that are ours, each with its reason; those of the API are in
// protocol/limits.h. Constants.

#include <chrono>
#include <cstddef>

namespace guildhall::gateway::limits {

/// A client's own socket may lose a Hello that comes in one read with the 101 (measured).
inline constexpr std::chrono::milliseconds kHelloDelay{20};
/// From the upgrade to an IDENTIFY or RESUME that succeeded.
inline constexpr std::chrono::seconds kIdentifyTimeout{30};
/// How long a session without a connection waits for its RESUME, also across a restart.
inline constexpr std::chrono::minutes kResumeWindow{5};
/// A user is shown online this long after the last connection was lost: a RESUME is usually faster.
inline constexpr std::chrono::seconds kAwayAfter{10};
/// How often deadlines are looked at and sessions saved in part.
inline constexpr std::chrono::seconds kSweepInterval{1};
/// Sessions that changed are saved about this often.
inline constexpr std::chrono::seconds kSaveInterval{5};
/// Dispatches a session can be given again: 8 bytes each, and what a client misses in some
/// seconds of a very busy guild or in minutes of a normal one.
inline constexpr std::size_t kRingMax = 2048;
/// Dispatches whose place is written down every few seconds, and at a clean stop. After a crash
/// only a client that had received all but these can go on, so few are enough.
inline constexpr std::size_t kSavedRingMax = 64;
inline constexpr std::size_t kFinalRingMax = kRingMax;
/// Sessions written in one transaction of the periodic save; keeps its batch short.
inline constexpr std::size_t kSessionsPerSave = 256;
/// Bodies that a shard keeps so that RESUME need not read the log.
inline constexpr std::size_t kHotBytesMax = 16u << 20;
/// Bytes that may wait in a connection before something long (READY's guilds, a replay, member
/// chunks) pauses until the socket has drained. Below the connection's own limit of 256 KiB.
inline constexpr std::size_t kPumpBytes = 64u << 10;
/// Bytes that may wait in a connection before its dispatches wait in the ring and follow as the
/// socket drains: what a mirror catches up with, or a slow disk lets go at once, is more than a
/// client reads in a moment. The connection's own limit leaves as much to what is no dispatch.
inline constexpr std::size_t kBehindBytes = 128u << 10;
/// What IDENTIFYs and pumps compose in one turn, all sessions together.
inline constexpr std::size_t kTurnBytes = 256u << 10;
/// Sessions of one user or bot on one shard; a load test's thousand fit.
inline constexpr std::size_t kSessionsPerUserMax = 4096;
/// Presence changes are told this often: many changes of one user cost one event.
inline constexpr std::chrono::milliseconds kPresenceTick{200};
/// Users are told of presences in guilds up to this size, or of those they subscribed to.
inline constexpr std::size_t kPresenceMembersMax = 250;
/// Activities of one presence, and their JSON text: a client's frame is 15 KiB anyway.
inline constexpr std::size_t kActivitiesMax = 20;
inline constexpr std::size_t kActivitiesBytesMax = 8u << 10;
/// Guilds of one op 8 or op 37 and ranges of one channel: what a client's window shows.
inline constexpr std::size_t kSubscriptionGuildsMax = 200;
inline constexpr std::size_t kRangesMax = 5;
inline constexpr std::size_t kRangeItemsMax = 100;
/// Member requests of one session under way; each holds a guild snapshot.
inline constexpr std::size_t kPumpsMax = 8;
/// A payload of this size is compressed for clients that asked for `compress`.
inline constexpr std::size_t kCompressBytesMin = 1024;
/// Entries read from the logs for one RESUME; more is told as an invalid session.
inline constexpr std::size_t kReplayEntriesMax = 4096;
/// Entries of a guild's control and admin logs from which its state at a stop is made again: a few
/// tenths of a second of a reader, once for all sessions of a shard. About as many members and
/// changes as a guild of ten thousand has; where a larger one changed rights, sessions begin anew.
inline constexpr std::uint64_t kPastEntriesMax = 32'768;
/// Such states that a shard keeps while sessions resume.
inline constexpr std::size_t kPastsMax = 32;
/// Full member requests of one guild by one session.
inline constexpr std::chrono::seconds kFullMembersWindow{30};
/// Members that a search or a list looks at, sorts or merges in one turn: about a millisecond.
inline constexpr std::size_t kMembersPerStep = 4096;
/// What each of them counts for among the bytes that a turn composes: four steps a turn.
inline constexpr std::size_t kSearchBytesPerMember = kTurnBytes / 4 / kMembersPerStep;
/// Members that searches and lists of one session look at within a window: four requests in a
/// guild of 50,000, more than anybody makes in one of 1,000. A larger guild is looked at once.
inline constexpr std::size_t kMembersWorkMax = 200'000;
inline constexpr std::chrono::seconds kMembersWorkWindow{5};
/// Channels with more members list only who is online; the lists of such guilds are kept for a
/// window. A list holds a guild's snapshot and 8 bytes for each member.
inline constexpr std::size_t kListedOfflineMax = 4 * kPresenceMembersMax;
inline constexpr std::size_t kMemberListsMax = 64;

}  // namespace guildhall::gateway::limits
