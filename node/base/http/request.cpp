#include "node/base/http/request.h"

#include "node/base/http/whitespace.h"

#include <algorithm>
#include <array>

namespace guildhall::base::http {
namespace {

constexpr std::array<std::string_view, 7> kMethods{
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string_view method_name(Method method) {
    const auto index = static_cast<std::size_t>(method);
    return index < kMethods.size() ? kMethods[index] : std::string_view();
}

Method parse_method(std::string_view text) {
    const auto at = std::find(kMethods.begin(), kMethods.end(), text);
    return static_cast<Method>(at - kMethods.begin());
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

Request::Request(Method m, std::string_view target, std::string content)
    : method(m), body(std::move(content)) {
    set_target(target);
}

std::string_view Request::method_text() const {
    return method == Method::other ? std::string_view(method_text_) : method_name(method);
}

std::string_view Request::query_text() const {
    return path_bytes_ < target_.size() ? std::string_view(target_).substr(path_bytes_ + 1)
                                        : std::string_view();
}

const Query& Request::query() const {
    if (!query_) query_ = Query::parse(query_text());
    return *query_;
}

std::vector<std::string> Request::segments() const {
    std::vector<std::string> out;
    std::string_view rest = path();
    if (rest.starts_with('/')) rest.remove_prefix(1);
    if (rest.empty()) return out;
    for (;;) {
        const auto end = rest.find('/');
        out.push_back(percent_decode(rest.substr(0, end)));
        if (end == rest.npos) return out;
        rest.remove_prefix(end + 1);
    }
}

std::string_view Request::header(std::string_view name) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto [key, value] = header_at(i);
        if (equals_ignoring_case(key, name)) return value;
    }
    return {};
}

bool Request::has_header(std::string_view name) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (equals_ignoring_case(header_at(i).first, name)) return true;
    }
    return false;
}

std::pair<std::string_view, std::string_view> Request::header_at(std::size_t index) const {
    const Field& field = fields_[index];
    const std::string_view text = header_text_;
    return {text.substr(field.name_at, field.value_at - field.name_at),
            text.substr(field.value_at, field.value_bytes)};
}

bool Request::header_has_token(std::string_view name, std::string_view token) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        auto [key, value] = header_at(i);
        if (!equals_ignoring_case(key, name)) continue;
        while (!value.empty()) {
            const auto end = std::min(value.find(','), value.size());
            if (equals_ignoring_case(trim(value.substr(0, end)), token)) return true;
            value.remove_prefix(std::min(end + 1, value.size()));
        }
    }
    return false;
}

std::string Request::id_text() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(16, '0');
    for (int i = 0; i < 16; ++i) text[static_cast<std::size_t>(15 - i)] = kDigits[id >> 4 * i & 15];
    return text;
}

void Request::set_method_text(std::string_view text) {
    method = parse_method(text);
    if (method == Method::other) method_text_ = text;
}

void Request::set_target(std::string_view target) {
    target_ = target;
    path_bytes_ = std::min(target_.find('?'), target_.size());
    query_.reset();
}

void Request::add_header(std::string_view name, std::string_view value) {
    Field field{};
    field.name_at = static_cast<std::uint32_t>(header_text_.size());
    header_text_ += name;
    field.value_at = static_cast<std::uint32_t>(header_text_.size());
    header_text_ += value;
    field.value_bytes = static_cast<std::uint32_t>(value.size());
    fields_.push_back(field);
}

void Request::clear() {
    method = Method::get;
    version = 11;
    body.clear();
    peer = {};
    id = 0;
    target_.clear();
    path_bytes_ = 0;
    method_text_.clear();
    header_text_.clear();
    fields_.clear();
    query_.reset();
}

std::size_t Request::memory_bytes() const {
    return body.capacity() + target_.capacity() + header_text_.capacity() +
           fields_.capacity() * sizeof(Field);
}

}  // namespace guildhall::base::http
