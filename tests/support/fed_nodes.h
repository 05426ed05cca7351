#pragma once
// Whole nodes in one process: app::Core over databases in memory, one network in memory and one
// virtual clock, so that a run is the same every time. Nodes can be crashed at any moment, between
// two handlers of one turn too, and start again with what their disks hold. People call the REST
// surface as the HTTP server would, and hold gateway sessions without sockets. One thread.

#include "node/app/core.h"
#include "node/base/memory_network.h"
#include "node/store/inline_sqlite_db.h"
#include "tests/support/answer.h"
#include "tests/support/gateway_client.h"
#include "tests/support/temp_folder.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::tests {

class FedNodes;

/// Keeps the last lines, with the virtual time.
class TailLog final : public base::Log {
  public:
    TailLog(const base::Clock& clock, std::string who) : clock_(clock), who_(std::move(who)) {}

    bool enabled(base::LogLevel wanted) const override { return wanted >= level; }
    void write(base::LogLevel level,
               std::string_view category,
               std::string_view message,
               std::initializer_list<base::LogField> fields) override;
    bool contains(std::string_view text) const;

    base::LogLevel level = base::LogLevel::info;
    std::deque<std::string> lines;

  private:
    const base::Clock& clock_;
    const std::string who_;
};

/// The world's time, with a wall clock that may be wrong.
class NodeClock final : public base::Clock {
  public:
    explicit NodeClock(const base::ManualClock& world) : world_(world) {}

    base::Nanos now() const override { return world_.now(); }
    protocol::UnixMs unix_ms() const override { return world_.unix_ms() + skew_ms; }
    bool is_manual() const override { return true; }

    std::int64_t skew_ms = 0;

  private:
    const base::ManualClock& world_;
};

/// A call under way, or its answer. A node that crashes never answers.
struct PendingCall {
    base::http::Request request;
    std::optional<Answer> answer;
};

struct Person {
    protocol::UserId id;
    std::string name;
    /// As the Authorization header has it.
    std::string token;
};

/// Anything that lives in the world and has work to do.
class WorldPart {
  public:
    virtual ~WorldPart() = default;
    /// Runs one handler, or what is due; false when nothing was ready.
    virtual bool poll_one() = 0;
    virtual std::optional<base::Nanos> next_deadline() = 0;
};

class FedNode final : public WorldPart {
  public:
    using Method = base::http::Method;

    FedNode(FedNodes& world, std::string name, const base::IpAddress& ip, std::uint64_t seed);
    ~FedNode() override;
    FedNode(const FedNode&) = delete;
    FedNode& operator=(const FedNode&) = delete;

    void start();
    /// The process dies: what was not committed never was. Not from inside a handler.
    void crash();
    /// The same when it has run so many handlers more.
    void crash_after(std::uint64_t count) { crash_in_ = count; }
    bool is_up() const { return running_ != nullptr; }
    /// Another disk: the node is a new one when it starts again.
    void wipe();

    app::Core& core();
    /// As of its next start.
    app::Config& config() { return config_; }
    journal::View& view() { return *core().views.front(); }
    const std::string& name() const { return name_; }
    const base::IpAddress& ip() const { return ip_; }
    const federation::Hash32& uid() { return core().identity.uid; }

    Person add_user(const std::string& name);
    /// An application's bot, of an owner who lives here too.
    Person add_bot(const Person& owner, const std::string& name);

    /// Begins a call; run the world until it has its answer.
    std::shared_ptr<PendingCall> begin(Method method,
                                       const std::string& target,
                                       const Person& by,
                                       const json::value& body = nullptr);
    /// The same with one file, as clients send it.
    std::shared_ptr<PendingCall> begin_upload(const std::string& target,
                                              const Person& by,
                                              const json::value& payload,
                                              const std::string& bytes);
    /// What the node's CDN answers to an address of its own, with the file's bytes as body.
    Answer fetch(std::string address);
    /// The answer; throws when there is none after a virtual minute.
    Answer call(Method method,
                const std::string& target,
                const Person& by,
                const json::value& body = nullptr);
    /// The same, and throws when it is not a success.
    json::value ok(Method method,
                   const std::string& target,
                   const Person& by,
                   const json::value& body = nullptr);

    /// A gateway session of this start of the node; it ends with it.
    Client& connect(const Person& who);
    void disconnect(Client& client);

    /// Null where the node has no such guild.
    const protocol::GuildState* guild(protocol::GuildId id);

    bool poll_one() override;
    std::optional<base::Nanos> next_deadline() override;

    NodeClock clock;
    TailLog log;
    std::unique_ptr<store::InlineSqliteDb> db;
    /// Handlers run since the world began.
    std::uint64_t handlers = 0;
    unsigned starts = 0;
    /// What it says to other nodes, as of its next start.
    peering::Dialect dialect;
    /// An event that its version does not know, as of now.
    std::optional<protocol::EventKind> unknown_kind;

  private:
    /// From one start to the next crash; what is first is destroyed last.
    struct Running {
        std::unique_ptr<base::Shards> shards;
        std::unique_ptr<base::Network> network;
        std::unique_ptr<app::Core> core;
        std::vector<std::unique_ptr<Client>> clients;
    };

    std::shared_ptr<PendingCall> begin(base::http::Request request, const Person& by);
    base::Shard& shard() { return running_->shards->at(0); }

    FedNodes& world_;
    const std::string name_;
    const base::IpAddress ip_;
    app::Config config_;
    base::SeededRng rng_;
    std::uint64_t crash_in_ = 0;
    std::unique_ptr<Running> running_;
};

class FedNodes {
  public:
    /// Starts `count` nodes: a.example at 10.0.0.1, b.example at 10.0.0.2, and so on.
    explicit FedNodes(std::size_t count, std::uint64_t seed = 1);
    ~FedNodes();
    FedNodes(const FedNodes&) = delete;
    FedNodes& operator=(const FedNodes&) = delete;

    FedNode& operator[](std::size_t i) { return *nodes_[i]; }
    std::size_t size() const { return nodes_.size(); }

    /// What else is run with the nodes; it leaves before it is destroyed.
    void add(WorldPart& part) { parts_.push_back(&part); }
    void remove(WorldPart& part) { std::erase(parts_, &part); }

    /// Runs what is ready until nothing is; time stands still.
    void run();
    /// Moves time, stopping at every deadline on the way.
    void advance(base::Nanos by);
    /// Runs, moving time as needed, until `done`; false when it is not after so long.
    bool run_until(const std::function<bool()>& done, base::Nanos limit = std::chrono::minutes(1));
    /// Runs a task of a node's shard to its end.
    template <class T>
    T wait(base::Shard& shard, base::Task<T> task);

    /// What every node wrote last, for a test that fails.
    std::string logs() const;

    base::ManualClock clock{1'700'000'000'000};
    base::MemoryNetwork net;
    base::TableResolver resolver;
    TempFolder files;

  private:
    std::optional<base::Nanos> next_deadline();

    std::vector<std::unique_ptr<FedNode>> nodes_;
    /// The nodes, and what else was added.
    std::vector<WorldPart*> parts_;
};

template <class T>
T FedNodes::wait(base::Shard& shard, base::Task<T> task) {
    auto out = std::make_shared<std::optional<T>>();
    auto work = [](base::Task<T> t, std::shared_ptr<std::optional<T>> to) -> base::Task<void> {
        to->emplace(co_await std::move(t));
    };
    shard.spawn("test", work(std::move(task), out));
    if (!run_until([&] { return out->has_value(); })) {
        throw std::runtime_error("the task did not end\n" + logs());
    }
    return std::move(**out);
}

}  // namespace guildhall::tests
