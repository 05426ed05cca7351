#pragma once
// BenchProbe: lets `scripts/bench client` measure the real program. Where GUILDHALL_CLIENT_BENCH
// names a file, main makes one probe; it waits for the window's first frame with messages, drives
// that window as a person would - other channels, scrolling, a flood of messages - and writes what
// it saw to the file as JSON. It reads the timeline by its roles and properties only. GUI thread.

#include "client-qml/core/account/navigator.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QSet>

class QQuickItem;
class QQuickWindow;

namespace guildhall::client {

class BenchProbe final : public QObject {
    Q_OBJECT

  public:
    /// Null where nobody asked for a measurement. All three outlive it.
    static std::unique_ptr<BenchProbe> wanted(QQuickWindow& window,
                                              Accounts& accounts,
                                              Navigator& navigator);
    ~BenchProbe() override;

  private:
    struct Dispatcher;  // makes messages, on a thread as the gateway does

    BenchProbe(QString file, QQuickWindow& window, Accounts& accounts, Navigator& navigator);
    void run();
    void find_list();
    double time_frame(const std::function<void()>& act, const std::function<bool()>& until);
    double scroll_up();
    void measure_rest();
    void measure_switches();
    void measure_scrolling();
    void measure_flood();
    void measure_anchor();
    void finish();

    int role(const char* name) const;
    QVariant value(int row, const char* role_name) const;
    /// Where the message is in the view, in pixels; NaN where it is not.
    double place_of(const QString& message) const;
    QString message_in_middle() const;

    QString file_;
    QQuickWindow& window_;
    Accounts& accounts_;
    Navigator& navigator_;
    QPointer<QQuickItem> list_;
    QPointer<QAbstractItemModel> model_;
    QJsonObject figures_;
};

}  // namespace guildhall::client
