#include "node/classic/rooms.h"

#include "node/classic/socket.h"
#include "node/services/permission.h"

#include <algorithm>

namespace guildhall::classic {
namespace {

using protocol::JsonWriter;

std::string message_frame(const protocol::Message& message, const People& people) {
    std::string frame;
    JsonWriter w(frame);
    w.begin_object().string("type", "message").key("data");
    write_message(w, message, people);
    w.end_object();
    return frame;
}

}  // namespace

std::string person_frame(std::string_view type,
                         protocol::UserId user,
                         protocol::ChannelId channel) {
    std::string frame;
    JsonWriter w(frame);
    w.begin_object().string("type", type).begin_object("data").id("user_id", user);
    if (channel) w.id("channel_id", channel);
    w.end_object().end_object();
    return frame;
}

void Rooms::enter(Socket& socket) { rooms_[socket.seat().channel].push_back(&socket); }

void Rooms::leave(Socket& socket) {
    const auto room = rooms_.find(socket.seat().channel);
    if (room == rooms_.end()) return;
    std::erase(room->second, &socket);
    if (room->second.empty()) rooms_.erase(room);
}

void Rooms::tell(protocol::ChannelId channel, std::string_view frame) {
    const auto room = rooms_.find(channel);
    if (room == rooms_.end()) return;
    const base::SharedBytes shared{std::string(frame)};
    for (Socket* socket : room->second) socket->send(shared);
}

void Rooms::close_all() {
    for (const auto& [channel, sockets] : rooms_) {
        for (Socket* socket : sockets) socket->go_away();
    }
}

bool Rooms::count(protocol::ChannelId channel, protocol::UserId user, int change) {
    const auto [place, added] = present_.try_emplace({channel, user}, 0);
    const int before = place->second;
    const int after = before + change;
    if (after <= 0) {
        present_.erase(place);
    } else {
        place->second = after;
    }
    return (before == 0) != (after <= 0);
}

void Rooms::on_committed(const journal::Committed& entry) {
    if (rooms_.empty()) return;
    if (const auto* created = std::get_if<protocol::MessageCreated>(&entry.event)) {
        const protocol::ChannelId channel = created->message.channelId;
        if (rooms_.contains(channel)) tell(channel, message_frame(created->message, people_));
    } else if (entry.before != entry.after) {
        close_those_without_access(entry);
    }
}

void Rooms::close_those_without_access(const journal::Committed& entry) {
    for (const auto& [channel, sockets] : rooms_) {
        for (Socket* socket : sockets) {
            const Seat& seat = socket->seat();
            if (seat.guild != entry.guild) continue;
            const bool stays = entry.after && !entry.after->deleted &&
                               services::can_view_channel(*entry.after, seat.user, seat.channel);
            if (!stays) socket->end("You don't have access to this channel");
        }
    }
}

void Rooms::on_notice(const journal::Notice& notice) {
    const auto* closed = std::get_if<journal::SessionClosed>(&notice);
    if (!closed) return;
    for (const auto& [channel, sockets] : rooms_) {
        for (Socket* socket : sockets) {
            if (socket->seat().token == closed->token) socket->end("The token was revoked");
        }
    }
}

void Rooms::on_ephemeral(const journal::Ephemeral& ephemeral) {
    const auto* typing = std::get_if<journal::Typing>(&ephemeral);
    if (typing && rooms_.contains(typing->channel))
        tell(typing->channel, person_frame("typing", typing->user));
}

}  // namespace guildhall::classic
