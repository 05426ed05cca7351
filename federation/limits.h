#pragma once
// Every bound of what nodes say to each other, each with its reason. docs/FEDERATION.md repeats the
// ones that a peer can see. Constants; any thread.

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
/// Key events in one keyLog: what key_log.h takes.
inline constexpr std::uint32_t kKeyEventsPerFrameMax = 256;

// -- Records --------------------------------------------------------------------------------------

/// Noise: a message, tag included.
inline constexpr std::size_t kRecordBytesMax = 65'535;
/// The authentication tag of a record.
inline constexpr std::size_t kRecordTagBytes = 16;
/// Both sides call Rekey() after so many records of a direction: a stolen key opens at most these.
inline constexpr std::uint64_t kRekeyRecords = 1u << 20;

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
/// For what is queued when a link ends in order.
inline constexpr std::chrono::nanoseconds kDrainTimeMax = 5s;
/// Frames that cost no credit (pings, credits): a burst and as many in a second. A busy link in
/// both directions needs a tenth of it.
inline constexpr std::uint32_t kFreeFramesMax = 1024;

// -- Hello ----------------------------------------------------------------------------------------

inline constexpr std::size_t kNodeNameBytesMax = 253;  ///< DNS.
inline constexpr std::size_t kSoftwareBytesMax = 64;   ///< For people.
inline constexpr std::size_t kEndpointsMax = 8;
inline constexpr std::size_t kEndpointBytesMax = 262;  ///< A name, a colon, a port.
inline constexpr std::size_t kFeaturesMax = 64;
inline constexpr std::size_t kGuildFormatsMax = 16;
/// Text of a problem: a sentence for people.
inline constexpr std::size_t kProblemTextBytesMax = 256;

}  // namespace guildhall::federation::limits
