#pragma once
// Rng: the only source of chance. SystemRng draws from the kernel through libsodium and is safe
// from any thread; SeededRng is reproducible and belongs to one thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace guildhall::base {

class Rng {
  public:
    virtual ~Rng() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    std::uint64_t next_u64();
    std::uint16_t next_u16() { return static_cast<std::uint16_t>(next_u64()); }
    /// Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    std::string bytes(std::size_t count);
};

class SystemRng final : public Rng {
  public:
    void fill(std::span<std::uint8_t> out) override;
};

/// splitmix64 (Steele, Lea, Flood 2014): small, fast, and the same everywhere for one seed.
class SeededRng final : public Rng {
  public:
    explicit SeededRng(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

  private:
    std::uint64_t state_;
};

}  // namespace guildhall::base
