#pragma once
// Why a request failed or a link ended: the numbers of `problem` and `goodbye`. They never change
// their meaning; a number that a peer does not know is `general` to it. Plain values; any thread.

#include <cstdint>
#include <string_view>

namespace guildhall::federation {

enum class ProblemCode : std::uint16_t {
    none = 0,
    // -- Of a link, in goodbye ------------------------------------------------------------------
    general = 1,
    version = 2,      ///< No protocol version that both speak.
    malformed = 3,    ///< A record or frame that breaks the rules.
    forged = 4,       ///< A record that its key does not open: altered, replayed or out of order.
    overrun = 5,      ///< More bytes than there was credit for.
    timeout = 6,      ///< Handshake too slow, or silence.
    renew = 7,        ///< The keys are old: dial again.
    shutdown = 8,     ///< The node stops.
    self = 9,         ///< Dialed itself.
    wrong_peer = 10,  ///< Not the node that was dialed, or an identity that does not hold.
    duplicate = 11,   ///< The two already have a link that is kept.
    flood = 12,       ///< Too many frames that cost no credit.
    blocked = 13,     ///< The operator blocks this node.
    // -- Of a request, in problem ---------------------------------------------------------------
    unsupported = 32,    ///< A frame or field that the receiver does not know.
    not_found = 33,      ///< No such thing, or none that the asker may know of: never tells which.
    forbidden = 34,      ///< The asker may know of it and may not have it.
    rate_limited = 35,   ///< Too many; retryMs says when.
    quota = 36,          ///< No more room for this asker.
    held = 37,           ///< The node waits for its operator's decision about the asker.
    expired = 38,        ///< A command after its time.
    stale = 39,          ///< An origin's number below the window.
    conflict = 40,       ///< An origin's number that another command has.
    skew = 41,           ///< Clocks differ too much; nowMs is the receiver's.
    not_host = 42,       ///< Another node hosts the guild.
    frozen = 43,         ///< The guild's log contradicts itself here.
    diverged = 44,       ///< The asker's log is not a beginning of this one.
    bad_signature = 45,  ///< A signature, hash or proof that does not hold.
    busy = 46,           ///< Not now; retryMs says when.
};

/// A word for logs and metrics.
std::string_view name_of(ProblemCode code);
/// The peer broke the protocol: a strike against it (policy.h).
bool is_fault(ProblemCode code);

}  // namespace guildhall::federation
