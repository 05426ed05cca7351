#pragma once
// Termination: SIGTERM and SIGINT end the program as closing its window does: drafts are kept, the
// caches closed. GUI thread.

#include <QObject>

namespace guildhall::client {

class Termination final : public QObject {
    Q_OBJECT

  public:
    explicit Termination(QObject* parent = nullptr);
    ~Termination() override;

  private:
    int wake_[2] = {-1, -1};
};

}  // namespace guildhall::client
