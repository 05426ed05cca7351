#include "node/base/rng.h"

#include <sodium.h>

#include <cstring>

namespace guildhall::base {

std::uint64_t Rng::next_u64() {
    std::uint64_t v = 0;
    fill({reinterpret_cast<std::uint8_t*>(&v), sizeof v});
    return v;
}

std::uint64_t Rng::below(std::uint64_t bound) {
    // Values under this threshold would make the low residues likelier, so they are drawn again.
    const std::uint64_t threshold = (0 - bound) % bound;
    for (;;) {
        const std::uint64_t v = next_u64();
        if (v >= threshold) return v % bound;
    }
}

std::string Rng::bytes(std::size_t count) {
    std::string out(count, '\0');
    fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
    return out;
}

void SystemRng::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

void SeededRng::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        z ^= z >> 31;
        const std::size_t n = std::min(out.size(), sizeof z);
        std::memcpy(out.data(), &z, n);
        out = out.subspan(n);
    }
}

}  // namespace guildhall::base
