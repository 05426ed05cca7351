#include "client-qml/app/bench_probe.h"

#include "client-qml/core/gateway/frame.h"

#include <QEventLoop>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QQuickItem>
#include <QQuickWindow>
#include <QThread>

#include <cmath>
#include <unistd.h>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kContentMs = 20'000, kFrameMs = 3'000, kRestMs = 2'500;
constexpr int kSwitches = 200, kSwitchPlaces = 40, kWarmSwitches = 5;
constexpr int kScrollRows = 2'000, kScrollStepsMax = 6'000, kNotch = 120;
constexpr int kFloodRate = 1'000, kFloodS = 10, kAnchorS = 2, kTickMs = 20, kPulseMs = 4;

/// Both count from when the machine was started.
double since_start_ms() {
    QElapsedTimer now;
    now.start();
    return double(now.msecsSinceReference()) -
           double(qgetenv("GUILDHALL_BENCH_START").toLongLong()) / 1e6;
}

double resident_mb() {
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return double(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE)) / 1e6;
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return -1;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

void pass_ms(int ms) {
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Depth first; null where there is none.
QQuickItem* find_timeline(QQuickItem* of) {
    for (QQuickItem* child : of->childItems()) {
        auto* model = child->property("model").value<QObject*>();
        if (child->inherits("QQuickListView") && model &&
            model->inherits("guildhall::client::TimelineModel")) {
            return child;
        }
        if (QQuickItem* deeper = find_timeline(child)) return deeper;
    }
    return nullptr;
}

}  // namespace

/// Messages at a steady rate into one channel, parsed from text on a thread of
/// its own and handed over in batches, as the gateway's worker does.
struct BenchProbe::Dispatcher {
    Dispatcher(Gateway& gateway, Snowflake guild, Snowflake channel, int seconds)
        : thread_(QThread::create([this, &gateway, guild, channel, seconds] {
              QElapsedTimer clock;
              clock.start();
              for (int sent = 0; sent < seconds * kFloodRate;) {
                  Dispatches batch;
                  const qint64 due = clock.elapsed() * kFloodRate / 1'000;
                  for (; sent < std::min<qint64>(due, seconds * kFloodRate); ++sent) {
                      batch.append(make(guild, channel, sent));
                  }
                  QMetaObject::invokeMethod(&gateway,
                                            [&gateway, batch] { emit gateway.dispatched(batch); });
                  QThread::msleep(kTickMs);
              }
          })) {
        thread_->start();
    }
    ~Dispatcher() { thread_->wait(); }

    Dispatch make(Snowflake guild, Snowflake channel, int number) {
        const QByteArray text =
            R"({"op":0,"t":"MESSAGE_CREATE","s":%1,"d":{"id":"%2","channel_id":"%3","guild_id":"%4",
"type":0,"author":{"id":"%5","username":"person%5","global_name":"Person %5"},"member":{"roles":[]},
"content":"message %1 of the **flood**, as long as what people write","mentions":[],"embeds":[],
"attachments":[],"timestamp":"2026-06-01T00:00:00.000000+00:00"}})"_ba;
        const Frame frame = *parse_frame(QString::fromUtf8(text)
                                             .arg(number)
                                             .arg(first_ + Snowflake(number))
                                             .arg(channel)
                                             .arg(guild)
                                             .arg(2'000 + number % 40)
                                             .toUtf8());
        return {frame.type, frame.data.toObject(), frame.seq};
    }
    Snowflake first() const { return first_; }

  private:
    const Snowflake first_ = first_of(QDateTime::currentMSecsSinceEpoch());
    std::unique_ptr<QThread> thread_;
};

std::unique_ptr<BenchProbe> BenchProbe::wanted(QQuickWindow& window,
                                               Accounts& accounts,
                                               Navigator& navigator) {
    const QString file = qEnvironmentVariable("GUILDHALL_CLIENT_BENCH");
    if (file.isEmpty()) return nullptr;
    return std::unique_ptr<BenchProbe>(new BenchProbe(file, window, accounts, navigator));
}

BenchProbe::BenchProbe(QString file, QQuickWindow& window, Accounts& accounts, Navigator& navigator)
    : file_(std::move(file)), window_(window), accounts_(accounts), navigator_(navigator) {
    connect(&window, &QQuickWindow::frameSwapped, this, [this] {
        if (!figures_.contains("first_frame_ms"_L1)) {
            figures_["first_frame_ms"_L1] = since_start_ms();
        }
        if (model_) return;
        find_list();
        if (!model_ || model_->rowCount() < 2) return model_.clear();
        figures_["content_ms"_L1] = since_start_ms();
        QTimer::singleShot(0, this, &BenchProbe::run);
    });
    QTimer::singleShot(kContentMs, this, [this] {
        if (!model_) finish();
    });
}

BenchProbe::~BenchProbe() = default;

void BenchProbe::run() {
    measure_rest();
    measure_switches();
    measure_scrolling();
    measure_flood();
    measure_anchor();
    finish();
}

void BenchProbe::find_list() {
    list_ = find_timeline(window_.contentItem());
    QObject* model = list_ ? list_->property("model").value<QObject*>() : nullptr;
    model_ = qobject_cast<QAbstractItemModel*>(model);
}

/// From the act to the first frame that shows what is wanted, in ms; below 0: none did. The act is
/// done by the inner loop, as a key press is: what it deletes later is deleted then.
double BenchProbe::time_frame(const std::function<void()>& act,
                              const std::function<bool()>& until) {
    QEventLoop loop;
    QElapsedTimer clock;
    double took = -1;
    const auto frames = connect(&window_, &QQuickWindow::frameSwapped, &loop, [&] {
        if (!clock.isValid() || !until()) return window_.update();
        took = double(clock.nsecsElapsed()) / 1e6;
        loop.quit();
    });
    QTimer::singleShot(kFrameMs, &loop, &QEventLoop::quit);
    QTimer::singleShot(0, &loop, [&] {
        clock.start();
        act();
        window_.update();
    });
    loop.exec();
    disconnect(frames);
    return took;
}

void BenchProbe::measure_rest() {
    pass_ms(kRestMs);
    figures_["rss_mb"_L1] = resident_mb();
}

void BenchProbe::measure_switches() {
    const QString home = navigator_.channelId();
    State& state = accounts_.current()->state();
    QStringList places;
    for (const CachedGuild& one : state.guilds()) {
        const Guild* guild = state.guild(one.id);
        if (!guild || places.size() >= kSwitchPlaces) break;
        for (const Channel& channel : guild->channels) places << id_text(channel.id);
    }
    std::vector<double> took;
    int missed = 0;
    for (int i = 0; i < kSwitches + kWarmSwitches && !places.isEmpty(); ++i) {
        const QString& target = places[(i * 7 + 1) % places.size()];
        if (target == navigator_.channelId()) continue;
        const double ms = time_frame(
            [&] { navigator_.openChannel(target); },
            [&] { return model_->property("channelId") == target && model_->rowCount() > 1; });
        missed += ms < 0;
        if (i >= kWarmSwitches) took.push_back(ms < 0 ? kFrameMs : ms);
        pass_ms(kTickMs);
    }
    time_frame([&] { navigator_.openChannel(home); }, [] { return true; });
    pass_ms(kTickMs * 10);
    figures_["switch_rss_mb"_L1] = resident_mb();
    figures_["switches"_L1] = int(took.size());
    figures_["switches_missed"_L1] = missed;
    figures_["switch_p50_ms"_L1] = percentile(took, 0.5);
    figures_["switch_p99_ms"_L1] = percentile(took, 0.99);
}

/// A notch of the wheel towards older messages.
double BenchProbe::scroll_up() {
    const auto act = [this] {
        const double at = list_->property("contentY").toDouble();
        list_->setProperty("contentY",
                           std::max(list_->property("originY").toDouble(), at - kNotch));
    };
    return time_frame(act, [] { return true; });
}

void BenchProbe::measure_scrolling() {
    QSet<QString> seen;
    std::vector<double> took;
    for (int step = 0; step < kScrollStepsMax && seen.size() < kScrollRows && list_; ++step) {
        took.push_back(scroll_up());
        const double top = list_->property("contentY").toDouble();
        for (double y = top; y < top + list_->height(); y += 8) {
            int row = -1;
            QMetaObject::invokeMethod(list_,
                                      "indexAt",
                                      Q_RETURN_ARG(int, row),
                                      Q_ARG(double, list_->width() / 2),
                                      Q_ARG(double, y));
            const QString message = value(row, "messageId").toString();
            if (!message.isEmpty()) seen.insert(message);
        }
    }
    figures_["scroll_rows"_L1] = int(seen.size());
    figures_["scroll_steps"_L1] = int(took.size());
    figures_["scroll_p50_ms"_L1] = percentile(took, 0.5);
    figures_["scroll_p99_ms"_L1] = percentile(took, 0.99);
    figures_["scroll_rss_mb"_L1] = resident_mb();
}

void BenchProbe::measure_flood() {
    time_frame([&] { QMetaObject::invokeMethod(model_, "jumpToPresent"); },
               [&] { return model_->property("following").toBool(); });
    pass_ms(kRestMs / 5);
    QSet<QString> shown;
    connect(model_, &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex&, int a, int b) {
        for (int row = a; row <= b; ++row) shown.insert(value(row, "messageId").toString());
    });
    QTimer pulse;
    pulse.setTimerType(Qt::PreciseTimer);
    QElapsedTimer since;
    double longest = 0;
    connect(&pulse, &QTimer::timeout, this, [&] {
        longest = std::max(longest, double(since.nsecsElapsed()) / 1e6);
        since.start();
    });
    int frames = 0;
    const auto counting = connect(&window_, &QQuickWindow::frameSwapped, this, [&] { ++frames; });
    since.start();
    pulse.start(kPulseMs);
    Snowflake first = 0;
    {
        const Dispatcher flood(
            accounts_.current()->gateway(), navigator_.guild(), navigator_.channel(), kFloodS);
        first = flood.first();
        pass_ms(kFloodS * 1'000 + 500);
    }
    pass_ms(500);
    pulse.stop();
    disconnect(counting);
    model_->disconnect(this);
    int lost = 0;
    for (int i = 0; i < kFloodS * kFloodRate; ++i) {
        lost += !shown.contains(QString::number(first + Snowflake(i)));
    }
    figures_["flood_lost"_L1] = lost;
    figures_["flood_stall_ms"_L1] = longest;
    figures_["flood_frames_per_s"_L1] = double(frames) / kFloodS;
    figures_["flood_rss_mb"_L1] = resident_mb();
}

void BenchProbe::measure_anchor() {
    // In a channel whose window still has room: rows come below the view, until it is full. Far
    // enough up that the view does not go along.
    time_frame([&] { navigator_.step(1, false); }, [&] { return model_->rowCount() > 1; });
    for (int i = 0; i < 10; ++i) scroll_up();
    pass_ms(kRestMs / 5);
    const QString message = message_in_middle();
    const double before = place_of(message);
    double moved = message.isEmpty() ? NAN : 0;
    int rows = 0;
    connect(model_, &QAbstractItemModel::rowsInserted, this, [&](const QModelIndex&, int a, int b) {
        rows += b - a + 1;
    });
    const auto watching = connect(&window_, &QQuickWindow::frameSwapped, this, [&] {
        const double off = std::abs(place_of(message) - before);
        moved = std::isnan(off) || std::isnan(moved) ? NAN : std::max(moved, off);
    });
    {
        const Dispatcher flood(
            accounts_.current()->gateway(), navigator_.guild(), navigator_.channel(), kAnchorS);
        pass_ms(kAnchorS * 1'000 + 500);
    }
    time_frame([] {}, [] { return true; });
    disconnect(watching);
    model_->disconnect(this);
    figures_["anchor_moved_px"_L1] = std::isnan(moved) ? QJsonValue(1e6) : QJsonValue(moved);
    figures_["anchor_rows"_L1] = rows;
}

void BenchProbe::finish() {
    QFile file(file_);
    if (file.open(QIODevice::WriteOnly)) file.write(QJsonDocument(figures_).toJson());
    file.close();
    QGuiApplication::quit();
}

int BenchProbe::role(const char* name) const { return model_->roleNames().key(name, -1); }

QVariant BenchProbe::value(int row, const char* role_name) const {
    return row < 0 ? QVariant() : model_->index(row, 0).data(role(role_name));
}

double BenchProbe::place_of(const QString& message) const {
    int row = -1;
    QMetaObject::invokeMethod(model_, "rowOf", Q_RETURN_ARG(int, row), Q_ARG(QString, message));
    QQuickItem* item = nullptr;
    if (row >= 0) {
        QMetaObject::invokeMethod(
            list_, "itemAtIndex", Q_RETURN_ARG(QQuickItem*, item), Q_ARG(int, row));
    }
    return item ? item->mapToItem(list_, QPointF()).y() : NAN;
}

QString BenchProbe::message_in_middle() const {
    int row = -1;
    QMetaObject::invokeMethod(
        list_,
        "indexAt",
        Q_RETURN_ARG(int, row),
        Q_ARG(double, list_->width() / 2),
        Q_ARG(double, list_->property("contentY").toDouble() + list_->height() / 2));
    return value(row, "messageId").toString();
}

}  // namespace guildhall::client
