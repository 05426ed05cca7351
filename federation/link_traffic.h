#pragma once
// The two directions of a link above its records: SendSide keeps frames in a bounded queue per
// class and cuts them into the parts that credit allows, highest class first; ReceiveSide holds the
// peer to the credit that it was given and puts parts together again. A part is the plaintext of a
// record: one byte that names the class and whether more follows, then bytes of a frame.
// Owner: a Link; one thread.

#include "federation/frame.h"
#include "federation/limits.h"

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace guildhall::federation {

/// The first byte of a part: a TrafficClass or kLinkPart in the low three bits.
inline constexpr std::uint8_t kPartClassMask = 0x07;
inline constexpr std::uint8_t kPartMore = 0x08;
/// Of the link itself: one record each, free of credit.
inline constexpr std::uint8_t kLinkPart = 5;

inline const limits::ClassLimits& limits_of(TrafficClass traffic_class) {
    return limits::kClasses[static_cast<std::size_t>(traffic_class)];
}

class SendSide {
  public:
    SendSide();

    /// Queues a frame's bytes; false when the class's queue has no room. Ephemeral frames make
    /// room by dropping the oldest that has not begun to be sent.
    bool push(TrafficClass traffic_class, std::string frame);
    /// The next part that may be sent now; nothing when all queues are empty or without credit.
    std::optional<std::string> next_part();
    bool has_part() const;
    /// The receiver gave room; false when that is more than it can have taken.
    bool add_credit(TrafficClass traffic_class, std::uint64_t bytes);
    void clear();

    bool empty() const;
    std::size_t room(TrafficClass traffic_class) const;
    std::size_t credit(TrafficClass traffic_class) const { return at(traffic_class).credit; }
    std::uint64_t dropped() const { return dropped_; }

  private:
    struct Queue {
        std::deque<std::string> frames;
        std::size_t bytes = 0;
        /// Bytes of the first frame that are sent.
        std::size_t sent = 0;
        std::size_t credit = 0;
    };
    Queue& at(TrafficClass c) { return queues_[static_cast<std::size_t>(c)]; }
    const Queue& at(TrafficClass c) const { return queues_[static_cast<std::size_t>(c)]; }
    static bool may_send(const Queue& queue);
    void drop_oldest(Queue& queue, std::size_t bytes_max, std::size_t incoming);

    std::array<Queue, kTrafficClasses> queues_;
    std::uint64_t dropped_ = 0;
};

class ReceiveSide {
  public:
    ReceiveSide();

    struct Whole {
        TrafficClass traffic_class;
        std::string frame;
        /// Credit that its records took: to be granted again when it is consumed.
        std::size_t cost;
    };
    struct Outcome {
        ProblemCode fault = ProblemCode::none;
        std::optional<Whole> whole;
    };
    /// One part of a class, as it arrived.
    Outcome take(ByteView part);

    /// The owner consumed bytes of a class; never more than it was handed.
    void consume(TrafficClass traffic_class, std::size_t bytes);
    /// The next credit to send, when enough has gathered.
    std::optional<frames::Credit> next_credit();
    bool has_credit() const;

  private:
    struct Window {
        /// What the peer may still send.
        std::size_t allowed = 0;
        /// Handed to the owner and not consumed.
        std::size_t held = 0;
        /// Consumed and not yet given back.
        std::size_t consumed = 0;
        std::string partial;
        std::size_t partial_cost = 0;
    };
    static bool due(const Window& window, TrafficClass traffic_class);

    std::array<Window, kTrafficClasses> windows_;
};

}  // namespace guildhall::federation
