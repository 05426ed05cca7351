#pragma once
// CommandLog: which commands of other nodes this host has run, or is running: each number of an
// origin once, and the answer of each command for whoever asks again because it was lost. Numbers
// that were used before this process began are looked up in the store, later ones are known here.
// On the shard of peering.

#include "federation/command.h"
#include "federation/frame.h"
#include "federation/origin_window.h"
#include "node/base/wait.h"
#include "node/peering/context.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>

namespace guildhall::peering {

class CommandLog {
  public:
    explicit CommandLog(Context& ctx) : ctx_(ctx) {}

    struct Number {
        protocol::GuildId guild;
        federation::Hash32 origin{};
        std::uint64_t seq = 0;
        federation::Hash32 command{};
    };
    /// Uses the number up if it is fresh; a fresh one must be ended by finish(). The command is
    /// kept without its body for as long as its answer.
    base::Task<base::Result<federation::OriginSeq>> begin(Number number,
                                                          federation::SignedCommand command);
    /// The command that has the number which another bears, too; nothing once it is forgotten.
    std::optional<federation::SignedCommand> other(const Number& number) const;
    /// The answer of a command; those who asked meanwhile get it too.
    void finish(const Number& number, federation::CommandResult result);
    /// The answer to a repeat: waits for one that is running. Nothing when it is not known any
    /// more, as of a command without entries long ago.
    base::Task<std::optional<federation::CommandResult>> answer(Number number);

    /// Answers in memory, by number and size; older ones of commands that left entries are rows.
    static constexpr std::size_t kAnswersMax = 4096;
    static constexpr std::size_t kAnswerBytesMax = 16u << 20;
    /// Origins whose numbers are in memory: 4,096 numbers of 24 bytes each.
    static constexpr std::size_t kOriginsMax = 1024;

  private:
    struct Origin {
        /// Used up to here before this process began.
        std::uint64_t stored_high = 0;
        federation::OriginWindow window;
    };
    struct Run {
        Number number;
        federation::SignedCommand command;
        std::optional<federation::CommandResult> result;
        std::vector<base::Wake> waits;
    };
    using Key = std::pair<protocol::GuildId, federation::Hash32>;

    base::Task<base::Result<Origin*>> origin_of(Key key);
    void forget_old();

    Context& ctx_;
    std::map<Key, Origin> origins_;
    std::map<federation::Hash32, std::shared_ptr<Run>> runs_;
    /// Finished ones in their order.
    std::deque<federation::Hash32> finished_;
    std::size_t bytes_ = 0;
};

}  // namespace guildhall::peering
