#pragma once
// Body: what a call sends, pieces of memory and files one after the other; files are read while it
// goes. It can be read once: Qt would else send a POST again by itself when a line is cut before
// the answer, and a message would stand there twice. Owned by a Transfer; GUI thread.

#include <QByteArray>
#include <QFile>
#include <QIODevice>

#include <memory>
#include <vector>

namespace guildhall::client {

class Body final : public QIODevice {
    Q_OBJECT

  public:
    Body() { setOpenMode(QIODevice::ReadOnly | QIODevice::Unbuffered); }

    void add(const QByteArray& bytes);
    /// False where it is no file that can be read. A file that grows is sent as it was; one that
    /// shrinks breaks the call.
    bool add_file(const QString& path);

    bool isSequential() const override { return false; }
    qint64 size() const override { return size_; }
    bool reset() override { return !was_read_; }
    bool seek(qint64 to) override { return to == at_ && QIODevice::seek(to); }

  protected:
    qint64 readData(char* data, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

  private:
    struct Piece {
        QByteArray bytes;
        std::unique_ptr<QFile> file;
        qint64 size = 0;
    };

    std::vector<Piece> pieces_;
    std::size_t piece_ = 0;
    qint64 within_ = 0;  // read of that piece
    qint64 at_ = 0, size_ = 0;
    bool was_read_ = false;
};

}  // namespace guildhall::client
