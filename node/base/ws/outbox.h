#pragma once
// What waits to be written on one session: frame headers and prefixes copied into one string,
// bodies shared. Outboxes come from their shard's pool when something is sent and go back when it
// is written, so that idle sessions own none and busy ones allocate none. The pool also lets the
// sessions that own one write at the end of the turn. One shard's thread.

#include "node/base/shard.h"
#include "node/base/shared_bytes.h"
#include "node/base/stream.h"

#include <memory>
#include <string>
#include <vector>

namespace guildhall::base::ws {

class Session;

struct Outbox {
    struct Item {
        std::uint32_t head_bytes;
        SharedBytes body;
    };

    bool empty() const { return first == items.size(); }
    /// The head is what was appended to `heads` since the last call.
    void push(std::size_t head_bytes, SharedBytes body);
    /// The start of what waits, as parts for one write; returns how many were filled.
    std::size_t gather(std::span<iovec> parts) const;
    /// Forgets `bytes` that were written.
    void consume(std::size_t bytes);
    void prefetch() const {
        __builtin_prefetch(heads.data());
        __builtin_prefetch(items.data(), 1);
    }

    std::string heads;
    std::vector<Item> items;
    std::size_t first = 0;     // The first item not written whole.
    std::size_t heads_at = 0;  // Where its head starts.
    std::size_t written = 0;   // How much of it is written.
};

class OutboxPool final : private TurnHook {
  public:
    explicit OutboxPool(Shard& shard) : shard_(shard) {}
    virtual ~OutboxPool();
    OutboxPool(const OutboxPool&) = delete;
    OutboxPool& operator=(const OutboxPool&) = delete;

    std::unique_ptr<Outbox> take();
    void give(std::unique_ptr<Outbox> outbox);

    /// The session's on_turn_end is called once, at the end of the turn, in the order of these
    /// calls; or it is forgotten before it is destroyed.
    void enlist(Session& session);
    void forget(Session& session);

  private:
    void on_turn_end() override;
    /// Frees what nobody has needed since the last time.
    void trim();

    Shard& shard_;
    std::vector<std::unique_ptr<Outbox>> spare_;
    std::size_t spare_min_ = 0;
    TimerId trim_timer_;
    std::vector<Session*> enlisted_;
    std::vector<Session*> running_;
};

}  // namespace guildhall::base::ws
