#include "federation/origin_window.h"

#include <algorithm>

namespace guildhall::federation {

namespace {

constexpr std::uint8_t kVersion = 1;

template <class Mark>
Mark mark_of(const Hash32& hash) {
    Mark out;
    std::copy_n(hash.begin(), out.size(), out.begin());
    return out;
}

}  // namespace

OriginSeq OriginWindow::look(std::uint64_t seq, const Hash32& command_hash) const {
    if (seq == 0) return OriginSeq::stale;
    if (seq > high_) return OriginSeq::fresh;
    if (high_ - seq >= kOriginWindow) return OriginSeq::stale;
    const auto at = std::ranges::lower_bound(seen_, seq, {}, &Seen::seq);
    if (at == seen_.end() || at->seq != seq) return OriginSeq::fresh;
    return at->mark == mark_of<Mark>(command_hash) ? OriginSeq::repeat : OriginSeq::conflict;
}

OriginSeq OriginWindow::accept(std::uint64_t seq, const Hash32& command_hash) {
    const OriginSeq what = look(seq, command_hash);
    if (what != OriginSeq::fresh) return what;
    const auto at = std::ranges::lower_bound(seen_, seq, {}, &Seen::seq);
    seen_.insert(at, {seq, mark_of<Mark>(command_hash)});
    high_ = std::max(high_, seq);
    while (high_ - seen_.front().seq >= kOriginWindow) seen_.pop_front();
    return what;
}

std::string OriginWindow::serialise() const {
    ByteWriter out;
    out.put(kVersion).put(high_).put(static_cast<std::uint16_t>(seen_.size()));
    for (const Seen& seen : seen_) {
        out.put(static_cast<std::uint16_t>(high_ - seen.seq)).put(seen.mark);
    }
    return out.take();
}

std::optional<OriginWindow> OriginWindow::parse(ByteView bytes) {
    ByteReader in(bytes);
    const auto version = in.get<std::uint8_t>();
    OriginWindow out;
    out.high_ = in.get<std::uint64_t>();
    const auto count = in.get<std::uint16_t>();
    if (version != kVersion || count > kOriginWindow) return std::nullopt;
    std::uint64_t last = 0;
    for (int i = 0; i < count; ++i) {
        const auto below = in.get<std::uint16_t>();
        const auto mark = in.get<Mark>();
        if (in.failed() || below >= kOriginWindow || below >= out.high_) return std::nullopt;
        const std::uint64_t seq = out.high_ - below;
        if (seq <= last) return std::nullopt;
        out.seen_.push_back({seq, mark});
        last = seq;
    }
    // The highest is always among them; nothing is seen only while there is no highest.
    if (!in.done() || last != out.high_) return std::nullopt;
    return out;
}

}  // namespace guildhall::federation
