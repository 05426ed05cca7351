// What comes in over a link: handshake messages, records, parts, and the link's own frames.
#include "federation/link.h"
#include "federation/link_handshake.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace guildhall::federation {

void Link::receive(ByteView bytes, Nanos now) {
    if (state_ == LinkState::closed) return;
    last_byte_ = now;
    alive_until_.reset();
    const bool fine = reader_.feed(bytes, [&](ByteView record) { return on_record(record, now); });
    if (!fine) fail(ProblemCode::malformed, "a record of this length cannot be");
}

bool Link::on_record(ByteView record, Nanos now) {
    if (has_transport()) {
        on_transport_record(record, now);
    } else {
        on_handshake_record(record, now);
    }
    return state_ != LinkState::closed;
}

// -- Handshake ------------------------------------------------------------------------------------

void Link::on_handshake_record(ByteView record, Nanos now) {
    const bool first = role_ == LinkRole::listener && !handshake_->noise;
    if (first && !accept_dial_note(record)) {
        return fail(ProblemCode::version, "not a handshake of a version spoken here");
    }
    NoiseXX& noise = *handshake_->noise;
    const auto payload = noise.read_message(record);
    if (!payload) return fail(ProblemCode::wrong_peer, "a handshake message is not authentic");
    if (first) {
        reader_.set_bounds(kThirdMessageBytesMin, kHandshakeMessageBytesMax);
    } else if (!accept_identity(*payload)) {
        return fail(
            peer_ && peer_->uid == uid_of(identity_) ? ProblemCode::self : ProblemCode::wrong_peer,
            "the peer is not whom it should be");
    }
    if (!noise.finished()) write_handshake();
    if (state_ != LinkState::closed && noise.finished()) start_transport(now);
}

bool Link::accept_dial_note(ByteView message) {
    const auto note = decode_dial_note(ByteView(message.subspan(kKeyBytes)));
    if (!note || note->major != kProtocolMajor) return false;
    std::optional<Hash32> dialed;
    if (note->pinned) dialed = uid_of(identity_);
    handshake_->begin(false, identity_, dialed);
    return true;
}

void Link::write_handshake() {
    NoiseXX& noise = *handshake_->noise;
    std::optional<std::string> payload;
    if (role_ == LinkRole::dialer && noise.remote_static().is_zero()) {
        payload = encode(DialNote{kProtocolMajor, expected_uid_.has_value()});
    } else {
        payload = encode_identity(identity_);
    }
    const auto message = payload ? noise.write_message(*payload) : std::nullopt;
    if (!message) return fail(ProblemCode::wrong_peer, "the handshake cannot go on");
    output_ += with_length(*message);
}

bool Link::accept_identity(ByteView payload) {
    peer_ = verify_identity(payload, handshake_->noise->remote_static());
    if (!peer_) return false;
    if (peer_->uid == uid_of(identity_)) return false;
    return !expected_uid_ || peer_->uid == *expected_uid_;
}

void Link::start_transport(Nanos now) {
    auto transport = handshake_->noise->split();
    sealer_ = RecordCipher(std::move(transport.send), rekey_records_);
    opener_ = RecordCipher(std::move(transport.receive), rekey_records_);
    handshake_.reset();
    reader_.set_bounds(limits::kRecordTagBytes + 2, limits::kRecordBytesMax);
    last_received_ = now;
    queue_link_frame(hello_);
}

// -- Records --------------------------------------------------------------------------------------

void Link::on_transport_record(ByteView record, Nanos now) {
    const auto part = opener_.open(record);
    if (!part) return fail(ProblemCode::forged, "a record that its key does not open");
    last_received_ = now;
    ping_at_ = now + limits::kPingAfter;
    on_part(*part, now);
}

void Link::on_part(ByteView part, Nanos now) {
    if (part[0] == kLinkPart) return on_link_frame(ByteView(part.subspan(1)), now);
    if (state_ == LinkState::handshaking || peer_goodbye_) {
        return fail(ProblemCode::malformed, "a frame outside of hello and goodbye");
    }
    auto outcome = receiving_.take(part);
    if (outcome.fault != ProblemCode::none) return fail(outcome.fault, "a part that may not be");
    if (outcome.whole) on_whole(std::move(*outcome.whole));
}

void Link::on_whole(ReceiveSide::Whole whole) {
    auto frame = decode_frame(whole.frame);
    if (!frame) return fail(ProblemCode::malformed, "a frame that does not parse");
    if (std::holds_alternative<frames::Unknown>(frame->body)) {
        receiving_.consume(whole.traffic_class, whole.cost);
        if (frame->id != 0 && state_ == LinkState::open) {
            send({frame->id, Problem{ProblemCode::unsupported, "unknown frame"}});
        }
        return;
    }
    const bool of_link = frame->body.index() <= FrameBody(frames::Goodbye{}).index();
    if (of_link || class_of(*frame) != whole.traffic_class) {
        return fail(ProblemCode::malformed, "a frame in the wrong class");
    }
    events_.emplace_back(Received{std::move(*frame), whole.traffic_class, whole.cost});
}

// -- The link's own frames ------------------------------------------------------------------------

bool Link::take_free_frame(Nanos now) {
    // A bucket that is full again after a second.
    const double share = std::chrono::duration<double>(now - free_frames_at_).count();
    const double refill = std::min(1.0, share) * limits::kFreeFramesMax;
    if (refill >= 1) {
        free_frames_ =
            std::min(limits::kFreeFramesMax, free_frames_ + static_cast<std::uint32_t>(refill));
        free_frames_at_ = now;
    }
    if (free_frames_ == 0) return false;
    --free_frames_;
    return true;
}

void Link::on_link_frame(ByteView bytes, Nanos now) {
    if (!take_free_frame(now)) return fail(ProblemCode::flood, "too many frames without cost");
    if (bytes.size() > limits::kLinkFrameBytesMax) {
        return fail(ProblemCode::malformed, "a frame of the link that is too long");
    }
    auto frame = decode_frame(bytes);
    if (!frame) return fail(ProblemCode::malformed, "a frame that does not parse");
    FrameBody& body = frame->body;
    if (auto* hello = std::get_if<Hello>(&body)) return on_hello(std::move(*hello), now);
    if (state_ == LinkState::handshaking) {
        return fail(ProblemCode::malformed, "a frame before the hello");
    }
    if (const auto* ping = std::get_if<frames::Ping>(&body)) {
        pong_due_ = ping->value;
    } else if (const auto* pong = std::get_if<frames::Pong>(&body)) {
        on_pong(pong->value, now);
    } else if (const auto* credit = std::get_if<frames::Credit>(&body)) {
        const bool known = static_cast<std::size_t>(credit->trafficClass) < kTrafficClasses;
        if (!known || !sending_.add_credit(credit->trafficClass, credit->bytes)) {
            fail(ProblemCode::malformed, "credit for nothing that was sent");
        }
    } else if (auto* goodbye = std::get_if<frames::Goodbye>(&body)) {
        on_goodbye(std::move(*goodbye), now);
    } else if (!std::holds_alternative<frames::Unknown>(body)) {
        fail(ProblemCode::malformed, "a frame that is not the link's own");
    }
}

namespace {

std::string versions_of(const Hello& hello) {
    return std::to_string(hello.protoMin) + " to " + std::to_string(hello.protoMax);
}

bool is_plausible(const Hello& hello) {
    return hello.protoMin <= hello.protoMax && hello.features.size() <= limits::kFeaturesMax &&
           hello.guildFormats.size() <= limits::kGuildFormatsMax &&
           hello.name.size() <= limits::kNodeNameBytesMax &&
           hello.software.size() <= limits::kSoftwareBytesMax &&
           hello.endpoints.size() <= limits::kEndpointsMax &&
           std::all_of(hello.endpoints.begin(), hello.endpoints.end(), [](const auto& endpoint) {
               return endpoint.size() <= limits::kEndpointBytesMax;
           });
}

}  // namespace

void Link::on_hello(Hello hello, Nanos now) {
    if (state_ != LinkState::handshaking || !is_plausible(hello)) {
        return fail(ProblemCode::malformed, "a hello that may not be");
    }
    const std::uint16_t version = std::min(hello.protoMax, hello_.protoMax);
    if (version < std::max(hello.protoMin, hello_.protoMin)) {
        const bool dialed = role_ == LinkRole::dialer;
        fail(ProblemCode::version,
             "no version of the protocol in common: the dialer speaks " +
                 versions_of(dialed ? hello_ : hello) + ", the listener " +
                 versions_of(dialed ? hello : hello_));
        if (peer_) {
            std::get<Closed>(events_.back()).clash = {
                peer_->uid, hello.protoMin, hello.protoMax, hello_.protoMin, hello_.protoMax};
        }
        return;
    }
    state_ = LinkState::open;
    ping_at_ = now + limits::kPingAfter;
    renew_at_ =
        now + limits::kLinkAgeMax + (role_ == LinkRole::listener ? limits::kLinkAgeSlack : Nanos{});
    std::optional<PeerIdentity> peer = std::exchange(peer_, std::nullopt);
    CHECK(peer.has_value());
    events_.emplace_back(Established{std::move(*peer), std::move(hello), version});
}

void Link::on_goodbye(Problem problem, Nanos now) {
    if (peer_goodbye_) return fail(ProblemCode::malformed, "a second goodbye");
    problem.text.resize(std::min(problem.text.size(), limits::kProblemTextBytesMax));
    const bool answered = goodbye_queued_;
    peer_goodbye_ = problem;
    if (answered) {
        // Both have said it. Who said it first says why.
        return finish({my_goodbye_.value_or(Problem{}), false, false});
    }
    if (!my_goodbye_) my_goodbye_ = Problem{};
    if (state_ == LinkState::open) start_draining(now);
}

void Link::on_pong(std::uint64_t value, Nanos now) {
    if (value == pings_ && pings_ != 0) round_trip_ = now - ping_sent_;
}

}  // namespace guildhall::federation
