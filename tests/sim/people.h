#pragma once
// People: who lives on the nodes of one run, what they do, and what their sessions see. They all
// belong to one guild, which the first node hosts to begin with: who lives elsewhere joins it by an
// invite. The first of them owns it, and rules. What they are told goes into the Ledger; what their
// sessions see is checked as it comes, and at the end by the Hearings. One thread.
//
// people.cpp: who they are and how they end; people_acts.cpp: what they do; people_rules.cpp: what
// the owner does; people_sessions.cpp: what they hear.

#include "node/base/rng.h"
#include "tests/sim/hearings.h"
#include "tests/sim/ledger.h"
#include "tests/sim/plan.h"
#include "tests/sim/plant.h"
#include "tests/sim/seats.h"
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
    /// Dispatches that a plant added to it.
    std::uint64_t added = 0;
    /// Where its node was when it was last listened to: control entries; nothing without the guild.
    std::optional<std::uint64_t> control_size;
    std::uint64_t epoch = 0;
    /// By channel, the newest message that the session was told of.
    std::map<std::string, std::uint64_t> newest;
    /// Texts that this session was told.
    std::set<std::string> heard;
};

class People {
  public:
    using Method = base::http::Method;

    People(const Plan& plan, tests::FedNodes& world, Trace& trace, Plant plant);

    /// Makes the guild, and lets everybody join; before any trouble.
    void settle();
    Nanos next() const;
    /// Lets everybody whose time has come do something.
    void act();
    /// Takes answers that came, and reads what sessions were told; what is wrong, or nothing.
    std::string listen();
    /// Who is a member by a join that failed half-way tries it again.
    void join_again();
    /// Says again what nobody knows to have been said, until it is known.
    std::string insist();
    /// Everybody says one thing in each channel they may write in, and all who may must hear it.
    std::string probe();

    /// Everybody reads some of the files that they may see, through their own nodes.
    std::string read_files();

    Ledger& ledger() { return ledger_; }
    std::vector<Human>& humans() { return humans_; }
    protocol::GuildId guild() const { return guild_; }
    const std::vector<std::string>& channels() const { return channels_; }
    tests::FedNode& host() { return world_[seats_.host()]; }
    Human& owner() { return humans_.front(); }
    Seats& seats() { return seats_; }
    const Hearings& hearings() const { return hearings_; }
    /// The same things less often, while nothing but time is to pass.
    void slow_down(unsigned times) { slowness_ = times; }
    /// The owner hands the guild to that node; whether it will be is not known.
    void hand_over(std::size_t node);
    /// The guild as the host has it; while that is down, as somebody has it.
    const protocol::GuildState* truth();
    /// Whether this person may see the channel, by the truth.
    bool may_see(const Human& who, const std::string& channel);
    bool is_member(const Human& who);
    /// Of the guild, with the vault.
    std::vector<std::string> all_channels() const;
    /// In every text of the vault.
    static constexpr std::string_view kSecret = "secret-of-the-vault";
    /// Nobody but the owner may see this one, ever.
    const std::string& vault() const { return vault_; }

  private:
    /// What became of a call. A node that did not know of the newest takeover yet spoke for a
    /// guild that may never have been: its word is not firm.
    struct Outcome {
        const tests::Answer* answer = nullptr;
        bool is_firm = true;

        int status() const { return answer ? answer->status : 0; }
    };
    using Then = std::function<void(const Outcome&)>;
    struct Pending {
        std::shared_ptr<tests::PendingCall> call;
        std::size_t human;
        unsigned start;
        Nanos since;
        std::uint64_t epoch;
        Then then;
    };

    void name_heirs();
    void connect(Human& who);
    std::string hear(Human& who);
    void spoil(Human& who, std::vector<tests::json::object>& frames);
    void note(Human& who, const std::string& name, const tests::json::value& d);
    std::string hear_dispatch(Human& who, const tests::json::object& frame);
    void ask(Human& who,
             Method method,
             const std::string& path,
             const tests::json::value& body,
             Then then);
    void wait_for(Human& who, std::shared_ptr<tests::PendingCall> call, Then then);
    void do_something(Human& who);
    void post(Human& who);
    void edit(Human& who);
    void erase(Human& who);
    void react(Human& who);
    void type(Human& who);
    void join(Human& who);
    void rule(Human& who);
    void make_role(Human& who);
    void give_role(Human& who);
    void change_channels(Human& who);
    void moderate(Human& who);
    void ban(Human& who, Human& other);
    void ban_node(Human& who);
    void hide(Human& who);
    void send(Human& who, Said& said);
    /// Once more, where the answer was that nobody knows.
    void say_again(Said& said);
    /// A message of theirs that nothing is under way about.
    Said* own(const Human& who);
    std::string any_channel();
    std::string messages_of(const std::string& channel) const {
        return "/api/v10/channels/" + channel + "/messages";
    }

    const Plan& plan_;
    tests::FedNodes& world_;
    Trace& trace_;
    const Plant plant_;
    base::SeededRng rng_;
    Ledger ledger_;
    Seats seats_;
    Hearings hearings_;
    unsigned slowness_ = 1;
    bool is_planted_ = false;
    std::vector<Human> humans_;
    std::vector<Pending> pending_;
    protocol::GuildId guild_;
    std::string invite_;
    /// Open to all; then those of the staff.
    std::vector<std::string> channels_;
    std::string staff_role_;
    std::string vault_;
    unsigned made_channels_ = 0;
    /// Of each node, in hex: also while it is down.
    std::vector<std::string> uids_;
};

}  // namespace guildhall::sim
