#pragma once
// The request parser: Beast's basic_parser filling our Request. Beast stays in parser.cpp. Owned by
// an Exchange; one shard's thread.

#include "node/base/http/strict.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace guildhall::base::http {

class Parser {
  public:
    Parser();
    ~Parser();

    /// Parses a whole head, up to and with its empty line, into `request`, and applies strict.h.
    std::optional<Fault> parse_head(std::string_view head, Request& request);

    /// The declared length; nothing when the body is chunked or there is none.
    std::optional<std::uint64_t> content_length() const;
    bool is_chunked() const;
    /// Whether the client keeps the connection open after this request.
    bool keep_alive() const;

    /// Feeds body bytes into request.body; `consumed` says how many were used. `body_max` bounds
    /// the body however it is framed (413).
    std::optional<Fault> parse_body(std::string_view bytes,
                                    std::size_t body_max,
                                    std::size_t& consumed);
    /// The whole request has been parsed.
    bool is_done() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::base::http
