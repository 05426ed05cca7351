#pragma once
// Trace: a hash over everything that could be seen from outside during a run, in its order. Two
// runs of one seed have the same. One thread.

#include "node/base/clock.h"

#include <cstdint>
#include <string_view>

namespace guildhall::sim {

/// FNV-1a: of what was mixed in, only whether it differs matters.
class Trace {
  public:
    void add(std::string_view bytes) {
        for (const char c : bytes) step(static_cast<std::uint8_t>(c));
        step(0xff);
    }
    void add(std::uint64_t value) {
        for (int i = 0; i < 8; ++i) step(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    void add(base::Nanos time) { add(static_cast<std::uint64_t>(time.count())); }
    std::uint64_t hash() const { return hash_; }

  private:
    void step(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001b3ull; }

    std::uint64_t hash_ = 14695981039346656037ull;
};

}  // namespace guildhall::sim
