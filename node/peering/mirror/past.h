#pragma once
// Past: history of mirrored logs, asked for piece by piece from the newest end: from the host, or
// from any other node that mirrors the guild, and believed because it is proved against the host's
// signed head. Nothing is dispatched. Owned by Mirrors; on the shard of peering.

#include "node/peering/mirror/entry_judge.h"
#include "node/peering/mirror/mirror.h"

namespace guildhall::peering {

class Ingest;

/// Those of them that are here, as they are now.
Task<std::vector<EntryJudge::Held>> held_messages(Context& ctx,
                                                  std::uint64_t log_id,
                                                  std::vector<protocol::MessageId> ids);

/// What is wrong with entries of the past, as far as that can be known; a finding that is fine when
/// nothing is. `entries` outlives the task.
Task<Judged> judge_past(Context& ctx,
                        std::shared_ptr<Mirror> mirror,
                        const federation::MirrorLog& log,
                        std::span<const federation::VerifiedEntry> entries);

class Past {
  public:
    Past(Context& ctx, Peers& peers, Mirrors& mirrors, Ingest& ingest)
        : ctx_(ctx), peers_(peers), mirrors_(mirrors), ingest_(ingest) {}

    /// Makes links with others who mirror the guild, when nobody has what is missed; false when
    /// there is nobody new to ask. Before start().
    using MoreSources = std::function<Task<bool>(std::shared_ptr<Mirror>)>;
    void set_more_sources(MoreSources more) { more_ = std::move(more); }

    /// About `count` more entries below those that are held, or the newest of a log of which
    /// nothing is held. False when nobody who has them answered; true also when there are no more.
    Task<bool> extend(std::shared_ptr<Mirror> mirror, std::uint64_t log_id, std::uint64_t count);
    /// The log to its first entry; false when that stopped before.
    Task<bool> complete(std::shared_ptr<Mirror> mirror, std::uint64_t log_id);

  private:
    struct Piece {
        federation::Range range;
        federation::Appended appended;
        /// Judged::unsaid.
        std::vector<std::size_t> unsaid;
        /// Where it begins, serialised.
        std::string frontier;
    };

    Task<bool> step_down(std::shared_ptr<Mirror> mirror, FollowedLog& log, std::uint64_t count);
    Task<bool> open(std::shared_ptr<Mirror> mirror, FollowedLog& log, std::uint64_t count);
    Task<Result<Piece>> fetch(std::shared_ptr<Mirror> mirror,
                              federation::MirrorLog at,
                              std::uint64_t from,
                              std::uint64_t to);
    Task<Result<Piece>> ask(std::shared_ptr<Mirror> mirror,
                            std::shared_ptr<Peer> peer,
                            const federation::MirrorLog& at,
                            std::uint64_t from,
                            std::uint64_t to);
    void refuse(Peer& peer,
                const std::shared_ptr<Mirror>& mirror,
                const federation::MirrorLog& at,
                const Piece& piece,
                const Judged& judged);
    std::vector<std::shared_ptr<Peer>> sources(const Mirror& mirror) const;

    Context& ctx_;
    Peers& peers_;
    Mirrors& mirrors_;
    Ingest& ingest_;
    MoreSources more_;
};

}  // namespace guildhall::peering
