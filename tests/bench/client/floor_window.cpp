// floor_window: an empty window of Qt Quick on the same renderer as the client; what nobody can do
// without. Prints, in milliseconds since the time in GUILDHALL_BENCH_START (CLOCK_MONOTONIC, ns),
// when its first frame was there, and its resident memory when it has come to rest.

#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr int kRestMs = 2'000;

double since_start_ms() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const qint64 ns = qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
    return double(ns - qgetenv("GUILDHALL_BENCH_START").toLongLong()) / 1e6;
}

double resident_mb() {
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return double(file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
    QGuiApplication app(argc, argv);
    QQmlApplicationEngine engine;
    engine.loadData(
        "import QtQuick\nWindow { width: 1280; height: 800; visible: true\n"
        "Rectangle { anchors.fill: parent; color: \"#202225\" } }");
    auto* window = engine.rootObjects().isEmpty()
                       ? nullptr
                       : qobject_cast<QQuickWindow*>(engine.rootObjects()[0]);
    if (!window) return 1;
    double first_ms = 0;
    QObject::connect(window, &QQuickWindow::frameSwapped, &app, [&] {
        if (first_ms != 0) return;
        first_ms = since_start_ms();
        QTimer::singleShot(kRestMs, &app, [&] {
            std::printf("{\"first_frame_ms\":%.2f,\"rss_mb\":%.2f}\n", first_ms, resident_mb());
            QGuiApplication::quit();
        });
    });
    return QGuiApplication::exec();
}
