// A message as the HTTP floor knows it, and the Discord-shaped JSON it answers with.
// Owner: values. Thread: any; the writer is used from the loop's thread only.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

struct Message {
    std::int64_t id = 0;
    std::int64_t channel_id = 0;
    std::int64_t author_id = 0;
    std::string content;
    std::string nonce;
};

// Ids grow; the milliseconds since 2015 are in the upper 42 bits.
class SnowflakeSource {
  public:
    std::int64_t next();

  private:
    std::int64_t last_ = 0;
};

void append_number(std::string& out, std::uint64_t value);

// `content` apart, so that rows can be written without copying them.
void append_message_json(std::string& out, const Message& message, std::string_view content);

}  // namespace guildhall::bench
