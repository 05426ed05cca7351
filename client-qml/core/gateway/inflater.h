#pragma once
// Inflater: the zlib stream of one gateway connection (discord-api.md, section 5.4, step 11). One
// deflate context for all messages, each of which ends with an empty block, 00 00 FF FF. Owned by
// the Worker; its thread.

#include <QByteArray>

#include <memory>

namespace guildhall::client {

class Inflater {
  public:
    enum class Got {
        more,     // the message goes on
        message,  // take() has it
        broken,   // no zlib stream, or longer than allowed: close the line
    };

    explicit Inflater(qsizetype bytes_max);
    ~Inflater();

    Got feed(const QByteArray& bytes);
    QByteArray take();

  private:
    struct Stream;
    Got give_up();

    std::unique_ptr<Stream> stream_;
    qsizetype bytes_max_;
    QByteArray message_;
    QByteArray tail_;  // the last four bytes fed: the mark may lie across two frames
};

}  // namespace guildhall::client
