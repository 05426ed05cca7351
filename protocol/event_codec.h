#pragma once
// Events and the objects of a guild as bytes: canonical Cap'n Proto, one segment without framing.
// encode() is deterministic; decode() takes hostile input and never reads past what it was given.
// Pure; any thread.

#include "protocol/event.h"
#include "protocol/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::protocol {

/// Whose bytes they are. What others made is refused where a text is no UTF-8, for such a text ends
/// the sessions of every client that is told; what is stored was checked when it came.
enum class BytesFrom : std::uint8_t { store, others };

std::string encode(const Event& event);
Result<Event> decode_event(std::string_view bytes, BytesFrom from = BytesFrom::store);

/// The message that a MessageCreated or MessageEdited carries, without the Event around it: history
/// reads fifty at a time. `out` must be empty; an error for any other event.
Status decode_message(std::string_view bytes, Message& out);

/// One object alone, as projections keep it. Defined for Guild, Role, Channel, Member, Ban, Invite,
/// Command, Hosting, Identity, NodeBan and Message.
template <class Object>
std::string encode_object(const Object& object);
template <class Object>
Result<Object> decode_object(std::string_view bytes, BytesFrom from = BytesFrom::store);

}  // namespace guildhall::protocol
