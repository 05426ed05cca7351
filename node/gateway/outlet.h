#pragma once
// Outlet: where a session's frames go: a connection, or a recorder in tests. Belongs to the
// session's shard.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::gateway {

class Record;

class Outlet {
  public:
    /// One dispatch of many sessions' body.
    virtual void dispatch(Record& record, std::uint64_t s) = 0;
    /// One dispatch of this session alone; `d` may be large.
    virtual void dispatch_own(std::string_view name, std::uint64_t s, std::string_view d) = 0;
    /// A whole frame that is not a dispatch.
    virtual void control(std::string_view frame) = 0;
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
    /// The session is pumped once, when all that waits has been taken.
    virtual void pump_when_drained() = 0;
    /// Bytes that wait for the socket.
    virtual std::size_t queued_bytes() const = 0;

  protected:
    ~Outlet() = default;
};

}  // namespace guildhall::gateway
