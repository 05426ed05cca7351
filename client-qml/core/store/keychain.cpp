#include "client-qml/core/store/keychain.h"

#include <QThread>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <memory>
#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAnswerMs = 2'000, kStopMs = 200;

std::unique_ptr<QKeychain::Job> job_of(KeychainWorker::Act act, const QString& secret) {
    const QString service = u"guildhall"_s;
    switch (act) {
        case KeychainWorker::Act::read:
            return std::make_unique<QKeychain::ReadPasswordJob>(service);
        case KeychainWorker::Act::remove:
            return std::make_unique<QKeychain::DeletePasswordJob>(service);
        case KeychainWorker::Act::write:
            break;
    }
    auto job = std::make_unique<QKeychain::WritePasswordJob>(service);
    job->setTextData(secret);
    return job;
}

}  // namespace

void KeychainWorker::ask(quint64 question, Act act, const QString& account, const QString& secret) {
    QKeychain::Job* job = job_of(act, secret).release();  // It deletes itself when it is done.
    job->setInsecureFallback(false);
    job->setKey(account);
    connect(job, &QKeychain::Job::finished, this, [this, question, act](QKeychain::Job* done) {
        Answer answer = Answer::failed;
        QString found;
        if (done->error() == QKeychain::NoError) answer = Answer::done;
        if (done->error() == QKeychain::EntryNotFound) answer = Answer::none;
        // There is none and will be none.
        if (done->error() == QKeychain::NoBackendAvailable) answer = Answer::none;
        if (answer == Answer::none && act == Act::write) answer = Answer::failed;
        if (answer == Answer::done && act == Act::read) {
            found = static_cast<QKeychain::ReadPasswordJob*>(done)->textData();
        }
        emit answered(question, answer, found);
    });
    job->start();
}

Keychain::Keychain() : thread_(new QThread), worker_(new KeychainWorker) {
    worker_->moveToThread(thread_);
    connect(this, &Keychain::asked, worker_, &KeychainWorker::ask);
    connect(worker_,
            &KeychainWorker::answered,
            this,
            [this](quint64 question, Answer given, const QString& secret) {
                answer(question, given, secret);
                if (std::exchange(hangs_, false)) emit woke();
            });
}

Keychain::~Keychain() {
    thread_->quit();
    if (thread_->isRunning() && !thread_->wait(kStopMs)) return;
    delete worker_;
    delete thread_;
}

void Keychain::ask(Act act, const QString& account, const QString& secret, const Done& done) {
    const quint64 question = ++last_;
    open_.insert(question, done);
    QTimer::singleShot(hangs_ ? 0 : kAnswerMs, this, [this, question] {
        if (!open_.contains(question)) return;
        hangs_ = true;
        answer(question, Answer::failed, {});
    });
    if (hangs_) return;
    if (!thread_->isRunning()) thread_->start();
    emit asked(question, act, account, secret);
}

void Keychain::answer(quint64 question, Answer answer, const QString& secret) {
    // What comes late was answered already.
    if (const Done done = open_.take(question)) done(answer, secret);
}

}  // namespace guildhall::client
