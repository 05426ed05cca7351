#pragma once
// SharedBytes: an immutable text with a plain reference count, for what many sessions of one shard
// send. Copying is one increment. Never crosses shards: what crosses is a shared_ptr<const string>,
// wrapped once on each side. One thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace guildhall::base {

class SharedBytes {
  public:
    SharedBytes() = default;
    /// Takes the text.
    explicit SharedBytes(std::string own) : block_(new Block{.own = std::move(own)}) {
        block_->bytes = block_->own;
    }
    /// Holds on to a text that also lives on other shards.
    explicit SharedBytes(std::shared_ptr<const std::string> crossed)
        : block_(new Block{.crossed = std::move(crossed)}) {
        block_->bytes = *block_->crossed;
    }
    SharedBytes(const SharedBytes& other) : block_(other.block_) {
        if (block_) ++block_->references;
    }
    SharedBytes(SharedBytes&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    SharedBytes& operator=(SharedBytes other) noexcept {
        std::swap(block_, other.block_);
        return *this;
    }
    ~SharedBytes() {
        if (block_ && --block_->references == 0) delete block_;
    }

    std::string_view view() const { return block_ ? block_->bytes : std::string_view(); }
    std::size_t size() const { return block_ ? block_->bytes.size() : 0; }
    bool empty() const { return size() == 0; }

  private:
    struct Block {
        std::uint32_t references = 1;
        std::string_view bytes{};
        std::string own{};
        std::shared_ptr<const std::string> crossed{};
    };

    Block* block_ = nullptr;
};

}  // namespace guildhall::base
