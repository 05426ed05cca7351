#pragma once
// Two links and the bytes between them, for tests: no socket, and a clock that the test moves.

#include "federation/link.h"
#include "tests/unit/federation/support.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace guildhall::federation::testing {

/// A node's keys, from one byte.
struct Node {
    explicit Node(std::uint8_t byte) : signing(key(byte)), next(key(byte + 100)) {
        identity.noise.fill(byte);
        NodeGenesis genesis;
        genesis.created_ms = 1'700'000'000'000;
        genesis.nonce.fill(byte);
        genesis.signing_key = signing.public_key();
        genesis.noise_static = x25519_public(identity.noise);
        genesis.next_key_commit = key_commit(next.public_key());
        identity.log.genesis = encode(sign(genesis, signing));
        identity.signing = &signing;
        uid = uid_of(identity);
    }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    /// Goes over to the key that the genesis committed to.
    void rotate() {
        KeyEvent event;
        event.subject_uid = event.prev = uid;
        event.seq = 1;
        event.signing_key = next.public_key();
        identity.log.events.push_back(encode(sign(event, next)));
        identity.signing = &next;
    }

    SecretKey signing;
    SecretKey next;
    LinkIdentity identity;
    Hash32 uid{};
};

inline Hello hello_of(std::string name) {
    Hello hello{.protoMin = 1, .protoMax = 1, .name = std::move(name), .software = "test"};
    hello.guildFormats = {1};
    return hello;
}

inline LinkStart start_of(LinkRole role, const Node& node) {
    LinkStart start;
    start.role = role;
    start.identity = &node.identity;
    start.hello = hello_of(role == LinkRole::dialer ? "a.example" : "b.example");
    start.ephemeral.fill(role == LinkRole::dialer ? 77 : 78);
    return start;
}

/// One side, with all that happened to it.
struct Side {
    explicit Side(LinkStart start) : link(std::move(start)) {}

    void collect() {
        for (LinkEvent& event : link.take_events()) {
            if (auto* up = std::get_if<Established>(&event)) established = std::move(*up);
            if (auto* closing = std::get_if<Closed>(&event)) closed = std::move(*closing);
            if (auto* got = std::get_if<Received>(&event)) {
                if (grants) link.grant(got->traffic_class, got->cost);
                received.push_back(std::move(*got));
            }
        }
    }
    void give(ByteView bytes, Nanos now) {
        link.receive(bytes, now);
        collect();
    }
    std::string take(Nanos now = {}) {
        std::string out = link.take_output(now);
        collect();
        return out;
    }

    Link link;
    std::optional<Established> established;
    std::optional<Closed> closed;
    std::vector<Received> received;
    /// Consumes what it receives at once.
    bool grants = true;
};

struct LinkPair {
    explicit LinkPair(LinkStart dialer, LinkStart listener)
        : a(std::move(dialer)), b(std::move(listener)) {}

    /// Carries bytes both ways until both are silent.
    void run() {
        for (bool moved = true; moved;) {
            const std::string to_b = a.take(now);
            if (!to_b.empty()) b.give(to_b, now);
            const std::string to_a = b.take(now);
            if (!to_a.empty()) a.give(to_a, now);
            moved = !to_b.empty() || !to_a.empty();
        }
    }
    /// Moves time in steps no longer than the deadlines, carrying bytes.
    void pass(Nanos time) {
        const Nanos end = now + time;
        while (now < end) {
            Nanos next = end;
            for (const Side* side : {&a, &b}) {
                const auto deadline = side->link.next_deadline();
                if (deadline && *deadline > now) next = std::min(next, *deadline);
            }
            now = next;
            a.link.tick(now);
            b.link.tick(now);
            run();
        }
    }

    Side a;
    Side b;
    Nanos now{1'000'000};
};

/// Two nodes with an open link, dialed by the first.
struct OpenPair {
    OpenPair() {
        LinkStart dialer = start_of(LinkRole::dialer, node_a);
        dialer.expected_uid = node_b.uid;
        dialer.now = Nanos(1'000'000);
        LinkStart listener = start_of(LinkRole::listener, node_b);
        listener.now = dialer.now;
        pair.emplace(std::move(dialer), std::move(listener));
        pair->run();
    }
    Side& a() { return pair->a; }
    Side& b() { return pair->b; }

    Node node_a{1};
    Node node_b{2};
    std::optional<LinkPair> pair;
};

}  // namespace guildhall::federation::testing
