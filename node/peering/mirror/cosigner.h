#pragma once
// Cosigner: where this node is a successor, its signed word that it stored a log durably, for the
// guild's host: about a second after the log grew, at most once a second for each log, beside the
// acks and never before them. Only for logs that are here from their first entry on. After a link
// comes back all logs are signed once, so that a host that restarted knows who has copies. Owned by
// Peering; on the shard of peering.

#include "node/peering/mirror/mirror.h"

#include <set>
#include <utility>

namespace guildhall::peering {

class Mirrors;

class Cosigner final : public journal::Subscriber {
  public:
    Cosigner(Context& ctx, Mirrors& mirrors);
    ~Cosigner() override;
    Cosigner(const Cosigner&) = delete;
    Cosigner& operator=(const Cosigner&) = delete;

    /// The mirror reached its host's heads.
    void on_live(const std::shared_ptr<Mirror>& mirror);

    void on_committed(const journal::Committed& entry) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    using LogAt = std::pair<protocol::GuildId, std::uint64_t>;
    enum class Step { done, later };

    void tell(protocol::GuildId guild, std::uint64_t log_id);
    /// Sooner, where a round comes later than that.
    void sign_later(Nanos delay);
    void round();
    Step sign(const LogAt& at);

    Context& ctx_;
    Mirrors& mirrors_;
    /// Logs that grew since they were signed; as many as there are.
    std::set<LogAt> grown_;
    /// The one that had its turn last.
    LogAt last_;
    base::TimerId timer_;
    /// When it is up.
    Nanos due_{};
};

}  // namespace guildhall::peering
