// Any bytes as what comes in over a link: from the network into a link that shakes hands or is
// open, and from a peer that has the keys, as the parts of records. The first byte chooses. A link
// must keep its bounds and its events in order, and bytes must mean the same however they are cut.
#include "federation/link.h"

#include "tests/unit/federation/link_pair.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace guildhall::federation;
using namespace guildhall::federation::testing;

namespace {

enum Mode { listener_bytes, dialer_bytes, open_bytes, open_parts, kModes };

const Node& node_a() {
    static const Node node(1);
    return node;
}
const Node& node_b() {
    static const Node node(2);
    return node;
}

/// Nothing after the end, and no frame before the hello.
void check_events(const Side& side) {
    CHECK(side.received.empty() || side.established);
    CHECK((side.link.state() == LinkState::closed) == side.closed.has_value());
}

void feed(Side& side, const std::string& bytes, std::size_t piece) {
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        side.give(bytes.substr(at, piece), Nanos(1));
        check_events(side);
        side.take();
    }
}

/// The dialer's cipher after a handshake by hand with `victim`.
RecordCipher shake_hands(Side& victim) {
    X25519Secret ephemeral;
    ephemeral.fill(5);
    NoiseXX noise(true, node_a().identity.noise, ephemeral, link_prologue(std::nullopt));
    victim.give(with_length(must(noise.write_message(encode(DialNote{})))), Nanos(0));
    CHECK(noise.read_message(victim.take().substr(2)));
    const std::string identity = must(encode_identity(node_a().identity));
    victim.give(with_length(must(noise.write_message(identity))), Nanos(0));
    return RecordCipher(noise.split().send, limits::kRekeyRecords);
}

void send_parts(Side& victim, RecordCipher& sealer, ByteView script) {
    // Parts are cut by a length byte: in eights, so that whole frames fit.
    ByteReader in(script);
    while (in.left() > 0) {
        const std::size_t wanted = std::size_t{in.get<std::uint8_t>()} * 8 + 1;
        const ByteView part = in.take(std::min(wanted, in.left()));
        if (part.empty()) break;
        victim.give(sealer.seal(part), Nanos(1));
        check_events(victim);
        victim.take();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const auto mode = static_cast<Mode>(data[0] % kModes);
    const std::size_t piece = data[0] / kModes + 1;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const bool dials = mode == dialer_bytes;
    Side victim(start_of(dials ? LinkRole::dialer : LinkRole::listener, node_b()));
    if (mode == listener_bytes || mode == dialer_bytes) {
        feed(victim, bytes, piece);
        CHECK(!victim.established);
    } else {
        RecordCipher sealer = shake_hands(victim);
        const std::string hello = encode(Frame{0, hello_of("fuzz")});
        victim.give(sealer.seal(std::string(1, static_cast<char>(kLinkPart)) + hello), Nanos(0));
        CHECK(victim.established);
        victim.take();
        if (mode == open_bytes) feed(victim, bytes, piece);
        if (mode == open_parts) send_parts(victim, sealer, bytes);
    }
    victim.link.tick(limits::kLinkAgeMax * 2);
    victim.collect();
    CHECK(victim.closed);
    return 0;
}
