// Any bytes as evidence, a certificate and a vote: refused, or read back to the same bytes; a
// finding always names an accused.
#include "federation/evidence.h"

#include "federation/hosting_chain.h"

#include <cstddef>
#include <cstdint>

using namespace guildhall::federation;

namespace {

constexpr auto kNoKeys = [](const Hash32&, std::uint32_t) -> std::optional<PublicKey> {
    return std::nullopt;
};
constexpr auto kNoPolicy = [](std::uint64_t) -> std::optional<HostingPolicy> {
    return std::nullopt;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    if (const auto evidence = decode_evidence(bytes)) {
        CHECK(encode(*evidence) == bytes.text());
        const auto found = check(*evidence);
        if (found) CHECK(!found->empty() && accused(*evidence));
    }
    if (const auto certificate = decode_signed_certificate(bytes)) {
        CHECK(encode(*certificate) == bytes.text());
        HostingChain chain(GuildGenesis{}, Hash32{});
        // Without keys nobody is host.
        CHECK(!chain.accept(*certificate, 0, kNoKeys, kNoPolicy));
    }
    if (const auto vote = decode_vote(bytes)) CHECK(encode(*vote) == bytes.text());
    return 0;
}
