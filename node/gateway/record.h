#pragma once
// Record: one dispatch as a shard sends it to many sessions. `body` is the JSON of `d` with the
// brace that ends the frame; the zlib segment is made when the first compressed session needs it.
// Counted without atomics: a record belongs to one shard. Between shards what crosses is its text.
// A record may go cold: its body is dropped to keep memory bounded, and where it came from a log it
// can be made again from there.

#include "node/base/compress.h"
#include "node/base/shared_bytes.h"
#include "protocol/ids.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace guildhall::gateway {

/// Where a dispatch came from. `seq` and `ts_ms` order the entries of one guild.
struct Source {
    protocol::GuildId guild;
    std::uint64_t log_id = 0;
    std::uint64_t seq = 0;
    protocol::UnixMs ts_ms = 0;
};

enum class RecordKind : std::uint8_t {
    /// A dispatch of a log's entry: can be made again.
    entry = 0,
    /// The same with content blanked.
    blanked = 1,
    /// Derived from an entry and what a session could see: cannot be made again.
    derived = 2,
    /// Typing, presence, an interaction: may be skipped.
    ephemeral = 3,
};

class Record {
  public:
    /// `name` is of static storage; `d` is the JSON of the dispatch's data.
    Record(std::string_view name, std::string_view d, RecordKind kind, const Source& source = {})
        : name_(name), source_(source), kind_(kind) {
        warm(d);
    }
    /// A cold one, of a session that was written down.
    Record(RecordKind kind, const Source& source, std::uint8_t part)
        : source_(source), kind_(kind), part_(part) {}

    std::string_view name() const { return name_; }
    RecordKind kind() const { return kind_; }
    const Source& source() const { return source_; }
    /// Which of its entry's dispatches it is.
    std::uint8_t part() const { return part_; }
    void set_part(std::size_t part) { part_ = static_cast<std::uint8_t>(part); }

    bool is_cold() const { return body_.empty(); }
    /// Cold, and nobody may be told what follows without it.
    bool is_missing() const { return is_cold() && kind_ != RecordKind::ephemeral && !is_void_; }
    const base::SharedBytes& body() const { return body_; }
    /// The JSON of `d` alone.
    std::string_view data() const { return body_.view().substr(0, body_.size() - 1); }
    const base::SharedBytes& segment() {
        if (segment_.empty()) segment_ = base::SharedBytes(base::shared_segment(body_.view()));
        return segment_;
    }
    std::size_t bytes() const { return body_.size() + segment_.size() + sizeof(Record); }

    void warm(std::string_view d) {
        std::string text;
        text.reserve(d.size() + 1);
        text += d;
        text += '}';
        body_ = base::SharedBytes(std::move(text));
    }
    void set_name(std::string_view name) { name_ = name; }
    /// Its log has nothing to tell of it any more, as of a message that is deleted.
    void set_void() { is_void_ = true; }
    void cool() {
        body_ = {};
        segment_ = {};
    }

  private:
    friend class RecordRef;

    std::uint32_t references_ = 0;
    std::string_view name_;
    base::SharedBytes body_, segment_;
    Source source_;
    RecordKind kind_;
    std::uint8_t part_ = 0;
    bool is_void_ = false;
};

/// A counted reference to a Record.
class RecordRef {
  public:
    RecordRef() = default;
    explicit RecordRef(Record* record) : record_(record) { acquire(); }
    RecordRef(const RecordRef& other) : record_(other.record_) { acquire(); }
    RecordRef(RecordRef&& other) noexcept : record_(std::exchange(other.record_, nullptr)) {}
    RecordRef& operator=(RecordRef other) noexcept {
        std::swap(record_, other.record_);
        return *this;
    }
    ~RecordRef() {
        if (record_ && --record_->references_ == 0) delete record_;
    }

    explicit operator bool() const { return record_ != nullptr; }
    Record& operator*() const { return *record_; }
    Record* operator->() const { return record_; }
    Record* get() const { return record_; }
    /// Whether nobody else holds it.
    bool is_last() const { return record_ && record_->references_ == 1; }

  private:
    void acquire() {
        if (record_) ++record_->references_;
    }

    Record* record_ = nullptr;
};

template <class... Args>
RecordRef make_record(Args&&... args) {
    return RecordRef(new Record(std::forward<Args>(args)...));
}

}  // namespace guildhall::gateway
