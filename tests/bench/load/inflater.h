// A zlib stream that is read message by message.
// Owner: a gateway session. Thread: one.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <zlib.h>

namespace guildhall::bench {

class Inflater {
  public:
    Inflater();
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    // The text of one message; valid until the next call.
    std::string_view inflate_message(std::string_view bytes);

  private:
    z_stream stream_{};
    std::string text_;
};

// Every message of a zlib stream ends with an empty stored block.
bool ends_zlib_message(std::string_view bytes);

}  // namespace guildhall::bench
