#include "node/classic/query.h"

#include "node/classic/answers.h"

#include <charconv>
#include <optional>

namespace guildhall::classic {

Result<int> query_int(const Call& call, std::string_view name, int lo, int hi, int otherwise) {
    const std::optional<std::string_view> text = call.request.query().get(name);
    if (!text) return otherwise;
    int n = 0;
    const char* const begin = text->data();
    const char* const end = begin + text->size();
    const auto [at, ec] = std::from_chars(begin, end, n);
    const bool too_far = ec == std::errc::result_out_of_range;
    if (text->empty() || at != end || (ec != std::errc{} && !too_far))
        return invalid("query", name, "NUMBER_TYPE_COERCE", "value is not a valid integer");
    const bool negative = text->front() == '-';
    if (n < lo || (too_far && negative))
        return invalid("query",
                       name,
                       "NUMBER_TYPE_MIN",
                       "ensure this value is greater than or equal to " + std::to_string(lo));
    if (n > hi || too_far)
        return invalid("query",
                       name,
                       "NUMBER_TYPE_MAX",
                       "ensure this value is less than or equal to " + std::to_string(hi));
    return n;
}

}  // namespace guildhall::classic
