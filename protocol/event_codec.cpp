// Events through the generic mapper of capnp_mapper.h, so that an added event needs no code here.
// Message, the hot one, has typed accessors below.
#include "protocol/event_codec.h"

#include "protocol/capnp_mapper.h"
#include "protocol/event.capnp.h"
#include "protocol/event_kinds.h"

#include <stdexcept>
#include <utility>

namespace guildhall::protocol {

namespace capnp_map {
template <>
struct TypedAccess<Message> : std::true_type {
    static void write(DynamicStruct::Builder out, const Message& m);
    static void read(DynamicStruct::Reader in, Message& m);
};
}  // namespace capnp_map

namespace {

using capnp::DynamicStruct;
using capnp_map::canonical;
using capnp_map::guarded;
using capnp_map::OneSegment;
using capnp_map::read_struct;
using capnp_map::text_of;
using capnp_map::write_struct;

// clang-format off
template <class T> struct WireOf;
template <> struct WireOf<Guild> { using Type = wire::Guild; };
template <> struct WireOf<Role> { using Type = wire::Role; };
template <> struct WireOf<Channel> { using Type = wire::Channel; };
template <> struct WireOf<Member> { using Type = wire::Member; };
template <> struct WireOf<Ban> { using Type = wire::Ban; };
template <> struct WireOf<Invite> { using Type = wire::Invite; };
template <> struct WireOf<Command> { using Type = wire::Command; };
template <> struct WireOf<Hosting> { using Type = wire::Hosting; };
template <> struct WireOf<Identity> { using Type = wire::Identity; };
template <> struct WireOf<NodeBan> { using Type = wire::NodeBan; };
template <> struct WireOf<Message> { using Type = wire::Message; };
// clang-format on

/// In a reader of its own: what it reads counts against the limit of one.
template <class Root>
void require_texts_of(std::string_view bytes, BytesFrom from) {
    if (from == BytesFrom::store) return;
    OneSegment buffer(bytes);
    capnp_map::require_texts(DynamicStruct::Reader(buffer.root<Root>()));
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

Error malformed() { return {.code = 0, .status = 400, .message = "malformed event bytes"}; }

template <std::size_t... I>
Event event_at(std::size_t index, std::index_sequence<I...>) {
    using Make = Event (*)();
    static constexpr Make kMake[] = {
        +[]() -> Event { return std::variant_alternative_t<I, Event>{}; }...};
    return kMake[index]();
}

}  // namespace

void capnp_map::TypedAccess<Message>::write(DynamicStruct::Builder out, const Message& m) {
    write_message(out.as<wire::Message>(), m);
}
void capnp_map::TypedAccess<Message>::read(DynamicStruct::Reader in, Message& m) {
    read_message(in.as<wire::Message>(), m);
}

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

Result<Event> decode_event(std::string_view bytes, BytesFrom from) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    return guarded(
        [&]() -> Event {
            require_texts_of<wire::Event>(bytes, from);
            OneSegment buffer(bytes);
            const DynamicStruct::Reader root = buffer.root<wire::Event>();
            KJ_IF_MAYBE (field, root.which()) {
                const EventKind index = field->getProto().getDiscriminantValue();
                if (!is_known(index)) throw std::runtime_error("unknown kind");
                Event event =
                    event_at(index, std::make_index_sequence<std::variant_size_v<Event>>());
                std::visit([&](auto& e) { read_struct(root.get(*field).as<DynamicStruct>(), e); },
                           event);
                return event;
            }
            throw std::runtime_error("unknown kind");
        },
        malformed);
}

Status decode_message(std::string_view bytes, Message& out) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    try {
        OneSegment buffer(bytes);
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
Result<Object> decode_object(std::string_view bytes, BytesFrom from) {
    if (bytes.empty() || bytes.size() % 8 != 0) return malformed();
    return guarded(
        [&] {
            require_texts_of<typename WireOf<Object>::Type>(bytes, from);
            OneSegment buffer(bytes);
            Object out;
            read_struct(DynamicStruct::Reader(buffer.root<typename WireOf<Object>::Type>()), out);
            return out;
        },
        malformed);
}

#define GUILDHALL_OBJECT(T)                       \
    template std::string encode_object(const T&); \
    template Result<T> decode_object(std::string_view, BytesFrom)
GUILDHALL_OBJECT(Guild);
GUILDHALL_OBJECT(Role);
GUILDHALL_OBJECT(Channel);
GUILDHALL_OBJECT(Member);
GUILDHALL_OBJECT(Ban);
GUILDHALL_OBJECT(Invite);
GUILDHALL_OBJECT(Command);
GUILDHALL_OBJECT(Hosting);
GUILDHALL_OBJECT(Identity);
GUILDHALL_OBJECT(NodeBan);
GUILDHALL_OBJECT(Message);
#undef GUILDHALL_OBJECT

}  // namespace guildhall::protocol
