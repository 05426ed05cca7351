// Frames through the generic mapper of protocol/capnp_mapper.h; the hot ones (append, ack, command)
// by typed accessors. The one thing that Cap'n Proto is not trusted with is the segment table:
// 0.9.2 takes a first word of FFFFFFFF for an empty message.
#include "federation/frame.h"

#include "federation/limits.h"
#include "protocol/capnp_mapper.h"
#include "protocol/federation.capnp.h"

#include <stdexcept>
#include <utility>

namespace guildhall::protocol::capnp_map {

namespace frames = guildhall::federation::frames;
namespace limits = guildhall::federation::limits;

template <>
inline constexpr std::uint32_t kListItemsMax<frames::Entry> = limits::kEntriesPerFrameMax;
template <>
inline constexpr std::uint32_t kListItemsMax<frames::Cursor> = limits::kCursorsPerFrameMax;
template <>
inline constexpr std::uint32_t kListItemsMax<guildhall::federation::Hash32> =
    limits::kProofHashesMax;
template <>
inline constexpr std::uint32_t kListItemsMax<frames::Ephemeral> = limits::kEphemeraPerFrameMax;

#define GUILDHALL_TYPED(T)                                           \
    template <>                                                      \
    struct TypedAccess<frames::T> : std::true_type {                 \
        static void write(DynamicStruct::Builder, const frames::T&); \
        static void read(DynamicStruct::Reader, frames::T&);         \
    };
GUILDHALL_TYPED(Append)
GUILDHALL_TYPED(Ack)
GUILDHALL_TYPED(CommandFrame)
#undef GUILDHALL_TYPED

}  // namespace guildhall::protocol::capnp_map

namespace guildhall::federation {

namespace {

namespace map = protocol::capnp_map;
using capnp::DynamicStruct;
using protocol::Error;
using protocol::Result;

constexpr std::size_t kSegmentTableBytes = 8;

Error malformed_frame() { return {.code = 0, .status = 400, .message = "malformed frame"}; }

// -- Hot frames -----------------------------------------------------------------------------------

using DataList = capnp::List<capnp::Data>;

/// A list with no more items than its element may have; throws otherwise.
template <class Element, class List>
List counted(List list) {
    if (list.size() > map::kListItemsMax<Element>) throw std::length_error("a list is too long");
    return list;
}

std::string bytes_of(capnp::Data::Reader data) { return std::string(map::view_of(data)); }

void write_hashes(DataList::Builder out, const std::vector<Hash32>& in) {
    for (unsigned i = 0; i < in.size(); ++i) out.set(i, map::data_of(in[i].text()));
}

void read_hashes(DataList::Reader in, std::vector<Hash32>& out) {
    out.reserve(counted<Hash32>(in).size());
    for (const auto hash : in) out.push_back(map::fixed_of<Hash32>(hash));
}

void write_entry(wire::Entry::Builder out, const Entry& entry) {
    out.setHeader(map::data_of(entry.header));
    if (!entry.body.empty()) out.setBody(map::data_of(entry.body));
    if (!entry.command.empty()) out.setCommand(map::data_of(entry.command));
}

// -- Size -----------------------------------------------------------------------------------------

/// Words that a value takes at most: a message built in a segment of that size is one segment.
template <class T>
std::size_t words_of(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>)
        return 1;
    else if constexpr (std::is_same_v<T, std::string>)
        return 2 + value.size() / 8;
    else if constexpr (map::Fixed<T>)
        return 2 + std::tuple_size_v<typename T::Base> / 8;
    else if constexpr (map::IsOptional<T>::value)
        return value ? words_of(*value) : 1;
    else if constexpr (map::IsVector<T>::value) {
        std::size_t words = 2;
        for (const auto& item : value) words += words_of(item);
        return words;
    } else {
        std::size_t words = 1;
        boost::mp11::mp_for_each<map::Members<T>>(
            [&](auto member) { words += words_of(value.*member.pointer); });
        return words;
    }
}

// -- The union ------------------------------------------------------------------------------------

/// The struct that the schema has for a member: those that share one derive from it.
template <class T>
const T& wire_part(const T& body) {
    return body;
}
const frames::Ping& wire_part(const frames::Pong& body) { return body; }
const frames::Problem& wire_part(const frames::Goodbye& body) { return body; }
const frames::GuildRef& wire_part(const frames::Unsubscribe& body) { return body; }
const frames::GuildRef& wire_part(const frames::Purge& body) { return body; }

const capnp::StructSchema::FieldSubset& union_fields() {
    static const auto fields = capnp::Schema::from<wire::Frame>().getUnionFields();
    return fields;
}

constexpr std::size_t kMembers = std::variant_size_v<FrameBody> - 1;

template <std::size_t... I>
FrameBody body_at(std::size_t index, std::index_sequence<I...>) {
    using Make = FrameBody (*)();
    static constexpr Make kMake[] = {
        +[]() -> FrameBody { return FrameBody(std::in_place_index<I>); }...};
    return kMake[index]();
}

template <class T>
void read_body(DynamicStruct::Reader in, T& body) {
    using Part = std::remove_cvref_t<decltype(wire_part(body))>;
    map::read_struct(in, static_cast<Part&>(body));
}

std::string one_segment(capnp::MallocMessageBuilder& message) {
    const auto segments = message.getSegmentsForOutput();
    CHECK(segments.size() == 1);
    const auto bytes = segments[0].asBytes();
    const auto words = static_cast<std::uint32_t>(segments[0].size());
    std::string out = ByteWriter().put(std::uint32_t{0}).put(words).take();
    out.append(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
    return out;
}

}  // namespace

std::string encode(const Frame& frame) {
    CHECK(frame.body.index() < kMembers);
    const std::size_t words =
        16 +
        std::visit(
            [](const auto& body) {
                if constexpr (std::is_same_v<std::remove_cvref_t<decltype(body)>, frames::Unknown>)
                    return std::size_t{0};
                else
                    return words_of(wire_part(body));
            },
            frame.body);
    capnp::MallocMessageBuilder message(static_cast<unsigned>(words));
    DynamicStruct::Builder root = message.initRoot<wire::Frame>();
    root.as<wire::Frame>().setId(frame.id);
    std::visit(
        [&](const auto& body) {
            if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(body)>, frames::Unknown>) {
                const auto field = union_fields()[static_cast<unsigned>(frame.body.index())];
                map::write_struct(root.init(field).template as<DynamicStruct>(), wire_part(body));
            }
        },
        frame.body);
    return one_segment(message);
}

Result<Frame> decode_frame(ByteView bytes) {
    if (bytes.size() <= kSegmentTableBytes || bytes.size() % 8 != 0) return malformed_frame();
    ByteReader table{ByteView(bytes.first(kSegmentTableBytes))};
    const auto segments_less_one = table.get<std::uint32_t>();
    const auto words = table.get<std::uint32_t>();
    if (segments_less_one != 0 || words != (bytes.size() - kSegmentTableBytes) / 8) {
        return malformed_frame();
    }
    return map::guarded(
        [&]() -> Frame {
            map::OneSegment buffer(ByteView(bytes.subspan(kSegmentTableBytes)).text());
            const auto typed = buffer.root<wire::Frame>();
            const DynamicStruct::Reader root = typed;
            Frame frame;
            frame.id = typed.getId();
            const auto index = static_cast<std::size_t>(typed.which());
            if (index >= kMembers) {
                frame.body = frames::Unknown{};
                return frame;
            }
            frame.body = body_at(index, std::make_index_sequence<kMembers>());
            const auto in = root.get(union_fields()[static_cast<unsigned>(index)]);
            std::visit(
                [&](auto& body) {
                    if constexpr (!std::is_same_v<std::remove_cvref_t<decltype(body)>,
                                                  frames::Unknown>) {
                        read_body(in.template as<DynamicStruct>(), body);
                    }
                },
                frame.body);
            return frame;
        },
        malformed_frame);
}

std::string encode(const ApiCall& call) {
    capnp::MallocMessageBuilder message(static_cast<unsigned>(words_of(call) + 16));
    map::write_struct(DynamicStruct::Builder(message.initRoot<wire::ApiCall>()), call);
    return map::canonical<wire::ApiCall>(message);
}

Result<ApiCall> decode_api_call(ByteView bytes) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed_frame();
    return map::guarded(
        [&] {
            map::OneSegment buffer(bytes.text());
            ApiCall call;
            map::read_struct(DynamicStruct::Reader(buffer.root<wire::ApiCall>()), call);
            return call;
        },
        malformed_frame);
}

}  // namespace guildhall::federation

namespace guildhall::protocol::capnp_map {

namespace federation = guildhall::federation;
namespace wire = guildhall::federation::wire;

void TypedAccess<frames::Append>::write(DynamicStruct::Builder to, const frames::Append& in) {
    auto out = to.as<wire::Append>();
    out.setGuildUid(data_of(in.guildUid.text()));
    out.setLogId(in.logId);
    out.setFirstSeq(in.firstSeq);
    auto entries = out.initEntries(static_cast<unsigned>(in.entries.size()));
    for (unsigned i = 0; i < in.entries.size(); ++i) {
        federation::write_entry(entries[i], in.entries[i]);
    }
    out.setHead(data_of(in.head));
    if (!in.consistency.empty()) {
        federation::write_hashes(out.initConsistency(static_cast<unsigned>(in.consistency.size())),
                                 in.consistency);
    }
    if (!in.frontier.empty()) out.setFrontier(data_of(in.frontier));
    if (!in.base.empty()) {
        federation::write_hashes(out.initBase(static_cast<unsigned>(in.base.size())), in.base);
    }
}

void TypedAccess<frames::Append>::read(DynamicStruct::Reader from, frames::Append& out) {
    const auto in = from.as<wire::Append>();
    out.guildUid = fixed_of<federation::Hash32>(in.getGuildUid());
    out.logId = in.getLogId();
    out.firstSeq = in.getFirstSeq();
    const auto entries = federation::counted<frames::Entry>(in.getEntries());
    out.entries.reserve(entries.size());
    for (const auto entry : entries) {
        out.entries.push_back({federation::bytes_of(entry.getHeader()),
                               federation::bytes_of(entry.getBody()),
                               federation::bytes_of(entry.getCommand())});
    }
    out.head = federation::bytes_of(in.getHead());
    federation::read_hashes(in.getConsistency(), out.consistency);
    out.frontier = federation::bytes_of(in.getFrontier());
    federation::read_hashes(in.getBase(), out.base);
}

void TypedAccess<frames::Ack>::write(DynamicStruct::Builder to, const frames::Ack& in) {
    auto out = to.as<wire::Ack>();
    out.setGuildUid(data_of(in.guildUid.text()));
    auto at = out.initAt(static_cast<unsigned>(in.at.size()));
    for (unsigned i = 0; i < in.at.size(); ++i) {
        at[i].setLogId(in.at[i].logId);
        at[i].setSize(in.at[i].size);
        at[i].setRoot(data_of(in.at[i].root.text()));
    }
    if (!in.cosignature.empty()) out.setCosignature(data_of(in.cosignature));
}

void TypedAccess<frames::Ack>::read(DynamicStruct::Reader from, frames::Ack& out) {
    const auto in = from.as<wire::Ack>();
    out.guildUid = fixed_of<federation::Hash32>(in.getGuildUid());
    const auto at = federation::counted<frames::Cursor>(in.getAt());
    out.at.reserve(at.size());
    for (const auto cursor : at) {
        out.at.push_back(
            {cursor.getLogId(), cursor.getSize(), fixed_of<federation::Hash32>(cursor.getRoot())});
    }
    out.cosignature = federation::bytes_of(in.getCosignature());
}

void TypedAccess<frames::CommandFrame>::write(DynamicStruct::Builder to,
                                              const frames::CommandFrame& in) {
    auto out = to.as<wire::CommandFrame>();
    out.setHeader(data_of(in.header));
    out.setSignature(data_of(in.signature.text()));
    out.setBody(data_of(in.body));
    if (!in.deviceSignatures.empty()) {
        auto list = out.initDeviceSignatures(static_cast<unsigned>(in.deviceSignatures.size()));
        for (unsigned i = 0; i < in.deviceSignatures.size(); ++i) {
            list.set(i, data_of(in.deviceSignatures[i]));
        }
    }
    out.setLogged(in.logged);
}

void TypedAccess<frames::CommandFrame>::read(DynamicStruct::Reader from,
                                             frames::CommandFrame& out) {
    const auto in = from.as<wire::CommandFrame>();
    out.header = federation::bytes_of(in.getHeader());
    out.signature = fixed_of<federation::Signature>(in.getSignature());
    out.body = federation::bytes_of(in.getBody());
    const auto list = federation::counted<federation::Signature>(in.getDeviceSignatures());
    out.deviceSignatures.reserve(list.size());
    for (const auto signature : list) {
        out.deviceSignatures.push_back(federation::bytes_of(signature));
    }
    out.logged = in.getLogged();
}

}  // namespace guildhall::protocol::capnp_map
