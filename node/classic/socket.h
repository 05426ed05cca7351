#pragma once
// Socket: one WebSocket of the classic API, which listens to one channel and posts into it. What it
// sends is handled one frame after the other, so that messages keep their order. Made by
// ClassicApi, owned by its connection; on the shard that accepted it.

#include "node/base/ws/session.h"
#include "node/classic/rooms.h"
#include "node/services/actor.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace guildhall::classic {

class ClassicApi;

class Socket final : public base::ws::Listener {
  public:
    Socket(ClassicApi& classic, Seat seat, services::Actor actor, protocol::UnixMs expires_ms);

    const Seat& seat() const { return seat_; }
    void send(const base::SharedBytes& frame);
    /// Says why, and closes.
    void end(std::string_view why);
    /// Closes because the node stops; the client may come back.
    void go_away();

    void on_open(base::ws::Session& session) override;
    void on_message(std::string_view payload, bool binary) override;
    void on_close(std::uint16_t code) override;

  private:
    void handle_next();
    void refuse(std::string_view detail);

    ClassicApi& classic_;
    const Seat seat_;
    const services::Actor actor_;
    const protocol::UnixMs expires_ms_;
    base::ws::Session* session_ = nullptr;
    base::TimerId expiry_;
    std::deque<std::string> waiting_;
    bool busy_ = false;
    /// A frame under way outlives the connection; it looks here before it comes back to us. Shared
    /// because either may end first.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace guildhall::classic
