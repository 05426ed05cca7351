#pragma once
// The API's error codes (errors.def) and the JSON bodies made of them. Errors themselves are
// values of result.h; a service returns `make_error(kUnknownChannel)`, REST answers with
// `http_status(error)` and `error_body(error)`. Pure functions and plain values; any thread.

#include "protocol/result.h"

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::protocol {

/// Every JSON error code of the API, `kUnknownChannel` for row `UnknownChannel`.
enum ErrorCode : int {
#define GUILDHALL_ERROR(code, name, status, message) k##name = code,
#include "protocol/errors.def"
#undef GUILDHALL_ERROR
};

struct ErrorInfo {
    int code;
    std::string_view name;
    int status;
    std::string_view message;
};

/// All rows, sorted by code.
std::span<const ErrorInfo> all_errors();

/// The row of `code`; the row of code 0 for a code that has none.
const ErrorInfo& error_info(int code);

Error make_error(int code);
/// The same with a message that says more than the row's.
Error make_error(int code, std::string message);
/// A plain HTTP error: code 0 and a message such as "404: Not Found".
Error make_http_error(int status);
/// 429 with `retry_after` seconds; `code` 0 is a plain limit, others such as slow mode have a row.
Error make_rate_limited(double retry_after_s, int code = 0);
/// 50035 with one fault; `path` "" is the request as a whole.
Error make_field_error(std::string path, std::string code, std::string message);

int http_status(const Error& error);
/// The human text: the error's own, else its row's.
std::string_view error_message(const Error& error);
/// Code, text and field paths, for logs and test reports.
std::ostream& operator<<(std::ostream& out, const Error& error);
/// The JSON body of the answer.
std::string error_body(const Error& error);
/// The body of a 429 whose scope is known: `shared` changes the text, `global` is a field.
std::string rate_limit_body(double retry_after_s, bool global, bool shared);

/// Collects the faults of one request body, with the path of where the reader stands. Bounded: a
/// body of a million wrong values yields `kFormErrorsMax` faults and no more memory.
class FormErrors {
  public:
    /// Appends a path segment and takes it away again when it dies.
    class Scope {
      public:
        Scope(FormErrors& errors, std::string_view key);
        Scope(FormErrors& errors, std::size_t index);
        ~Scope() { errors_.path_.resize(size_); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        FormErrors& errors_;
        std::size_t size_;
    };

    /// A fault at the current path.
    void add(std::string_view code, std::string message);
    /// A fault below the current path: `add("embeds[0].title", "BASE_TYPE_REQUIRED", "...")`.
    void add(std::string_view path, std::string_view code, std::string message);

    bool empty() const { return fields_.empty(); }
    std::size_t size() const { return fields_.size(); }
    const std::string& path() const { return path_; }
    const std::vector<FieldError>& fields() const { return fields_; }
    /// The 50035 that holds all faults; leaves the collector empty.
    Error take();
    /// `take()` when there are faults, success otherwise.
    Status finish();

  private:
    std::string path_;
    std::vector<FieldError> fields_;
};

}  // namespace guildhall::protocol
