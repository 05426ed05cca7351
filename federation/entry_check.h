#pragma once
// Whether an entry of a log may be believed beyond its place in the tree: that its event follows
// from the signed command of the remote user who is said to have done it, that nobody's name stands
// under what he did not ask for, that its ids are ones that this guild's host may make, and, as an
// audit, that the host was allowed to let it happen.
//
// What a host can do without a command: whatever its own users did, and what it decides as host
// (removing members, messages and reactions, changing what it stores of the guild). What it cannot:
// speak, react, join, ban or invite in the name of a user of another node.
//
// Pure; any thread. Everything borrows for the length of the call.

#include "federation/crypto.h"
#include "federation/entry.h"
#include "protocol/function.h"
#include "protocol/guild_state.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::federation {

/// A signed command, decoded: who asked for what. Made by CommandCall::facts().
struct CommandFacts {
    /// SHA-256 of the canonical header.
    Hash32 hash{};
    /// The canonical header, and the origin's signature over it.
    std::string_view header;
    Signature signature{};
    Hash32 guild_uid{};
    std::uint64_t epoch_min = 0;
    Hash32 origin_uid{};
    protocol::UserId actor;
    /// 0: not about one channel.
    std::uint64_t channel = 0;
    protocol::UnixMs expires_ms = 0;
    /// The body is salt ‖ ApiCall; it goes with the message that it made.
    bool has_body = false;
    std::string_view method, route, json;
    /// In the order of the route's pattern.
    std::span<const std::string> params;
    std::size_t files = 0;
};

enum class EntryVerdict : std::uint8_t {
    fine,
    /// Decided under a control log longer than ours: again when it came (row 13).
    wait,
    /// Nothing says that it is wrong, and what would prove it is not here: a dropped body, a
    /// message before an edit that we never held.
    unproven,
    /// The same of what a message says: an edit that its author's command does not say, of a
    /// message that is not held. Its place is believed, and its body is not kept.
    unsaid,
    /// No host makes such an entry.
    malformed,
    /// In the name of a user who did not ask for it: freezes the guild.
    forged,
    /// The user asked, and the host should have refused.
    escalation,
};

struct EntryFinding {
    EntryVerdict verdict = EntryVerdict::fine;
    /// For logs and people; without contents.
    std::string_view text;

    friend bool operator==(const EntryFinding&, const EntryFinding&) = default;
};

enum class OriginKey : std::uint8_t {
    /// The command's signature is by the key that its origin had then.
    valid,
    invalid,
    /// No identity of that origin stands in the control log.
    unknown,
};

enum class Lived : std::uint8_t { there, elsewhere, unknown };

/// The time of an entry that is older than the state it is held against: hosts change, and users
/// move, leave and come back.
class EntryThen {
  public:
    /// Whether the node may have hosted the guild.
    virtual bool hosted(std::string_view node) const = 0;
    /// Whether the user's account may have been on a node of which `at` says true.
    virtual Lived lived(protocol::UserId user,
                        protocol::FunctionRef<bool(std::string_view node)> at) const = 0;

  protected:
    ~EntryThen() = default;
};

struct EntryWorld {
    /// The guild after `control_seq` control entries, or later.
    const protocol::GuildState& state;
    Hash32 guild_uid{};
    /// Verifies the command's signature as of a size of the control log: GuildKeys::origin_key.
    protocol::FunctionRef<OriginKey(const CommandFacts&, std::uint64_t control_seq)> origin_key;
    /// Home node of a user who is no member in `state`: from what we know of accounts. Nothing:
    /// nobody knows.
    protocol::FunctionRef<std::optional<std::string>(protocol::UserId)> home_of_stranger;
    /// What an edit or a deletion of one message replaces, where it is held.
    const protocol::Message* before = nullptr;
    /// Its author's home signed it: wherever that is now, the host does not speak for it.
    bool is_before_signed = false;
    /// Another edit came between, whose body is gone: what differs may be that one's doing.
    bool is_before_stale = false;
    /// The newest message id in the channel before this entry; 0: none.
    std::uint64_t last_message = 0;
    /// Of the signed head under which the entry came.
    std::uint64_t epoch = 0;
    /// Null where `state` is that of the entry.
    const EntryThen* then = nullptr;
};

/// Kind, log and object of the header are the event's.
EntryFinding check_header(const EntryHeader& header, const protocol::Event& event);

/// The guild is this one for ever, and a member's home changes only by a move that its own key log
/// names.
EntryFinding check_subject(const EntryHeader& header,
                           const protocol::Event& event,
                           const EntryWorld& world);
/// The newest event of a user's key log, as the control log has it, names that home.
bool names_home(const protocol::Identity& identity, std::string_view home);

/// Row 17: not 0, below 2^63, tagged with the guild's uid, of the entry's time (5 minutes either
/// way), not in use, and for messages above all before in the channel.
EntryFinding check_ids(const EntryHeader& header,
                       const protocol::Event& event,
                       const EntryWorld& world);

/// Rows 1, 2, 4, 15, 20: the event follows from the command, or needs none. `command` is null where
/// the entry names none.
EntryFinding check_command(const EntryHeader& header,
                           const protocol::Event& event,
                           const CommandFacts* command,
                           const EntryWorld& world);

/// Row 13: the permission check of the host, again, for what `command`'s actor did. The state must
/// be exactly that at `control_seq`.
EntryFinding audit_entry(const EntryHeader& header,
                         const protocol::Event& event,
                         const CommandFacts& command,
                         const EntryWorld& world);

/// All of it but the audit, in that order; the first finding that is not fine. An entry whose body
/// was dropped (`event` null) is believed for its place in the tree.
EntryFinding check_entry(const EntryHeader& header,
                         const protocol::Event* event,
                         const CommandFacts* command,
                         const EntryWorld& world);

/// The same for what was made before this node followed the log: without what only the state of
/// that time could say (ids in use, who was a member). `state` is the newest, and `then` is set.
EntryFinding check_past_entry(const EntryHeader& header,
                              const protocol::Event* event,
                              const CommandFacts* command,
                              const EntryWorld& world);

/// The user in whose name an event stands; 0: the host's alone.
protocol::UserId actor_of(const protocol::Event& event);

}  // namespace guildhall::federation
