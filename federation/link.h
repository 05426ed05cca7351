#pragma once
// Link: one connection between two nodes, without the connection. Bytes and time come in, bytes and
// events go out; docs/FEDERATION.md ("Handshake" to "Life of a link") is its specification.
//
//   handshaking --both hellos--> open --close() or a goodbye--> draining --> closed
//        \______ fault, silence or too slow: from everywhere ________________/
//
// Owner: a session of node/peering, or a test; one thread. The owner passes what the socket gave to
// receive(), writes what take_output() gives, then handles take_events() in order, calls grant()
// for each frame it has done with, and tick() at next_deadline(). All four may close the link,
// which is the last event.

#include "federation/frame.h"
#include "federation/link_identity.h"
#include "federation/link_records.h"
#include "federation/link_traffic.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace guildhall::federation {

/// Time of a clock that never goes back.
using Nanos = std::chrono::nanoseconds;

enum class LinkRole : std::uint8_t { dialer, listener };
enum class LinkState : std::uint8_t { handshaking, open, draining, closed };

/// What a link is made of.
struct LinkStart {
    LinkRole role = LinkRole::dialer;
    /// Outlives the link.
    const LinkIdentity* identity = nullptr;
    Hello hello;
    /// Whom the dialer dials, if it knows; a listener may also insist.
    std::optional<Hash32> expected_uid;
    /// 32 random bytes, of this link only.
    X25519Secret ephemeral{};
    Nanos now{};
    /// Others only in tests.
    std::uint64_t rekey_records = limits::kRekeyRecords;
};

/// Both hellos are there: who the peer is, and the version that is spoken from now on.
struct Established {
    PeerIdentity peer;
    Hello hello;
    std::uint16_t version = 0;
};
/// A frame of the peer. `cost` is to be granted when it is dealt with.
struct Received {
    Frame frame;
    TrafficClass traffic_class = TrafficClass::control;
    std::size_t cost = 0;
};
/// A peer of another version, and the versions that it and this node speak.
struct VersionClash {
    Hash32 uid;
    std::uint16_t its_min = 0, its_max = 0, own_min = 0, own_max = 0;
};
/// Nothing comes after it. What is in take_output() should still be written.
struct Closed {
    Problem problem;
    /// The peer said goodbye first.
    bool by_peer = false;
    /// The peer broke the protocol.
    bool is_fault = false;
    /// The peer speaks no version that is spoken here.
    std::optional<VersionClash> clash;
};
using LinkEvent = std::variant<Established, Received, Closed>;

enum class SendResult : std::uint8_t { queued, full, too_large, not_open };

class Link {
  public:
    explicit Link(LinkStart start);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void receive(ByteView bytes, Nanos now);
    void tick(Nanos now);
    /// The time of the next tick() that would do something; nothing once closed.
    std::optional<Nanos> next_deadline() const;

    /// Queues a frame; once `open` only.
    SendResult send(const Frame& frame);
    /// Ends the link in order: what is queued is sent, then the goodbye; the peer does the same.
    /// During the handshake it ends at once.
    void close(Problem why, Nanos now);

    /// Whether an answer is awaited: silence is then looked into soon, not after a minute.
    void set_awaiting(bool awaits, Nanos now);

    /// The socket took bytes for which it had no room before: the other side got some meanwhile. No
    /// news of that is what enters an empty buffer here.
    void note_progress(Nanos now);

    /// Sealed bytes for the socket, about limits::kOutputBytes; call again when they are written.
    std::string take_output(Nanos now);
    bool has_output() const;
    std::vector<LinkEvent> take_events();

    /// Credit back to the peer, for a frame that was dealt with.
    void grant(TrafficClass traffic_class, std::size_t bytes);
    /// Bytes that fit the queue of a class.
    std::size_t room(TrafficClass traffic_class) const { return sending_.room(traffic_class); }
    /// Bytes that the peer takes now.
    std::size_t credit(TrafficClass traffic_class) const { return sending_.credit(traffic_class); }
    /// Ephemeral frames that made room for newer ones.
    std::uint64_t dropped() const { return sending_.dropped(); }

    LinkState state() const { return state_; }
    /// A number for a request of this side: odd of the dialer, even of the listener.
    std::uint64_t next_request_id();
    /// How long the last pong took.
    std::optional<Nanos> round_trip() const { return round_trip_; }

  private:
    struct Handshake;

    bool on_record(ByteView record, Nanos now);
    void on_handshake_record(ByteView record, Nanos now);
    void write_handshake();
    bool accept_dial_note(ByteView message);
    bool accept_identity(ByteView payload);
    void start_transport(Nanos now);

    void on_transport_record(ByteView record, Nanos now);
    void on_part(ByteView part, Nanos now);
    void on_link_frame(ByteView bytes, Nanos now);
    void on_whole(ReceiveSide::Whole whole);
    void on_hello(Hello hello, Nanos now);
    void on_goodbye(Problem problem, Nanos now);
    void on_pong(std::uint64_t value, Nanos now);
    bool take_free_frame(Nanos now);

    std::string next_output();
    void ping(Nanos now);
    void pass_backlog(Nanos now);
    std::optional<Nanos> probe_deadline() const;
    void queue_link_frame(FrameBody body);
    void queue_goodbye();
    void start_draining(Nanos now);
    void fail(ProblemCode code, std::string text);
    void finish(Closed closed);
    bool has_transport() const { return handshake_ == nullptr; }

    const LinkRole role_;
    const LinkIdentity& identity_;
    const Hello hello_;
    const std::optional<Hash32> expected_uid_;
    const std::uint64_t rekey_records_;
    LinkState state_ = LinkState::handshaking;
    /// Until its last message.
    std::unique_ptr<Handshake> handshake_;
    /// Verified, until it is handed out with the hello.
    std::optional<PeerIdentity> peer_;

    RecordReader reader_;
    RecordCipher sealer_;
    RecordCipher opener_;
    SendSide sending_;
    ReceiveSide receiving_;
    /// Sealed or in the clear, in order.
    std::string output_;
    /// Parts of the link itself, not yet sealed: they go before all else.
    std::vector<std::string> link_parts_;
    std::vector<LinkEvent> events_;

    Nanos handshake_deadline_{};
    /// A record, and any byte: a large record takes its time on a slow line.
    Nanos last_received_{};
    Nanos last_byte_{};
    Nanos ping_at_{};
    /// Since when there is an answer to wait for.
    std::optional<Nanos> awaiting_since_;
    /// The peer was asked whether it lives, and has until then to say anything.
    std::optional<Nanos> alive_until_;
    /// Sealed bytes that a slow line would not have carried yet, as of that time.
    std::uint64_t backlog_ = 0;
    Nanos backlog_at_{};
    Nanos renew_at_{};
    Nanos drain_deadline_{};
    std::optional<Problem> my_goodbye_;
    bool goodbye_queued_ = false;
    std::optional<Problem> peer_goodbye_;

    std::uint64_t pings_ = 0;
    Nanos ping_sent_{};
    std::optional<Nanos> round_trip_;
    /// Answer to the newest ping; older ones need none.
    std::optional<std::uint64_t> pong_due_;
    std::uint32_t free_frames_ = limits::kFreeFramesMax;
    Nanos free_frames_at_{};
    std::uint64_t requests_ = 0;
};

/// Two nodes dialed each other at once: both keep the link that the smaller uid dialed. Whether
/// that is one in which this side has `mine`.
bool keeps_link(LinkRole mine, const Hash32& my_uid, const Hash32& peer_uid);

}  // namespace guildhall::federation
