#include "tests/bench/floor/event_chain.h"

#include "tests/bench/common/support.h"
#include "tests/bench/floor/message_event.capnp.h"

#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <kj/io.h>
#include <sodium.h>

#include <cstring>

namespace guildhall::bench {

namespace {

// 118 bytes, as the design's floor sends them.
constexpr const char* kContent =
    "the quick brown fox jumps over the lazy dog and then goes to sleep near the river, with a "
    "link "
    "https://example.org/xy";
constexpr std::uint64_t kChannels = 500;
constexpr std::size_t kEventWordsMax = 4096;

kj::ArrayPtr<const capnp::byte> as_data(const std::array<unsigned char, kHashBytes>& hash,
                                        std::size_t size = kHashBytes) {
    return kj::arrayPtr(hash.data(), size);
}

void fill(wire::MessageEvent::Builder event,
          std::uint64_t id,
          const std::array<unsigned char, kHashBytes>& previous) {
    event.setId(id);
    event.setChannelId(1000 + id % kChannels);
    event.setGuildId(998'877'665'544);
    auto author = event.initAuthor();
    author.setId(std::uint64_t{555} << 40);
    author.setUsername("someuser");
    author.setGlobalName("Some User");
    author.setAvatar(as_data(previous, 16));
    author.setFlags(64);
    author.setHome(as_data(previous));
    event.setContent(kContent);
    event.setTimestampMs(1'700'000'000'000);
    event.setNonce("1234567890123456789");
    event.setReplyTo(id - 1);
    event.setPrevHash(as_data(previous));
    event.setSeq(id);
}

void append_u32(std::string& out, std::size_t value) {
    const auto number = static_cast<std::uint32_t>(value);
    out.append(reinterpret_cast<const char*>(&number), sizeof number);
}

std::uint32_t take_u32(std::string_view& in) {
    std::uint32_t number = 0;
    if (in.size() < sizeof number) die("a batch is cut");
    std::memcpy(&number, in.data(), sizeof number);
    in.remove_prefix(sizeof number);
    return number;
}

unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

LinkKeys LinkKeys::make() {
    LinkKeys keys;
    randombytes_buf(keys.seal.data(), keys.seal.size());
    crypto_sign_keypair(keys.verify.data(), keys.sign.data());
    return keys;
}

void BatchWriter::append_event(std::string& batch) {
    capnp::MallocMessageBuilder builder;
    fill(builder.initRoot<wire::MessageEvent>(), ++id_, previous_);
    const auto canonical = capnp::canonicalize(builder.getRoot<wire::MessageEvent>().asReader());
    const auto raw = canonical.asBytes();
    crypto_generichash(previous_.data(), kHashBytes, raw.begin(), raw.size(), nullptr, 0);
    kj::VectorOutputStream packed;
    capnp::_::PackedOutputStream(packed).write(raw.begin(), raw.size());
    const auto text = packed.getArray().asChars();
    append_u32(batch, text.size());
    append_u32(batch, raw.size());
    batch.append(text.begin(), text.size());
}

std::string BatchWriter::next(std::size_t events) {
    std::string batch;
    append_u32(batch, events);
    batch.append(kSignatureBytes, '\0');
    for (std::size_t i = 0; i < events; i++) append_event(batch);
    crypto_sign_detached(
        bytes(batch) + 4, nullptr, previous_.data(), kHashBytes, keys_.sign.data());
    sodium_increment(nonce_.data(), nonce_.size());
    std::string out;
    append_u32(out, batch.size() + kSealBytes);
    const auto head = out.size();
    out.resize(head + batch.size() + kSealBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + head,
                                               nullptr,
                                               bytes(std::string_view(batch)),
                                               batch.size(),
                                               nullptr,
                                               0,
                                               nullptr,
                                               nonce_.data(),
                                               keys_.seal.data());
    return out;
}

std::size_t BatchReader::read(std::string_view sealed,
                              const std::function<void(const ReceivedEvent&)>& take) {
    if (sealed.size() < kSealBytes) die("a batch is cut");
    opened_.resize(sealed.size() - kSealBytes);
    sodium_increment(nonce_.data(), nonce_.size());
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(opened_),
                                                   nullptr,
                                                   nullptr,
                                                   bytes(sealed),
                                                   sealed.size(),
                                                   nullptr,
                                                   0,
                                                   nonce_.data(),
                                                   keys_.seal.data()) != 0)
        die("a batch is not authentic");
    std::string_view in = opened_;
    const std::size_t events = take_u32(in);
    const auto* signature = bytes(in.substr(0, kSignatureBytes));
    in.remove_prefix(kSignatureBytes);
    for (std::size_t i = 0; i < events; i++) {
        const std::size_t packed = take_u32(in), raw = take_u32(in);
        read_event(in.substr(0, packed), raw, take);
        in.remove_prefix(packed);
    }
    if (crypto_sign_verify_detached(signature, previous_.data(), kHashBytes, keys_.verify.data()) !=
        0)
        die("a batch's signature does not hold");
    return events;
}

void BatchReader::read_event(std::string_view packed,
                             std::size_t size,
                             const std::function<void(const ReceivedEvent&)>& take) {
    if (size > kEventWordsMax * sizeof(capnp::word)) die("an event is too large");
    words_.resize(kEventWordsMax);
    kj::ArrayInputStream in(kj::arrayPtr(bytes(packed), packed.size()));
    capnp::_::PackedInputStream(in).read(words_.data(), size);
    const auto* words = reinterpret_cast<const capnp::word*>(words_.data());
    const kj::ArrayPtr<const capnp::word> segment(words, size / sizeof(capnp::word));
    capnp::SegmentArrayMessageReader reader(kj::arrayPtr(&segment, 1));
    const auto event = reader.getRoot<wire::MessageEvent>();
    const auto before = event.getPrevHash();
    if (before.size() != kHashBytes ||
        std::memcmp(before.begin(), previous_.data(), kHashBytes) != 0)
        die("an event does not follow the one before");
    if (!reader.isCanonical()) die("an event is not canonical");
    const auto raw = segment.asBytes();
    crypto_generichash(previous_.data(), kHashBytes, raw.begin(), raw.size(), nullptr, 0);
    const auto content = event.getContent();
    take({event.getId(),
          event.getChannelId(),
          event.getAuthor().getId(),
          {content.cStr(), content.size()},
          packed});
}

}  // namespace guildhall::bench
