#pragma once
// EvilPeer: a node that speaks the real protocol over a real federation::Link and says whatever a
// test wants. It has keys and an address of its own, or those of a real node that it pretends to
// be. One thread; leaves its world when it is destroyed.

#include "federation/command_call.h"
#include "federation/link.h"
#include "federation/profile.h"
#include "tests/support/fed_nodes.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::tests {

namespace f = federation;

class EvilPeer final : public WorldPart {
  public:
    /// `number` makes its keys, and its address 198.41.0.number.
    EvilPeer(FedNodes& world, std::string name, std::uint8_t number);
    /// The same keys, address and name as a node that is down.
    EvilPeer(FedNodes& world, const FedNode& victim, f::LinkIdentity identity);
    ~EvilPeer() override;
    EvilPeer(const EvilPeer&) = delete;
    EvilPeer& operator=(const EvilPeer&) = delete;

    // -- Links ------------------------------------------------------------------------------------

    /// Begins a link; nothing when the node cannot be reached. `expected` as the dialer has it.
    bool dial(FedNode& node, std::optional<f::Hash32> expected = {});
    /// dial() and the world run until the link is open; throws when it does not become so.
    void open(FedNode& node);
    /// Takes links at its own address; a new one takes the place of the one before.
    void listen();
    /// A connection without a link: bytes as they are.
    bool connect(FedNode& node);
    void write(std::string_view bytes);
    /// The connection ends without a word.
    void hang_up();

    bool is_open() const { return link_ && link_->state() == f::LinkState::open; }
    bool is_connected() const { return stream_ != nullptr; }
    f::Link& link() { return *link_; }

    // -- Frames -----------------------------------------------------------------------------------

    bool send(f::FrameBody body, std::uint64_t id = 0);
    /// The first answer; nothing when none came within so long.
    std::optional<f::FrameBody> ask(f::FrameBody question,
                                    base::Nanos limit = std::chrono::seconds(15));
    /// The code with which a question was refused; none for any other answer, or without one.
    f::ProblemCode refusal(f::FrameBody question);
    /// Of that kind, in order.
    template <class Body>
    std::vector<Body> all() const {
        std::vector<Body> out;
        for (const f::Frame& frame : received) {
            if (const auto* body = std::get_if<Body>(&frame.body)) out.push_back(*body);
        }
        return out;
    }

    /// Called with every frame, after it was kept.
    std::function<void(const f::Frame&)> react;
    std::vector<f::Frame> received;
    std::optional<f::Established> established;
    std::optional<f::Closed> closed;
    /// Bytes that came where there is no link.
    std::string raw;
    /// What is written is added to it.
    std::string* record = nullptr;
    /// Gives credit back at once.
    bool grants = true;
    /// What it says of itself.
    f::Hello hello;

    const f::Hash32& uid() const { return uid_; }
    const std::string& name() const { return name_; }
    const base::IpAddress& ip() const { return ip_; }
    const f::SecretKey& key() const { return *identity_.signing; }
    const f::LinkIdentity& identity() const { return identity_; }
    /// The key log that it shows from now on, and the key it signs with, where that is another.
    void set_events(std::vector<std::string> events, const f::SecretKey* signing) {
        identity_.log.events = std::move(events);
        if (signing) identity_.signing = signing;
    }

    bool poll_one() override;
    std::optional<base::Nanos> next_deadline() override;

    FedNodes& world;

  private:
    void join_world();
    f::LinkStart start_of(f::LinkRole role, std::optional<f::Hash32> expected);
    void take(std::unique_ptr<base::ByteStream> stream);
    void read();
    void settle();
    void flush();

    const std::string name_;
    const base::IpAddress ip_;
    f::SecretKey signing_;
    f::LinkIdentity identity_;
    f::Hash32 uid_{};
    TailLog log_;
    base::Shards shards_;
    std::unique_ptr<base::Network> network_;
    std::unique_ptr<base::Listener> listener_;
    std::unique_ptr<base::ByteStream> stream_;
    std::unique_ptr<f::Link> link_;
    std::string output_;
    base::TimerId timer_;
    std::uint8_t links_ = 0;
};

/// A user of an evil peer: a genesis that names it as home, and a profile.
struct EvilUser {
    EvilUser(const EvilPeer& home, std::string name, std::uint8_t number);

    f::SecretKey key;
    std::string name;
    /// signature ‖ genesis.
    std::string genesis;
    f::Hash32 uid{};
    protocol::UserId id;
    /// signature ‖ profile.
    std::string profile;
};

}  // namespace guildhall::tests
