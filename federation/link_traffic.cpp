#include "federation/link_traffic.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

namespace {

/// A part of a frame smaller than this is not worth a record: better to wait for more credit.
constexpr std::size_t kPartBytesMin = 1024;

constexpr std::array<TrafficClass, kTrafficClasses> kByPriority{TrafficClass::control,
                                                                TrafficClass::live,
                                                                TrafficClass::bulk,
                                                                TrafficClass::blob,
                                                                TrafficClass::ephemeral};

}  // namespace

SendSide::SendSide() {
    for (TrafficClass c : kByPriority) at(c).credit = limits_of(c).credit;
}

bool SendSide::push(TrafficClass traffic_class, std::string frame) {
    Queue& queue = at(traffic_class);
    const std::size_t bytes_max = limits_of(traffic_class).queue;
    if (traffic_class == TrafficClass::ephemeral) drop_oldest(queue, bytes_max, frame.size());
    if (queue.bytes + frame.size() > bytes_max) return false;
    queue.bytes += frame.size();
    queue.frames.push_back(std::move(frame));
    return true;
}

void SendSide::drop_oldest(Queue& queue, std::size_t bytes_max, std::size_t incoming) {
    while (queue.bytes + incoming > bytes_max) {
        const std::size_t oldest = queue.sent > 0 ? 1 : 0;
        if (queue.frames.size() <= oldest) return;
        const auto victim = queue.frames.begin() + static_cast<std::ptrdiff_t>(oldest);
        queue.bytes -= victim->size();
        queue.frames.erase(victim);
        ++dropped_;
    }
}

bool SendSide::may_send(const Queue& queue) {
    if (queue.frames.empty()) return false;
    const std::size_t left = queue.frames.front().size() - queue.sent;
    return queue.credit >= std::min(left, kPartBytesMin) + limits::kRecordOverheadBytes;
}

bool SendSide::has_part() const {
    return std::any_of(queues_.begin(), queues_.end(), &SendSide::may_send);
}

std::optional<std::string> SendSide::next_part() {
    for (TrafficClass c : kByPriority) {
        Queue& queue = at(c);
        if (!may_send(queue)) continue;
        const std::string& frame = queue.frames.front();
        const std::size_t size = std::min({frame.size() - queue.sent,
                                           limits::kRecordPartBytesMax,
                                           queue.credit - limits::kRecordOverheadBytes});
        const bool more = queue.sent + size < frame.size();
        std::string part;
        part.reserve(1 + size);
        part.push_back(static_cast<char>(static_cast<std::uint8_t>(c) | (more ? kPartMore : 0)));
        part.append(frame, queue.sent, size);
        queue.credit -= size + limits::kRecordOverheadBytes;
        queue.sent += size;
        if (!more) {
            queue.bytes -= frame.size();
            queue.sent = 0;
            queue.frames.pop_front();
        }
        return part;
    }
    return std::nullopt;
}

bool SendSide::add_credit(TrafficClass traffic_class, std::uint64_t bytes) {
    Queue& queue = at(traffic_class);
    if (bytes > limits_of(traffic_class).credit - queue.credit) return false;
    queue.credit += static_cast<std::size_t>(bytes);
    return true;
}

void SendSide::clear() {
    for (Queue& queue : queues_) {
        queue.frames.clear();
        queue.bytes = queue.sent = 0;
    }
}

bool SendSide::empty() const {
    return std::all_of(
        queues_.begin(), queues_.end(), [](const Queue& queue) { return queue.frames.empty(); });
}

std::size_t SendSide::room(TrafficClass traffic_class) const {
    return limits_of(traffic_class).queue - at(traffic_class).bytes;
}

ReceiveSide::ReceiveSide() {
    for (TrafficClass c : kByPriority) {
        windows_[static_cast<std::size_t>(c)].allowed = limits_of(c).credit;
    }
}

ReceiveSide::Outcome ReceiveSide::take(ByteView part) {
    CHECK(!part.empty());
    const std::uint8_t head = part[0];
    const std::uint8_t number = head & kPartClassMask;
    if ((head & ~(kPartClassMask | kPartMore)) != 0 || number >= kTrafficClasses ||
        part.size() < 2) {
        return {ProblemCode::malformed, std::nullopt};
    }
    const auto traffic_class = static_cast<TrafficClass>(number);
    Window& window = windows_[number];
    const std::size_t cost = part.size() - 1 + limits::kRecordOverheadBytes;
    if (cost > window.allowed) return {ProblemCode::overrun, std::nullopt};
    window.allowed -= cost;
    const std::string_view bytes = part.text().substr(1);
    if (window.partial.size() + bytes.size() > limits_of(traffic_class).frame) {
        return {ProblemCode::malformed, std::nullopt};
    }
    window.partial.append(bytes);
    window.partial_cost += cost;
    if ((head & kPartMore) != 0) return {};
    window.held += window.partial_cost;
    return {ProblemCode::none,
            Whole{traffic_class,
                  std::exchange(window.partial, {}),
                  std::exchange(window.partial_cost, 0)}};
}

void ReceiveSide::consume(TrafficClass traffic_class, std::size_t bytes) {
    Window& window = windows_[static_cast<std::size_t>(traffic_class)];
    bytes = std::min(bytes, window.held);
    window.held -= bytes;
    window.consumed += bytes;
}

bool ReceiveSide::due(const Window& window, TrafficClass traffic_class) {
    return window.consumed >= limits_of(traffic_class).credit / limits::kGrantFraction;
}

bool ReceiveSide::has_credit() const {
    return std::any_of(kByPriority.begin(), kByPriority.end(), [&](TrafficClass c) {
        return due(windows_[static_cast<std::size_t>(c)], c);
    });
}

std::optional<frames::Credit> ReceiveSide::next_credit() {
    for (TrafficClass c : kByPriority) {
        Window& window = windows_[static_cast<std::size_t>(c)];
        if (!due(window, c)) continue;
        const std::size_t bytes = std::exchange(window.consumed, 0);
        window.allowed += bytes;
        return frames::Credit{c, bytes};
    }
    return std::nullopt;
}

}  // namespace guildhall::federation
