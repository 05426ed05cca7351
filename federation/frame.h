#pragma once
// Frames: what nodes say to each other, as C++ values. protocol/federation.capnp is their wire form
// and manual; the members here have its names. decode_frame() takes hostile bytes: it allocates no
// more than they are long, follows nothing twice, and refuses lists, hashes and signatures of other
// sizes than the schema's comments say. Plain values and pure functions; any thread.

#include "federation/bytes.h"
#include "federation/problem.h"
#include "protocol/result.h"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace guildhall::federation {

/// What shares a link, in order of priority; each has its own credit.
enum class TrafficClass : std::uint8_t { control, live, bulk, blob, ephemeral };
inline constexpr std::size_t kTrafficClasses = 5;
std::string_view name_of(TrafficClass traffic_class);

using BootId = FixedBytes<16, struct BootIdTag>;

/// The structs of the schema. In a namespace of their own, for some share their names with what
/// they carry.
namespace frames {

struct Hello {
    std::uint16_t protoMin = 0;
    std::uint16_t protoMax = 0;
    std::vector<std::uint16_t> features;
    std::vector<std::uint16_t> guildFormats;
    std::string name;
    std::string software;
    std::int64_t nowMs = 0;
    BootId bootId{};
    std::vector<std::string> endpoints;
    friend bool operator==(const Hello&, const Hello&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Hello,
    (),
    (protoMin, protoMax, features, guildFormats, name, software, nowMs, bootId, endpoints))

struct Ping {
    std::uint64_t value = 0;
    friend bool operator==(const Ping&, const Ping&) = default;
};
BOOST_DESCRIBE_STRUCT(Ping, (), (value))

struct Credit {
    TrafficClass trafficClass = TrafficClass::control;
    std::uint64_t bytes = 0;
    friend bool operator==(const Credit&, const Credit&) = default;
};
BOOST_DESCRIBE_STRUCT(Credit, (), (trafficClass, bytes))

struct Problem {
    ProblemCode code = ProblemCode::none;
    std::string text;
    std::uint32_t retryMs = 0;
    std::int64_t nowMs = 0;
    friend bool operator==(const Problem&, const Problem&) = default;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, text, retryMs, nowMs))

struct KeyLogGet {
    Hash32 uid{};
    friend bool operator==(const KeyLogGet&, const KeyLogGet&) = default;
};
BOOST_DESCRIBE_STRUCT(KeyLogGet, (), (uid))

struct KeyLog {
    std::string genesis;
    std::vector<std::string> events;
    std::string name;
    std::vector<std::string> endpoints;
    friend bool operator==(const KeyLog&, const KeyLog&) = default;
};
BOOST_DESCRIBE_STRUCT(KeyLog, (), (genesis, events, name, endpoints))

struct InviteGet {
    std::string code;
    friend bool operator==(const InviteGet&, const InviteGet&) = default;
};
BOOST_DESCRIBE_STRUCT(InviteGet, (), (code))

struct InviteInfo {
    std::string code;
    std::string genesis;
    std::uint64_t guildId = 0;
    std::string json;
    Hash32 hostUid{};
    std::vector<std::string> hosting;
    friend bool operator==(const InviteInfo&, const InviteInfo&) = default;
};
BOOST_DESCRIBE_STRUCT(InviteInfo, (), (code, genesis, guildId, json, hostUid, hosting))

struct GuildRef {
    Hash32 guildUid{};
    std::uint8_t reason = 0;
    friend bool operator==(const GuildRef&, const GuildRef&) = default;
};
BOOST_DESCRIBE_STRUCT(GuildRef, (), (guildUid, reason))

struct Cursor {
    std::uint64_t logId = 0;
    std::uint64_t size = 0;
    Hash32 root{};
    friend bool operator==(const Cursor&, const Cursor&) = default;
};
BOOST_DESCRIBE_STRUCT(Cursor, (), (logId, size, root))

struct Subscribe {
    Hash32 guildUid{};
    std::uint64_t epoch = 0;
    std::vector<Cursor> have;
    friend bool operator==(const Subscribe&, const Subscribe&) = default;
};
BOOST_DESCRIBE_STRUCT(Subscribe, (), (guildUid, epoch, have))

struct Subscribed {
    Hash32 guildUid{};
    std::uint64_t epoch = 0;
    std::vector<Cursor> logs;
    std::vector<std::uint64_t> diverged;
    std::vector<std::string> hosting;
    friend bool operator==(const Subscribed&, const Subscribed&) = default;
};
BOOST_DESCRIBE_STRUCT(Subscribed, (), (guildUid, epoch, logs, diverged, hosting))

struct SnapshotGet {
    Hash32 guildUid{};
    friend bool operator==(const SnapshotGet&, const SnapshotGet&) = default;
};
BOOST_DESCRIBE_STRUCT(SnapshotGet, (), (guildUid))

struct Snapshot {
    Hash32 guildUid{};
    std::uint64_t controlSize = 0;
    std::string controlHead;
    std::string frontier;
    std::uint32_t piece = 0;
    std::uint32_t pieces = 0;
    std::string genesis;
    std::string guild;
    std::vector<std::string> roles;
    std::vector<std::string> channels;
    std::vector<std::string> members;
    std::vector<std::string> commands;
    std::string hosting;
    std::vector<std::string> identities;
    std::uint64_t memberCount = 0;
    std::vector<std::string> nodeBans;
    std::uint32_t basePieces = 0;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};
BOOST_DESCRIBE_STRUCT(Snapshot,
                      (),
                      (guildUid,
                       controlSize,
                       controlHead,
                       frontier,
                       piece,
                       pieces,
                       genesis,
                       guild,
                       roles,
                       channels,
                       members,
                       commands,
                       hosting,
                       identities,
                       memberCount,
                       nodeBans,
                       basePieces))

struct Entry {
    std::string header;
    std::string body;
    std::string command;
    friend bool operator==(const Entry&, const Entry&) = default;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (header, body, command))

struct Append {
    Hash32 guildUid{};
    std::uint64_t logId = 0;
    std::uint64_t firstSeq = 0;
    std::vector<Entry> entries;
    std::string head;
    std::vector<Hash32> consistency;
    std::string frontier;
    std::vector<Hash32> base;
    friend bool operator==(const Append&, const Append&) = default;
};
BOOST_DESCRIBE_STRUCT(Append,
                      (),
                      (guildUid, logId, firstSeq, entries, head, consistency, frontier, base))

struct Ack {
    Hash32 guildUid{};
    std::vector<Cursor> at;
    std::string cosignature;
    friend bool operator==(const Ack&, const Ack&) = default;
};
BOOST_DESCRIBE_STRUCT(Ack, (), (guildUid, at, cosignature))

struct RangeGet {
    Hash32 guildUid{};
    std::uint64_t logId = 0;
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t headSize = 0;
    friend bool operator==(const RangeGet&, const RangeGet&) = default;
};
BOOST_DESCRIBE_STRUCT(RangeGet, (), (guildUid, logId, from, to, headSize))

struct Range {
    Hash32 guildUid{};
    std::uint64_t logId = 0;
    std::uint64_t from = 0;
    std::vector<Entry> entries;
    std::vector<Hash32> left;
    std::vector<Hash32> right;
    std::uint64_t headSize = 0;
    friend bool operator==(const Range&, const Range&) = default;
};
BOOST_DESCRIBE_STRUCT(Range, (), (guildUid, logId, from, entries, left, right, headSize))

struct Heads {
    Hash32 guildUid{};
    std::vector<std::string> heads;
    friend bool operator==(const Heads&, const Heads&) = default;
};
BOOST_DESCRIBE_STRUCT(Heads, (), (guildUid, heads))

struct CommandFrame {
    std::string header;
    Signature signature{};
    std::string body;
    std::vector<std::string> deviceSignatures;
    bool logged = false;
    friend bool operator==(const CommandFrame&, const CommandFrame&) = default;
};
BOOST_DESCRIBE_STRUCT(CommandFrame, (), (header, signature, body, deviceSignatures, logged))

struct File {
    std::string field;
    std::string filename;
    Hash32 hash{};
    std::uint64_t size = 0;
    friend bool operator==(const File&, const File&) = default;
};
BOOST_DESCRIBE_STRUCT(File, (), (field, filename, hash, size))

struct ApiCall {
    std::string method;
    std::string route;
    std::vector<std::string> params;
    std::string query;
    std::string json;
    std::string reason;
    std::vector<File> files;
    std::uint8_t version = 0;
    std::vector<std::string> keyLog;
    std::string profile;
    friend bool operator==(const ApiCall&, const ApiCall&) = default;
};
BOOST_DESCRIBE_STRUCT(ApiCall,
                      (),
                      (method, route, params, query, json, reason, files, version, keyLog, profile))

struct CommandResult {
    std::uint16_t status = 0;
    std::string json;
    std::string receipt;
    std::uint32_t retryMs = 0;
    friend bool operator==(const CommandResult&, const CommandResult&) = default;
};
BOOST_DESCRIBE_STRUCT(CommandResult, (), (status, json, receipt, retryMs))

struct Ephemeral {
    Hash32 guildUid{};
    std::uint8_t kind = 0;
    std::uint64_t channelId = 0;
    std::uint64_t userId = 0;
    std::int64_t tsMs = 0;
    std::string status;
    std::string activities;
    std::string clientStatus;
    friend bool operator==(const Ephemeral&, const Ephemeral&) = default;
};
BOOST_DESCRIBE_STRUCT(Ephemeral,
                      (),
                      (guildUid, kind, channelId, userId, tsMs, status, activities, clientStatus))

struct Ephemerals {
    std::vector<Ephemeral> items;
    friend bool operator==(const Ephemerals&, const Ephemerals&) = default;
};
BOOST_DESCRIBE_STRUCT(Ephemerals, (), (items))

struct Interest {
    Hash32 guildUid{};
    bool typing = false;
    bool presence = false;
    friend bool operator==(const Interest&, const Interest&) = default;
};
BOOST_DESCRIBE_STRUCT(Interest, (), (guildUid, typing, presence))

struct BlobGet {
    std::optional<Hash32> hash;
    Hash32 guildUid{};
    std::uint64_t channelId = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::string image;
    friend bool operator==(const BlobGet&, const BlobGet&) = default;
};
BOOST_DESCRIBE_STRUCT(BlobGet, (), (hash, guildUid, channelId, offset, length, image))

struct BlobPart {
    std::optional<Hash32> hash;
    std::uint64_t offset = 0;
    std::string data;
    bool last = false;
    std::uint64_t total = 0;
    friend bool operator==(const BlobPart&, const BlobPart&) = default;
};
BOOST_DESCRIBE_STRUCT(BlobPart, (), (hash, offset, data, last, total))

struct BlobPut {
    Hash32 hash{};
    std::uint64_t size = 0;
    Hash32 guildUid{};
    std::uint64_t channelId = 0;
    std::uint64_t userId = 0;
    friend bool operator==(const BlobPut&, const BlobPut&) = default;
};
BOOST_DESCRIBE_STRUCT(BlobPut, (), (hash, size, guildUid, channelId, userId))

struct BlobState {
    Hash32 hash{};
    bool have = false;
    friend bool operator==(const BlobState&, const BlobState&) = default;
};
BOOST_DESCRIBE_STRUCT(BlobState, (), (hash, have))

struct ProfileGet {
    std::vector<std::uint64_t> userIds;
    friend bool operator==(const ProfileGet&, const ProfileGet&) = default;
};
BOOST_DESCRIBE_STRUCT(ProfileGet, (), (userIds))

struct Profiles {
    std::vector<std::string> profiles;
    friend bool operator==(const Profiles&, const Profiles&) = default;
};
BOOST_DESCRIBE_STRUCT(Profiles, (), (profiles))

struct Dispatch {
    Hash32 guildUid{};
    std::uint64_t userId = 0;
    std::string name;
    std::string json;
    std::uint64_t channelId = 0;
    std::vector<File> files;
    friend bool operator==(const Dispatch&, const Dispatch&) = default;
};
BOOST_DESCRIBE_STRUCT(Dispatch, (), (guildUid, userId, name, json, channelId, files))

struct Hosting {
    Hash32 guildUid{};
    std::vector<std::string> certificates;
    friend bool operator==(const Hosting&, const Hosting&) = default;
};
BOOST_DESCRIBE_STRUCT(Hosting, (), (guildUid, certificates))

struct Vote {
    Hash32 guildUid{};
    std::string vote;
    friend bool operator==(const Vote&, const Vote&) = default;
};
BOOST_DESCRIBE_STRUCT(Vote, (), (guildUid, vote))

struct ApplicationGet {
    std::uint64_t applicationId = 0;
    friend bool operator==(const ApplicationGet&, const ApplicationGet&) = default;
};
BOOST_DESCRIBE_STRUCT(ApplicationGet, (), (applicationId))

struct Application {
    std::uint64_t applicationId = 0;
    std::string name, description, icon;
    std::uint64_t flags = 0;
    bool botPublic = false;
    std::string termsUrl, privacyUrl;
    std::vector<std::string> commands;
    friend bool operator==(const Application&, const Application&) = default;
};
BOOST_DESCRIBE_STRUCT(
    Application,
    (),
    (applicationId, name, description, icon, flags, botPublic, termsUrl, privacyUrl, commands))

struct Evidence {
    Hash32 guildUid{};
    std::string evidence;
    friend bool operator==(const Evidence&, const Evidence&) = default;
};
BOOST_DESCRIBE_STRUCT(Evidence, (), (guildUid, evidence))

// Members of the union that share a struct there; here each has a type, so that visiting tells them
// apart.
struct Pong : Ping {
    friend bool operator==(const Pong&, const Pong&) = default;
};
struct Goodbye : Problem {
    friend bool operator==(const Goodbye&, const Goodbye&) = default;
};
struct Unsubscribe : GuildRef {
    friend bool operator==(const Unsubscribe&, const Unsubscribe&) = default;
};
struct Purge : GuildRef {
    friend bool operator==(const Purge&, const Purge&) = default;
};
/// A member of the union that this version does not know.
struct Unknown {
    friend bool operator==(const Unknown&, const Unknown&) = default;
};

}  // namespace frames

/// In the order of the union there; Unknown is ours and last.
using FrameBody = std::variant<frames::Hello,
                               frames::Ping,
                               frames::Pong,
                               frames::Credit,
                               frames::Goodbye,
                               frames::Problem,
                               frames::KeyLogGet,
                               frames::KeyLog,
                               frames::InviteGet,
                               frames::InviteInfo,
                               frames::Subscribe,
                               frames::Subscribed,
                               frames::Unsubscribe,
                               frames::SnapshotGet,
                               frames::Snapshot,
                               frames::Append,
                               frames::Ack,
                               frames::RangeGet,
                               frames::Range,
                               frames::Heads,
                               frames::CommandFrame,
                               frames::CommandResult,
                               frames::Ephemerals,
                               frames::Interest,
                               frames::BlobGet,
                               frames::BlobPart,
                               frames::BlobPut,
                               frames::BlobState,
                               frames::ProfileGet,
                               frames::Profiles,
                               frames::Dispatch,
                               frames::Hosting,
                               frames::Vote,
                               frames::Evidence,
                               frames::Purge,
                               frames::ApplicationGet,
                               frames::Application,
                               frames::Unknown>;

struct Frame {
    /// Pairs an answer with its request; 0 when none is expected.
    std::uint64_t id = 0;
    FrameBody body;

    friend bool operator==(const Frame&, const Frame&) = default;
};

using frames::ApiCall;
using frames::Append;
using frames::CommandFrame;
using frames::CommandResult;
using frames::Cursor;
using frames::Entry;
using frames::Hello;
using frames::Problem;
using frames::Range;

/// The frame's bytes, segment table included.
std::string encode(const Frame& frame);
/// An error for what is no frame; Unknown for a member of the union of a later version.
protocol::Result<Frame> decode_frame(ByteView bytes);

TrafficClass class_of(const FrameBody& body);
inline TrafficClass class_of(const Frame& frame) { return class_of(frame.body); }
/// The union member's name, for logs and metrics.
std::string_view name_of(const FrameBody& body);

/// The call in a command's body, canonical and without a segment table.
std::string encode(const ApiCall& call);
protocol::Result<ApiCall> decode_api_call(ByteView bytes);

}  // namespace guildhall::federation
