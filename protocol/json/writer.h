#pragma once
// JsonWriter appends JSON text to a string with no tree in between, for what is written often:
// dispatches and the objects REST answers with. It trusts its caller: names must need no escaping,
// and objects and arrays must be closed. One writer per text; any thread.

#include "protocol/ids.h"
#include "protocol/permissions.h"

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::protocol {

/// Appends `text` in quotes, escaped as JSON wants it; UTF-8 passes through.
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {
  public:
    /// Appends to `out`, which must outlive the writer.
    explicit JsonWriter(std::string& out) : out_(out), start_(out.size()) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }

    JsonWriter& key(std::string_view name) {
        separate();
        out_ += '"';
        out_ += name;
        out_ += "\":";
        return *this;
    }

    JsonWriter& string(std::string_view text) {
        separate();
        append_json_string(out_, text);
        return *this;
    }
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    JsonWriter& number(T n) {
        separate();
        digits(n);
        return *this;
    }
    JsonWriter& boolean(bool b) { return raw(b ? "true" : "false"); }
    JsonWriter& null() { return raw("null"); }
    /// A decimal in quotes, as the API writes ids and permissions.
    JsonWriter& quoted(std::uint64_t n) {
        separate();
        out_ += '"';
        digits(n);
        out_ += '"';
        return *this;
    }
    template <class Tag>
    JsonWriter& id(Id<Tag> id) {
        return quoted(id.value);
    }
    /// An id, or null for none.
    template <class Tag>
    JsonWriter& id_or_null(Id<Tag> id) {
        return id ? quoted(id.value) : null();
    }
    /// Text, or null for none.
    JsonWriter& string_or_null(std::string_view text) {
        return text.empty() ? null() : string(text);
    }
    JsonWriter& permissions(Permissions p) { return quoted(p.bits); }
    JsonWriter& timestamp(UnixMs ms);
    /// A moment, or null for 0.
    JsonWriter& timestamp_or_null(UnixMs ms) { return ms == 0 ? null() : timestamp(ms); }
    /// JSON text that is already there.
    JsonWriter& raw(std::string_view json) {
        separate();
        out_ += json;
        return *this;
    }

    // A name and its value in one call.
    JsonWriter& string(std::string_view name, std::string_view text) {
        return key(name).string(text);
    }
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    JsonWriter& number(std::string_view name, T n) {
        return key(name).number(n);
    }
    JsonWriter& boolean(std::string_view name, bool b) { return key(name).boolean(b); }
    JsonWriter& null(std::string_view name) { return key(name).null(); }
    template <class Tag>
    JsonWriter& id(std::string_view name, Id<Tag> value) {
        return key(name).quoted(value.value);
    }
    template <class Tag>
    JsonWriter& id_or_null(std::string_view name, Id<Tag> value) {
        return key(name).id_or_null(value);
    }
    JsonWriter& string_or_null(std::string_view name, std::string_view text) {
        return key(name).string_or_null(text);
    }
    JsonWriter& permissions(std::string_view name, Permissions p) {
        return key(name).permissions(p);
    }
    JsonWriter& timestamp(std::string_view name, UnixMs ms) { return key(name).timestamp(ms); }
    JsonWriter& timestamp_or_null(std::string_view name, UnixMs ms) {
        return key(name).timestamp_or_null(ms);
    }
    JsonWriter& raw(std::string_view name, std::string_view json) { return key(name).raw(json); }
    JsonWriter& begin_object(std::string_view name) { return key(name).begin_object(); }
    JsonWriter& begin_array(std::string_view name) { return key(name).begin_array(); }

    std::string& text() { return out_; }

  private:
    /// A comma, unless this is the first thing of its text, object, array or member: the last byte
    /// tells, because no value ends with one of these three.
    void separate() {
        if (out_.size() == start_) return;
        char last = out_.back();
        if (last != '{' && last != '[' && last != ':') out_ += ',';
    }
    template <class T>
    void digits(T n) {
        char buffer[20];
        auto end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
        out_.append(buffer, static_cast<std::size_t>(end - buffer));
    }
    JsonWriter& open(char c) {
        separate();
        out_ += c;
        return *this;
    }
    JsonWriter& close(char c) {
        out_ += c;
        return *this;
    }

    std::string& out_;
    std::size_t start_;
};

}  // namespace guildhall::protocol
