// Maps described structs onto Cap'n Proto structs of the same field names through the schema, so
// that an added event needs no code here. Message, the hot one, has typed accessors below.
#include "protocol/event_codec.h"

#include "protocol/capnp_compat.h"
#include "protocol/event.capnp.h"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <kj/exception.h>

#include <array>
#include <cstring>

namespace guildhall::protocol {
namespace {

namespace describe = boost::describe;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

template <class T>
using Members = describe::describe_members<T, describe::mod_public>;
template <class T>
constexpr std::size_t kMemberCount = boost::mp11::mp_size<Members<T>>::value;

// clang-format off
template <class T> struct WireOf;
template <> struct WireOf<Guild> { using Type = wire::Guild; };
template <> struct WireOf<Role> { using Type = wire::Role; };
template <> struct WireOf<Channel> { using Type = wire::Channel; };
template <> struct WireOf<Member> { using Type = wire::Member; };
template <> struct WireOf<Ban> { using Type = wire::Ban; };
template <> struct WireOf<Invite> { using Type = wire::Invite; };
template <> struct WireOf<Command> { using Type = wire::Command; };
template <> struct WireOf<Message> { using Type = wire::Message; };
// clang-format on

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

/// The schema fields of T's members, in their order; looked up once per type.
template <class T>
const std::array<capnp::StructSchema::Field, kMemberCount<T>>& fields_of(
    capnp::StructSchema schema) {
    static const auto table = [&] {
        std::array<capnp::StructSchema::Field, kMemberCount<T>> out;
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { out[i++] = schema.getFieldByName(member.name); });
        return out;
    }();
    return table;
}

template <class T>
void write_struct(DynamicStruct::Builder out, const T& in);
template <class T>
void read_struct(DynamicStruct::Reader in, T& out);

kj::ArrayPtr<const kj::byte> data_of(const std::string& s) {
    return {reinterpret_cast<const kj::byte*>(s.data()), s.size()};
}
capnp::Text::Reader text_of(const std::string& s) { return {s.c_str(), s.size()}; }

bool is_data(capnp::Type type) { return type.isData(); }

template <class T>
void write_list(DynamicList::Builder out, const std::vector<T>& in) {
    for (unsigned i = 0; i < in.size(); ++i) {
        if constexpr (IsId<T>::value)
            out.set(i, in[i].value);
        else if constexpr (std::is_same_v<T, std::string>)
            out.set(i, text_of(in[i]));
        else
            write_struct(out[i].template as<DynamicStruct>(), in[i]);
    }
}

template <class M>
void write_member(DynamicStruct::Builder out, capnp::StructSchema::Field field, const M& value) {
    if constexpr (IsId<M>::value)
        out.set(field, value.value);
    else if constexpr (std::is_enum_v<M>)
        out.set(field, static_cast<std::uint64_t>(value));
    else if constexpr (std::is_arithmetic_v<M>)
        out.set(field, value);
    else if constexpr (std::is_same_v<M, std::string>) {
        if (value.empty()) return;
        if (is_data(field.getType()))
            out.set(field, capnp::Data::Reader(data_of(value)));
        else
            out.set(field, text_of(value));
    } else if constexpr (IsVector<M>::value) {
        if (value.empty()) return;
        write_list(out.init(field, static_cast<unsigned>(value.size())).template as<DynamicList>(),
                   value);
    } else
        write_struct(out.init(field).template as<DynamicStruct>(), value);
}

std::string string_of(const DynamicValue::Reader& value, capnp::Type type) {
    if (is_data(type)) {
        const auto data = value.as<capnp::Data>();
        return {reinterpret_cast<const char*>(data.begin()), data.size()};
    }
    const auto text = value.as<capnp::Text>();
    return {text.cStr(), text.size()};
}

template <class T>
void read_list(DynamicList::Reader in, std::vector<T>& out) {
    out.reserve(in.size());
    for (const auto& item : in) {
        if constexpr (IsId<T>::value)
            out.emplace_back(item.template as<std::uint64_t>());
        else if constexpr (std::is_same_v<T, std::string>)
            out.emplace_back(item.template as<capnp::Text>().cStr());
        else
            read_struct(item.template as<DynamicStruct>(), out.emplace_back());
    }
}

template <class M>
void read_member(DynamicStruct::Reader in, capnp::StructSchema::Field field, M& out) {
    const auto value = in.get(field);
    if constexpr (IsId<M>::value)
        out = M(value.template as<std::uint64_t>());
    else if constexpr (std::is_enum_v<M>)
        out = static_cast<M>(value.template as<std::uint8_t>());
    else if constexpr (std::is_arithmetic_v<M>)
        out = value.template as<M>();
    else if constexpr (std::is_same_v<M, std::string>)
        out = string_of(value, field.getType());
    else if constexpr (IsVector<M>::value)
        read_list(value.template as<DynamicList>(), out);
    else
        read_struct(value.template as<DynamicStruct>(), out);
}

// Message by hand: it is encoded for every post and decoded fifty times for every history read.

void write_message(wire::Message::Builder out, const Message& m) {
    out.setId(m.id.value);
    out.setChannelId(m.channelId.value);
    out.setAuthorId(m.authorId.value);
    out.setType(m.type);
    if (!m.content.empty()) out.setContent(text_of(m.content));
    out.setFlags(m.flags);
    out.setTts(m.tts);
    out.setMentionEveryone(m.mentionEveryone);
    if (!m.mentions.empty()) {
        auto list = out.initMentions(static_cast<unsigned>(m.mentions.size()));
        for (unsigned i = 0; i < m.mentions.size(); ++i) list.set(i, m.mentions[i].value);
    }
    if (!m.mentionRoles.empty()) {
        auto list = out.initMentionRoles(static_cast<unsigned>(m.mentionRoles.size()));
        for (unsigned i = 0; i < m.mentionRoles.size(); ++i) list.set(i, m.mentionRoles[i].value);
    }
    if (!m.attachments.empty()) {
        auto list = out.initAttachments(static_cast<unsigned>(m.attachments.size()));
        for (unsigned i = 0; i < m.attachments.size(); ++i) {
            write_struct<Attachment>(DynamicStruct::Builder(list[i]), m.attachments[i]);
        }
    }
    if (!m.embeds.empty()) out.setEmbeds(text_of(m.embeds));
    if (!m.components.empty()) out.setComponents(text_of(m.components));
    out.setReplyTo(m.replyTo.value);
    out.setReplyChannel(m.replyChannel.value);
    out.setReplyGuild(m.replyGuild.value);
    out.setEditedMs(m.editedMs);
    out.setApplicationId(m.applicationId.value);
    out.setInteractionId(m.interactionId.value);
    out.setInteractionUser(m.interactionUser.value);
    if (!m.interactionName.empty()) out.setInteractionName(text_of(m.interactionName));
    out.setInteractionType(m.interactionType);
    out.setWebhookId(m.webhookId.value);
}

void read_message(wire::Message::Reader in, Message& m) {
    const auto text = [](capnp::Text::Reader t) { return std::string(t.cStr(), t.size()); };
    m.id = MessageId(in.getId());
    m.channelId = ChannelId(in.getChannelId());
    m.authorId = UserId(in.getAuthorId());
    m.type = in.getType();
    m.content = text(in.getContent());
    m.flags = in.getFlags();
    m.tts = in.getTts();
    m.mentionEveryone = in.getMentionEveryone();
    for (const auto id : in.getMentions()) m.mentions.emplace_back(id);
    for (const auto id : in.getMentionRoles()) m.mentionRoles.emplace_back(id);
    for (const auto a : in.getAttachments()) {
        read_struct<Attachment>(DynamicStruct::Reader(a), m.attachments.emplace_back());
    }
    m.embeds = text(in.getEmbeds());
    m.components = text(in.getComponents());
    m.replyTo = MessageId(in.getReplyTo());
    m.replyChannel = ChannelId(in.getReplyChannel());
    m.replyGuild = GuildId(in.getReplyGuild());
    m.editedMs = in.getEditedMs();
    m.applicationId = ApplicationId(in.getApplicationId());
    m.interactionId = InteractionId(in.getInteractionId());
    m.interactionUser = UserId(in.getInteractionUser());
    m.interactionName = text(in.getInteractionName());
    m.interactionType = in.getInteractionType();
    m.webhookId = WebhookId(in.getWebhookId());
}

template <class T>
void write_struct(DynamicStruct::Builder out, const T& in) {
    if constexpr (std::is_same_v<T, Message>) {
        write_message(out.as<wire::Message>(), in);
    } else {
        const auto& fields = fields_of<T>(out.getSchema());
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { write_member(out, fields[i++], in.*member.pointer); });
    }
}

template <class T>
void read_struct(DynamicStruct::Reader in, T& out) {
    if constexpr (std::is_same_v<T, Message>) {
        read_message(in.as<wire::Message>(), out);
    } else {
        const auto& fields = fields_of<T>(in.getSchema());
        std::size_t i = 0;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { read_member(in, fields[i++], out.*member.pointer); });
    }
}

template <class Root>
std::string canonical(capnp::MallocMessageBuilder& message) {
    const auto words = message.getRoot<capnp::AnyStruct>().asReader().canonicalize();
    const auto bytes = words.asBytes();
    return {reinterpret_cast<const char*>(bytes.begin()), bytes.size()};
}

/// An aligned copy read as one segment, with the limits that hold for anything a peer sent.
class Bytes {
  public:
    explicit Bytes(std::string_view bytes)
        : words_((bytes.size() + 7) / 8),
          segment_(words_.begin(), bytes.size() / 8),
          reader_(kj::arrayPtr(&segment_, 1), limits(words_.size())) {
        std::memcpy(words_.begin(), bytes.data(), bytes.size());
    }
    template <class Root>
    typename Root::Reader root() {
        return reader_.getRoot<Root>();
    }

  private:
    class Words {
      public:
        explicit Words(std::size_t n)
            : heap_(n > kInline ? kj::heapArray<capnp::word>(n) : nullptr), size_(n) {}
        capnp::word* begin() { return size_ > kInline ? heap_.begin() : inline_; }
        std::size_t size() const { return size_; }

      private:
        static constexpr std::size_t kInline = 128;
        capnp::word inline_[kInline];
        kj::Array<capnp::word> heap_;
        std::size_t size_;
    };

    static capnp::ReaderOptions limits(std::size_t words) {
        return {.traversalLimitInWords = words + 64, .nestingLimit = 16};
    }

    Words words_;
    kj::ArrayPtr<const capnp::word> segment_;
    capnp::SegmentArrayMessageReader reader_;
};

Error malformed() { return {.code = 0, .status = 400, .message = "malformed event bytes"}; }

template <class Fn>
auto guarded(Fn fn) -> Result<decltype(fn())> {
    // Cap'n Proto reports hostile bytes by throwing; nothing of it may leave this file.
    try {
        return fn();
    } catch (const kj::Exception&) {
        return malformed();
    } catch (const std::exception&) {
        return malformed();
    }
}

template <std::size_t... I>
Event event_at(std::size_t index, std::index_sequence<I...>) {
    using Make = Event (*)();
    static constexpr Make kMake[] = {
        +[]() -> Event { return std::variant_alternative_t<I, Event>{}; }...};
    return kMake[index]();
}

}  // namespace

std::string encode(const Event& event) {
    capnp::word scratch[256]{};
    capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, 256));
    const DynamicStruct::Builder root = message.initRoot<wire::Event>();
    static const auto kUnion = capnp::Schema::from<wire::Event>().getUnionFields();
    std::visit(
        [&](const auto& e) {
            DynamicStruct::Builder out = root;
            write_struct(out.init(kUnion[kind_of(event)]).as<DynamicStruct>(), e);
        },
        event);
    return canonical<wire::Event>(message);
}

Result<Event> decode_event(std::string_view bytes) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    return guarded([&]() -> Event {
        Bytes buffer(bytes);
        const DynamicStruct::Reader root = buffer.root<wire::Event>();
        KJ_IF_MAYBE (field, root.which()) {
            const std::size_t index = field->getProto().getDiscriminantValue();
            Event event = event_at(index, std::make_index_sequence<std::variant_size_v<Event>>());
            std::visit([&](auto& e) { read_struct(root.get(*field).as<DynamicStruct>(), e); },
                       event);
            return event;
        }
        throw std::runtime_error("unknown kind");
    });
}

Status decode_message(std::string_view bytes, Message& out) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    try {
        Bytes buffer(bytes);
        const auto event = buffer.root<wire::Event>();
        switch (event.which()) {
            case wire::Event::MESSAGE_CREATED:
                read_message(event.getMessageCreated().getMessage(), out);
                return {};
            case wire::Event::MESSAGE_EDITED:
                read_message(event.getMessageEdited().getMessage(), out);
                return {};
            default:
                return malformed();
        }
    } catch (const kj::Exception&) {
        return malformed();
    }
}

template <class Object>
std::string encode_object(const Object& object) {
    capnp::word scratch[256]{};
    capnp::MallocMessageBuilder message(kj::arrayPtr(scratch, 256));
    write_struct(DynamicStruct::Builder(message.initRoot<typename WireOf<Object>::Type>()), object);
    return canonical<Object>(message);
}

template <class Object>
Result<Object> decode_object(std::string_view bytes) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    return guarded([&] {
        Bytes buffer(bytes);
        Object out;
        read_struct(DynamicStruct::Reader(buffer.root<typename WireOf<Object>::Type>()), out);
        return out;
    });
}

#define GUILDHALL_OBJECT(T)                       \
    template std::string encode_object(const T&); \
    template Result<T> decode_object(std::string_view)
GUILDHALL_OBJECT(Guild);
GUILDHALL_OBJECT(Role);
GUILDHALL_OBJECT(Channel);
GUILDHALL_OBJECT(Member);
GUILDHALL_OBJECT(Ban);
GUILDHALL_OBJECT(Invite);
GUILDHALL_OBJECT(Command);
GUILDHALL_OBJECT(Message);
#undef GUILDHALL_OBJECT

}  // namespace guildhall::protocol
