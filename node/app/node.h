#pragma once
// Node: the whole program but its command line: makes every part, in the order in which they need
// each other, and ends them in reverse. One per process (tests make several).

#include "node/app/config.h"
#include "node/base/task.h"
#include "protocol/ids.h"
#include "protocol/result.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::app {

struct ShardServices;

class Node {
  public:
    /// Opens the data folder and binds the address; nothing is served yet. An error is one line for
    /// the operator.
    static protocol::Result<std::unique_ptr<Node>> open(const Config& config,
                                                        const std::string& data_dir);
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    void start();
    /// Tells sessions to come back, answers what is under way, closes the store. At most 5 s.
    void stop();

    // For the command line, while it runs; they act as the guild's owner.

    /// One line each: code, guild, channel, uses.
    std::vector<std::string> list_invites();
    /// The code. Without a channel: the guild's first one that takes messages.
    protocol::Result<std::string> create_invite(const std::string& guild,
                                                const std::string& channel);
    protocol::Status delete_invite(const std::string& code);

    /// Runs a verb on the shard of a guild and waits; never on a shard.
    protocol::Status run_on_guild(protocol::GuildId guild,
                                  std::function<base::Task<protocol::Status>(ShardServices&)> verb);

    /// The line that says where it listens.
    std::string ready_line() const;

  private:
    struct Parts;

    template <class T>
    protocol::Result<T> on_guild(
        protocol::GuildId guild,
        std::function<base::Task<protocol::Result<T>>(ShardServices&)> verb);

    explicit Node(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace guildhall::app
