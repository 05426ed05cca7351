#pragma once
// People: who lives on the nodes of one run, what they do, and what their sessions see. They all
// belong to one guild on the first node: who lives elsewhere joins it by an invite. What they are
// told goes into the Ledger; what sessions see is checked as it comes. One thread.

#include "node/base/rng.h"
#include "tests/sim/ledger.h"
#include "tests/sim/plan.h"
#include "tests/sim/trace.h"
#include "tests/support/fed_nodes.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace guildhall::sim {

struct Human {
    std::size_t number = 0;
    std::size_t node = 0;
    tests::Person person;
    bool joined = false;
    Nanos next{};
    /// Calls under way; a person does not wait for one thing before trying another.
    unsigned busy = 0;

    /// The session, of that start of the node.
    tests::Client* client = nullptr;
    unsigned client_start = 0;
    std::uint64_t s = 0;
    /// By channel, the newest message that the session was told of.
    std::map<std::string, std::uint64_t> newest;
    /// Texts that this session was told.
    std::set<std::string> heard;
};

class People {
  public:
    using Method = base::http::Method;

    People(const Plan& plan, tests::FedNodes& world, Trace& trace);

    /// Makes the guild, and lets everybody join; before any trouble.
    void settle();
    Nanos next() const;
    /// Lets everybody whose time has come do something.
    void act();
    /// Takes answers that came, and reads what sessions were told; what is wrong, or nothing.
    std::string listen();
    /// Says again what nobody knows to have been said, until it is known.
    std::string insist();
    /// Everybody says one thing in each channel they may write in, and all who may must hear it.
    std::string probe();

    Ledger& ledger() { return ledger_; }
    std::vector<Human>& humans() { return humans_; }
    protocol::GuildId guild() const { return guild_; }
    const std::vector<std::string>& channels() const { return channels_; }
    tests::FedNode& host() { return world_[0]; }
    Human& owner() { return humans_.front(); }
    /// Whether this person may see the channel, as the host has it.
    bool may_see(const Human& who, const std::string& channel);
    /// In every text of the vault.
    static constexpr std::string_view kSecret = "secret-of-the-vault";
    /// Nobody but the owner may see this one, ever.
    const std::string& vault() const { return vault_; }

  private:
    using Then = std::function<void(const tests::Answer*)>;
    struct Pending {
        std::shared_ptr<tests::PendingCall> call;
        std::size_t human;
        unsigned start;
        Nanos since;
        Then then;
    };

    void connect(Human& who);
    std::string hear(Human& who);
    std::string hear_dispatch(Human& who, const tests::json::object& frame);
    void ask(Human& who,
             Method method,
             const std::string& path,
             const tests::json::value& body,
             Then then);
    void do_something(Human& who);
    void post(Human& who);
    void edit(Human& who);
    void erase(Human& who);
    void react(Human& who);
    void type(Human& who);
    void rule(Human& who);
    void send(Human& who, Said& said);
    /// A message of theirs that nothing is under way about.
    Said* own(const Human& who);
    std::string any_channel();
    std::string messages_of(const std::string& channel) const {
        return "/api/v10/channels/" + channel + "/messages";
    }

    const Plan& plan_;
    tests::FedNodes& world_;
    Trace& trace_;
    base::SeededRng rng_;
    Ledger ledger_;
    std::vector<Human> humans_;
    std::vector<Pending> pending_;
    protocol::GuildId guild_;
    std::string invite_;
    /// Open to all; then those of the staff.
    std::vector<std::string> channels_;
    std::string staff_role_;
    std::string vault_;
    unsigned made_channels_ = 0;
};

}  // namespace guildhall::sim
