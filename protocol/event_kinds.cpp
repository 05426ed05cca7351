#include "protocol/event_kinds.h"

#include "protocol/capnp_mapper.h"
#include "protocol/event.capnp.h"

#include <cstring>

namespace guildhall::protocol {
namespace {

thread_local const ForgetKind* forgotten = nullptr;

/// What the union of an event says; a struct that ends before it says 0.
EventKind kind_in(capnp::AnyStruct::Reader root) {
    static const std::size_t at =
        2 * std::size_t{
                capnp::Schema::from<wire::Event>().getProto().getStruct().getDiscriminantOffset()};
    const capnp::Data::Reader data = root.getDataSection();
    if (data.size() < at + 2) return 0;
    return static_cast<EventKind>(data[at] | data[at + 1] << 8);
}

}  // namespace

bool is_known(EventKind kind) {
    for (const ForgetKind* one = forgotten; one; one = one->outer_) {
        if (one->kind_ == kind) return false;
    }
    return kind < std::variant_size_v<Event>;
}

bool is_event_of(std::string_view bytes, EventKind kind) {
    if (bytes.empty() || bytes.size() % 8 != 0) return false;
    const std::size_t size = bytes.size() / 8;
    try {
        auto words = kj::heapArray<capnp::word>(size);
        std::memcpy(words.begin(), bytes.data(), bytes.size());
        const kj::ArrayPtr<const capnp::word> segment(words.begin(), size);
        // Everything is looked at once for its form, and the root once more for its kind.
        capnp::SegmentArrayMessageReader reader(
            kj::arrayPtr(&segment, 1),
            {.traversalLimitInWords = 2 * size + 64, .nestingLimit = 16});
        return reader.isCanonical() && kind_in(reader.getRoot<capnp::AnyStruct>()) == kind;
    } catch (const kj::Exception&) {
        return false;
    }
}

ForgetKind::ForgetKind(EventKind kind) : kind_(kind), outer_(forgotten) { forgotten = this; }
ForgetKind::~ForgetKind() { forgotten = outer_; }

}  // namespace guildhall::protocol
