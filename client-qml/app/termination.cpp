#include "client-qml/app/termination.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace guildhall::client {

namespace {

// A handler may do no more than write; where to is all it needs to know.
volatile std::sig_atomic_t wake_end = -1;

void on_signal(int) {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(wake_end, &byte, 1);
}

}  // namespace

Termination::Termination(QObject* parent) : QObject(parent) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, wake_) != 0) return;
    wake_end = wake_[0];
    auto* notifier = new QSocketNotifier(wake_[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier] {
        notifier->setEnabled(false);
        QCoreApplication::quit();
    });
    struct sigaction action{};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

Termination::~Termination() {
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    for (const int end : wake_) {
        if (end >= 0) ::close(end);
    }
}

}  // namespace guildhall::client
