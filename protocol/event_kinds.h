#pragma once
// Kinds of events that this version does not know: what a newer host made is kept as it is, for a
// version that knows it. Pure; any thread.

#include "protocol/event.h"

#include <string_view>

namespace guildhall::protocol {

/// Whether this version can read events of the kind.
bool is_known(EventKind kind);

/// Whether the bytes are one event of this kind, as far as can be seen without knowing the kind:
/// canonical Cap'n Proto of one segment whose union says `kind`. Takes hostile input.
bool is_event_of(std::string_view bytes, EventKind kind);

/// In tests: while one of these lives, this thread plays a version that does not know the kind.
/// They are ended in the reverse order.
class ForgetKind {
  public:
    explicit ForgetKind(EventKind kind);
    ~ForgetKind();
    ForgetKind(const ForgetKind&) = delete;
    ForgetKind& operator=(const ForgetKind&) = delete;

  private:
    friend bool is_known(EventKind kind);

    const EventKind kind_;
    const ForgetKind* const outer_;
};

}  // namespace guildhall::protocol
