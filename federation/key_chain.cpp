#include "federation/key_chain.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

namespace {

constexpr std::uint8_t kCommittedKeyRank = kRotationKeysMax;

std::uint8_t rank_of(const KeyEvent& event) {
    return event.recovery ? event.recovery->signer : kCommittedKeyRank;
}

std::string consent_bytes(ByteView event, std::uint32_t key_seq) {
    return ByteWriter().put(blake2b(event)).put(key_seq).take();
}

}  // namespace

std::string encode(const SignedKeyEvent& event) {
    ByteWriter out;
    out.put(event.signature).put(ByteView(event.bytes));
    if (event.consent) out.put(event.consent->key_seq).put(event.consent->signature);
    return out.take();
}

std::optional<SignedKeyEvent> decode_signed_key_event(ByteView stored) {
    if (stored.size() > kKeyEventBytesMax) return std::nullopt;
    ByteReader in(stored);
    SignedKeyEvent out;
    out.signature = in.get<Signature>();
    if (in.failed()) return std::nullopt;
    const auto size = key_event_size(stored.subspan(out.signature.size()));
    if (!size) return std::nullopt;
    out.bytes = in.take(*size).text();
    if (in.left() > 0) {
        HomeConsent consent;
        consent.key_seq = in.get<std::uint32_t>();
        consent.signature = in.get<Signature>();
        out.consent = consent;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

SignedKeyEvent sign(const KeyEvent& event, const SecretKey& key) {
    SignedKeyEvent out;
    out.bytes = encode(event);
    out.signature = key.sign(Domain::key_event, ByteView(out.bytes));
    return out;
}

HomeConsent consent_to_move(ByteView event, std::uint32_t home_key_seq, const SecretKey& home) {
    const std::string bytes = consent_bytes(event, home_key_seq);
    return {home_key_seq, home.sign(Domain::migration, ByteView(bytes))};
}

std::string encode(const KeyLog& log) {
    CHECK(log.events.size() <= kKeyEventsMax);
    ByteWriter out;
    put_text(out, log.genesis);
    out.put(static_cast<std::uint16_t>(log.events.size()));
    for (const std::string& event : log.events) put_text(out, event);
    return out.take();
}

std::optional<KeyLog> decode_key_log(ByteView bytes) {
    ByteReader in(bytes);
    KeyLog out;
    if (!get_text(in, out.genesis, kKeyEventBytesMax)) return std::nullopt;
    const auto count = in.get<std::uint16_t>();
    if (count > kKeyEventsMax) return std::nullopt;
    for (int i = 0; i < count && !in.failed(); ++i) {
        if (!get_text(in, out.events.emplace_back(), kKeyEventBytesMax)) return std::nullopt;
    }
    if (!in.done()) return std::nullopt;
    return out;
}

protocol::Result<KeyChain> KeyChain::start(ByteView signed_genesis, KeyTime time) {
    if (signed_genesis.size() > kKeyEventBytesMax) return refused("the genesis is too long");
    const auto stored = decode_signed_genesis(signed_genesis);
    const auto genesis = stored ? verify(*stored) : std::nullopt;
    if (!genesis) return refused("the genesis does not verify");
    const Hash32 uid = uid_of(stored->bytes);
    KeyChain out;
    if (const auto* node = std::get_if<NodeGenesis>(&*genesis)) {
        out.states_.push_back(key_state_of(*node, uid));
        out.created_ms_ = node->created_ms;
    } else if (const auto* user = std::get_if<UserGenesis>(&*genesis)) {
        out.states_.push_back(key_state_of(*user, uid));
        out.created_ms_ = user->created_ms;
        out.is_user_ = true;
    } else {
        return refused("a guild has no key log");
    }
    out.genesis_ = signed_genesis.text();
    out.start_time_ = time;
    out.history_.push_back({time.control_seq, out.states_.front()});
    return out;
}

protocol::Result<KeyChain> KeyChain::from(const KeyLog& log, KeyTime time, NodeKeys keys) {
    if (log.events.size() > kKeyEventsMax) return refused("the key log is too long");
    return restore(log, std::vector<KeyTime>(log.events.size() + 1, time), keys);
}

protocol::Result<KeyChain> KeyChain::restore(const KeyLog& log,
                                             std::span<const KeyTime> times,
                                             NodeKeys keys) {
    if (log.events.size() > kKeyEventsMax) return refused("the key log is too long");
    if (times.size() != log.events.size() + 1) return refused("the key log's times do not fit it");
    TRY(KeyChain out, start(log.genesis, times.front()));
    for (std::size_t i = 0; i < log.events.size(); ++i) {
        TRY(const KeyStep step, out.apply(log.events[i], times[i + 1], keys));
        // A log that is sent holds what is valid: each event once, in order.
        if (step != KeyStep::added) return refused("the key log does not follow itself");
    }
    return out;
}

protocol::Result<KeyState> KeyChain::checked(const KeyState& before,
                                             const SignedKeyEvent& event,
                                             NodeKeys keys) const {
    auto after = federation::apply(before, ByteView(event.bytes), event.signature);
    if (!after) return refused("the key event does not follow or is not signed as it must be");
    const bool moves = is_user_ && after->target != before.target;
    if (moves != event.consent.has_value()) {
        return refused(moves ? "the new home did not agree to the move"
                             : "a key event without a move carries an agreement");
    }
    if (moves) {
        const auto home = Hash32::from(after->target.text()).value_or(Hash32{});
        const auto key = keys(home, event.consent->key_seq);
        const std::string bytes = consent_bytes(event.bytes, event.consent->key_seq);
        if (!key || !verify(*key, Domain::migration, bytes, event.consent->signature)) {
            return refused("the new home's agreement to the move does not verify");
        }
    }
    return std::move(*after);
}

void KeyChain::take(const SignedKeyEvent& event,
                    const KeyEvent& decoded,
                    KeyState after,
                    KeyTime time) {
    ++taken_;
    // A verifier is given events in the order of the control log; an older number would make the
    // history lie about what held before.
    const std::uint64_t since = std::max(time.control_seq, history_.back().control_seq);
    history_.push_back({since, after});
    events_.push_back({encode(event), after.last_hash, time, rank_of(decoded)});
    states_.push_back(std::move(after));
}

/// An event of a seq that the chain already has.
protocol::Result<KeyStep> KeyChain::meet(const KeyEvent& event,
                                         const SignedKeyEvent& signed_event,
                                         KeyTime time,
                                         NodeKeys keys) {
    const Taken& present = events_[event.seq - 1];
    TRY(KeyState after, checked(states_[event.seq - 1], signed_event, keys));
    if (!event.recovery || event.recovery->replaces != present.hash) {
        if (rank_of(event) == present.rank) return KeyStep::forked;
        return refused("another key event has this place");
    }
    if (event.recovery->signer >= present.rank) {
        return refused("the rotation key is no stronger than the key of the event it replaces");
    }
    if (time.seen_ms - present.time.seen_ms > kKeyOverrideWindow.count()) {
        return refused("the event to replace was seen more than 72 hours ago");
    }
    if (overrides_ >= kKeyOverridesMax) return refused("the key log was overridden too often");
    ++overrides_;
    events_.resize(event.seq - 1);
    states_.erase(states_.begin() + event.seq, states_.end());
    take(signed_event, event, std::move(after), time);
    return KeyStep::replaced;
}

protocol::Result<KeyStep> KeyChain::apply(ByteView stored, KeyTime time, NodeKeys keys) {
    const auto signed_event = decode_signed_key_event(stored);
    const auto event = signed_event ? decode_key_event(signed_event->bytes) : std::nullopt;
    if (!event) return refused("the key event is malformed");
    if (event->subject_uid != uid()) return refused("the key event is of another identity");
    if (event->seq == 0 || event->seq > state().seq + 1) return refused("key events are missing");
    if (event->seq <= state().seq) {
        // Another signature of the same bytes says nothing new.
        if (events_[event->seq - 1].hash == blake2b(signed_event->bytes)) return KeyStep::repeated;
        return meet(*event, *signed_event, time, keys);
    }
    if (taken_ >= kKeyEventsTakenMax + overrides_) return refused("too many key events");
    TRY(KeyState after, checked(state(), *signed_event, keys));
    take(*signed_event, *event, std::move(after), time);
    return KeyStep::added;
}

std::optional<protocol::Snowflake> KeyChain::user_id() const {
    if (!is_user_) return std::nullopt;
    return derived_id(uid(), created_ms_);
}

PublicKey KeyChain::noise_static() const {
    CHECK(!is_user_);
    return PublicKey::from(state().target.text()).value_or(PublicKey{});
}

Hash32 KeyChain::home() const {
    CHECK(is_user_);
    return Hash32::from(state().target.text()).value_or(Hash32{});
}

std::optional<PublicKey> KeyChain::signing_key_at(std::uint32_t key_seq) const {
    if (key_seq >= states_.size()) return std::nullopt;
    return states_[key_seq].signing_key;
}

bool KeyChain::was_replaced(std::uint32_t key_seq, protocol::UnixMs by_ms) const {
    if (key_seq >= events_.size()) return false;
    const auto stored = decode_signed_key_event(events_[key_seq].stored);
    const auto next = stored ? decode_key_event(stored->bytes) : std::nullopt;
    if (!next || by_ms <= next->ts_ms) return false;
    // Both are the word of others: far apart they would not fit.
    const auto after_ms =
        static_cast<std::uint64_t>(by_ms) - static_cast<std::uint64_t>(next->ts_ms);
    return after_ms > static_cast<std::uint64_t>(kKeyClockMargin.count());
}

const KeyState& KeyChain::state_at_control(std::uint64_t control_size) const {
    const auto after = std::ranges::upper_bound(history_, control_size, {}, &Span::control_seq);
    return after == history_.begin() ? history_.front().state : std::prev(after)->state;
}

bool KeyChain::any_key(protocol::FunctionRef<bool(const PublicKey&)> check) const {
    return std::ranges::any_of(history_,
                               [&](const Span& span) { return check(span.state.signing_key); });
}

KeyLog KeyChain::log() const {
    KeyLog out;
    out.genesis = genesis_;
    for (const Taken& event : events_) out.events.push_back(event.stored);
    return out;
}

std::vector<KeyTime> KeyChain::times() const {
    std::vector<KeyTime> out = {start_time_};
    for (const Taken& event : events_) out.push_back(event.time);
    return out;
}

}  // namespace guildhall::federation
