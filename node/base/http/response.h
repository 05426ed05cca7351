#pragma once
// An HTTP response as a handler makes it. The server adds the status line, Content-Length, Date and
// Connection. A plain value of one shard.

#include "node/base/shared_bytes.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace guildhall::base::http {

/// An open file, closed with the last response that sends from it.
class FileBody {
  public:
    FileBody(int descriptor, std::uint64_t offset, std::uint64_t bytes)
        : descriptor_(descriptor), offset_(offset), bytes_(bytes) {}
    ~FileBody();
    FileBody(const FileBody&) = delete;
    FileBody& operator=(const FileBody&) = delete;

    std::uint64_t bytes() const { return bytes_; }
    /// Reads at `at` from the body's start; -1 on an I/O error, 0 when the file became shorter.
    long read(std::uint64_t at, char* into, std::size_t bytes) const;

  private:
    int descriptor_;
    std::uint64_t offset_;
    std::uint64_t bytes_;
};

inline constexpr std::string_view kJsonType = "application/json";

struct Response {
    int status = 200;
    /// Of static storage; "" sends no Content-Type (or the one given by add_header).
    std::string_view content_type;
    /// Further header lines, each with its CRLF.
    std::string head;
    /// The body is one of these.
    std::string body;
    SharedBytes shared_body;
    std::unique_ptr<FileBody> file_body;
    /// Compress when the client asks and it is worth it. Off for what is compressed already.
    bool compressible = true;
    /// Close the connection after this answer.
    bool close = false;

    /// Appends one header line; control characters in `value` become spaces.
    Response& add_header(std::string_view name, std::string_view value);

    /// Content-Type exactly "application/json", which clients insist on.
    static Response json(int status, std::string body);
    static Response json(int status, SharedBytes body);
    /// `type` of static storage.
    static Response of(int status, std::string_view type, std::string body);
    static Response empty(int status = 204);
    static Response redirect(int status, std::string_view location);
    /// {"message":...,"code":...}; `message` is escaped.
    static Response error(int status, int code, std::string_view message);

    std::uint64_t body_bytes() const;
};

/// "Not Found"; "" for an unknown status.
std::string_view reason_phrase(int status);

}  // namespace guildhall::base::http
