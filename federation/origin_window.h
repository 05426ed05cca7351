#pragma once
// Which command numbers of one origin a guild has seen: each number once, within a window below the
// highest. A repeat of the same command is answered with its old receipt, another command under a
// used number is a contradiction. Owner: the guild's host, one per (guild, origin); one thread.

#include "federation/bytes.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace guildhall::federation {

/// Commands of one origin that may be under way at one time; more than a link's credit holds.
inline constexpr std::uint64_t kOriginWindow = 4096;

enum class OriginSeq : std::uint8_t {
    /// Not seen; may be run.
    fresh,
    /// Run before, the same command: answer with its receipt.
    repeat,
    /// The number was used for another command: evidence against the origin.
    conflict,
    /// Below the window (or 0): refused without knowing.
    stale,
};

class OriginWindow {
  public:
    /// What the number and the command's hash are to this window; changes nothing.
    OriginSeq look(std::uint64_t seq, const Hash32& command_hash) const;
    /// Notes a fresh one; of another only says what it is. The note must be stored in the
    /// transaction that stores the command's entries.
    OriginSeq accept(std::uint64_t seq, const Hash32& command_hash);

    /// The highest number seen; 0 before the first.
    std::uint64_t high() const { return high_; }
    std::size_t size() const { return seen_.size(); }

    /// version u8 ‖ high u64 ‖ n u16 ‖ n × (high − seq: u16 ‖ first 16 bytes of the hash),
    /// ascending.
    std::string serialise() const;
    static std::optional<OriginWindow> parse(ByteView bytes);

    friend bool operator==(const OriginWindow&, const OriginWindow&) = default;

  private:
    /// Half of a hash is enough to tell an origin's own commands apart: two of its commands that
    /// share it get one answer, which harms only the origin.
    using Mark = FixedBytes<16, struct CommandMarkTag>;
    struct Seen {
        std::uint64_t seq = 0;
        Mark mark{};

        friend bool operator==(const Seen&, const Seen&) = default;
    };

    std::uint64_t high_ = 0;
    /// Ascending by seq, all within the window.
    std::deque<Seen> seen_;
};

}  // namespace guildhall::federation
