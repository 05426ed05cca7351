#pragma once
// Every bound of what nodes say to each other, each with its reason. docs/FEDERATION.md repeats the
// ones that a peer can see. Constants; any thread.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace guildhall::federation::limits {

using namespace std::chrono_literals;

// -- Frames ---------------------------------------------------------------------------------------

/// Entries of one append or range: a commit of the journal holds 128, a page of history 100; 512
/// keeps the hashing for one frame under a millisecond.
inline constexpr std::uint32_t kEntriesPerFrameMax = 512;
/// Places of one subscribe, subscribed or ack: the channels and threads of the largest guild.
inline constexpr std::uint32_t kCursorsPerFrameMax = 8192;
/// Hashes of one proof: twice the height of the highest tree.
inline constexpr std::uint32_t kProofHashesMax = 128;
/// Items of an ephemeral frame, which goes out every few milliseconds at most.
inline constexpr std::uint32_t kEphemeraPerFrameMax = 256;
/// Data of one blobPart: fits a record with its frame around it.
inline constexpr std::size_t kBlobPartBytesMax = 48 * 1024;

// -- Records --------------------------------------------------------------------------------------

/// Noise: a message, tag included.
inline constexpr std::size_t kRecordBytesMax = 65'535;
/// The authentication tag of a record.
inline constexpr std::size_t kRecordTagBytes = 16;
/// What a record adds to the part of a frame in it: length, tag, and the byte that says which
/// class.
inline constexpr std::size_t kRecordOverheadBytes = 2 + kRecordTagBytes + 1;
/// The largest part of a frame in one record.
inline constexpr std::size_t kRecordPartBytesMax = kRecordBytesMax - kRecordTagBytes - 1;
/// A frame of the link itself (hello, ping, pong, credit, goodbye), which costs no credit. A hello
/// with everything in it is the largest.
inline constexpr std::size_t kLinkFrameBytesMax = 4096;
/// Both sides call Rekey() after so many records of a direction: a stolen key opens at most these.
inline constexpr std::uint64_t kRekeyRecords = 1u << 20;

// -- Classes --------------------------------------------------------------------------------------

struct ClassLimits {
    /// Bytes of records that the sender may have under way and the receiver unconsumed.
    std::size_t credit;
    /// One frame: at most half the credit, so that there always is room for one to be finished.
    std::size_t frame;
    /// Bytes of frames that wait for credit or for the socket; then send() says full.
    std::size_t queue;
};
/// In the order of TrafficClass. Control carries small questions; live a commit with its proofs;
/// bulk pieces of snapshots and ranges; blob parts of files; ephemeral what may get lost.
inline constexpr std::array<ClassLimits, 5> kClasses{{
    {256u << 10, 128u << 10, 256u << 10},
    {1u << 20, 512u << 10, 1u << 20},
    {4u << 20, 1u << 20, 4u << 20},
    {4u << 20, 64u << 10, 4u << 20},
    {64u << 10, 32u << 10, 64u << 10},
}};
/// A receiver gives credit back in steps of this fraction of the class's credit.
inline constexpr std::size_t kGrantFraction = 8;
/// Bytes sealed ahead of the socket: what is sealed can no longer be overtaken by a higher class.
inline constexpr std::size_t kOutputBytes = 128u << 10;

// -- Handshake ------------------------------------------------------------------------------------

/// From the first byte to both hellos. Also what a peer that dribbles bytes is given.
inline constexpr std::chrono::nanoseconds kHandshakeTimeMax = 10s;
/// The identity in messages 2 and 3: a genesis and about 120 key events.
inline constexpr std::size_t kIdentityBytesMax = 48 * 1024;
/// Keys of a link: a new handshake after this.
inline constexpr std::chrono::nanoseconds kLinkAgeMax = 24h;
/// The side that was dialed asks later, so that both do not ask at once.
inline constexpr std::chrono::nanoseconds kLinkAgeSlack = 10min;

// -- Life -----------------------------------------------------------------------------------------

/// Silence after which a side asks whether the other lives: keeps the mappings of NATs, which last
/// 30 s at least, and costs an idle link 0.4 KiB/min.
inline constexpr std::chrono::nanoseconds kPingAfter = 20s;
/// Silence after which the other is dead: two pings went unanswered.
inline constexpr std::chrono::nanoseconds kDeadAfter = 60s;
/// Silence while an answer is awaited after which a side asks at once whether the other lives: most
/// answers take milliseconds, and one that takes longer costs a ping.
inline constexpr std::chrono::nanoseconds kDoubtAfter = 2s;
/// From that ping to the first byte of anything: ten round trips to the other side of the world, or
/// a full record over a slow line. Then the link is dead, as after a cable or a NAT lost it.
inline constexpr std::chrono::nanoseconds kProbeTime = 5s;
/// Bytes a second of the slowest line whose links are kept while they are busy: that ping gets as
/// much more time as what was sealed before it takes on such a line, 0.5 Mbit/s.
inline constexpr std::uint64_t kSlowLineBytes = 64 * 1024;
/// For what is queued when a link ends in order.
inline constexpr std::chrono::nanoseconds kDrainTimeMax = 5s;
/// Frames that cost no credit (pings, credits): a burst, and as many in a second. Enough for the
/// credits of 500 MB/s of live traffic; a flood of them is 4 % of a core.
inline constexpr std::uint32_t kFreeFramesMax = 4096;

// -- Hello ----------------------------------------------------------------------------------------

inline constexpr std::size_t kNodeNameBytesMax = 253;  ///< DNS.
inline constexpr std::size_t kSoftwareBytesMax = 64;   ///< For people.
inline constexpr std::size_t kEndpointsMax = 8;
inline constexpr std::size_t kEndpointBytesMax = 262;  ///< A name, a colon, a port.
inline constexpr std::size_t kFeaturesMax = 64;
inline constexpr std::size_t kGuildFormatsMax = 16;
/// Text of a problem: a sentence for people.
inline constexpr std::size_t kProblemTextBytesMax = 256;

// -- Guilds ---------------------------------------------------------------------------------------

/// Key logs of nodes and users that one guild's control log may bring: more nodes than a guild's
/// members are on; most logs are a genesis alone, 2 KiB in memory, so 128 MiB at the most.
inline constexpr std::size_t kGuildIdentitiesMax = 65'536;

// -- Policy ---------------------------------------------------------------------------------------

/// A new node is limited so long: enough for its neighbours' operators to look at it.
inline constexpr std::chrono::milliseconds kLimitedTime = 7 * 24h;
/// Strikes within kStrikeTime that quarantine a peer. Bad signatures do not happen by accident; a
/// few may come of a node that was restored from a backup.
inline constexpr std::size_t kStrikesMax = 5;
inline constexpr std::chrono::nanoseconds kStrikeTime = 1h;
inline constexpr std::chrono::milliseconds kQuarantineTime = 24h;
/// Buckets of remote users kept per peer: more at once than a node of this size has active.
inline constexpr std::size_t kUserBucketsMax = 10'000;
/// Places whose handshakes are counted; beyond them new places wait.
inline constexpr std::size_t kHandshakePlacesMax = 10'000;
/// Handshakes that may be unfinished at once: at 50 KiB each 25 MiB.
inline constexpr std::size_t kHandshakesUnfinishedMax = 512;

}  // namespace guildhall::federation::limits
