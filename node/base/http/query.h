#pragma once
// Query strings and urlencoded forms: names with their values in order, percent-decoded. Plain
// values; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guildhall::base::http {

/// Percent-decoded; a malformed escape stays as it is written. `plus_is_space` in queries and
/// forms.
std::string percent_decode(std::string_view text, bool plus_is_space = false);
/// Everything outside A-Z a-z 0-9 - . _ ~ escaped.
std::string percent_encode(std::string_view text);

class Query {
  public:
    using Pair = std::pair<std::string, std::string>;

    Query() = default;
    /// At most kPairsMax pairs are kept.
    static Query parse(std::string_view text);
    static constexpr std::size_t kPairsMax = 256;

    /// The first value of `name`.
    std::optional<std::string_view> get(std::string_view name) const;
    /// Every value of `name`: an array is a repeated key.
    std::vector<std::string_view> get_all(std::string_view name) const;
    bool has(std::string_view name) const { return get(name).has_value(); }
    /// True|true|1 and False|false|0; nothing when absent or anything else.
    std::optional<bool> get_bool(std::string_view name) const;

    const std::vector<Pair>& pairs() const { return pairs_; }

  private:
    std::vector<Pair> pairs_;
};

}  // namespace guildhall::base::http
