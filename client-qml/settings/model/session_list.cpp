#include "client-qml/settings/model/session_list.h"

#include "client-qml/core/text/bidi.h"

#include <QLocale>
#include <QSaveFile>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kSessionsMax = 200;
}  // namespace

SessionList::SessionList(QObject* parent)
    : GuildView(parent), rows_(new RowList({"key", "name", "system", "since", "isThis"}, this)) {}

void SessionList::load() {
    rows_->set({});
    call(request_of("GET", u"/auth/sessions"_s), [this](const Answer& answer) {
        std::vector<QVariantMap> rows;
        const QJsonArray all = answer.body[u"user_sessions"_s].toArray();
        for (qsizetype i = 0; i < std::min(all.size(), kSessionsMax); ++i) {
            const QJsonObject one = all[i].toObject();
            const QJsonObject client = object_of(one, "client_info"_L1);
            const QString key = text_of(one, "id_hash"_L1, 128);
            if (key.isEmpty()) continue;
            const qint64 since = time_of(one, "approx_last_used_time"_L1);
            const bool is_this = key == account()->session_hash();
            rows.insert(
                is_this ? rows.begin() : rows.end(),
                {{u"key"_s, key},
                 {u"name"_s,
                  text::safe_name(text_of(client, "platform"_L1, 128), tr("Unknown program"))},
                 {u"system"_s, text::safe_name(text_of(client, "os"_L1, 128))},
                 {u"since"_s,
                  since == 0 ? QString()
                             : QLocale().toString(QDateTime::fromMSecsSinceEpoch(since),
                                                  QLocale::ShortFormat)},
                 {u"isThis"_s, is_this}});
        }
        rows_->set(std::move(rows));
        emit loaded();
    });
}

bool SessionList::knowsThis() const {
    return account() && rows_->indexOf(account()->session_hash()) >= 0;
}

void SessionList::end(const QString& session) { end_all({session}); }

void SessionList::endOthers() {
    if (!knowsThis()) return;
    QStringList others;
    for (const QVariantMap& row : rows_->rows()) {
        if (!row[u"isThis"_s].toBool()) others.append(row[u"key"_s].toString());
    }
    if (!others.isEmpty()) end_all(others);
}

void SessionList::end_all(const QStringList& sessions) {
    const QJsonObject body{{u"session_id_hashes"_s, QJsonArray::fromStringList(sessions)}};
    call(request_of("POST", u"/auth/sessions/logout"_s, body),
         [this, sessions](const Answer& answer) {
             if (!answer.ok()) return;
             std::vector<QVariantMap> rows = rows_->rows();
             std::erase_if(rows, [&](const QVariantMap& row) {
                 return sessions.contains(row[u"key"_s].toString());
             });
             rows_->set(std::move(rows));
         });
}

void RecoveryForm::make(const QString& password) {
    if (password.isEmpty() || busy()) return;
    forget();
    const QJsonObject body{{u"password"_s, password}};
    call(request_of("POST", u"/users/@me/recovery"_s, body), [this](const Answer& answer) {
        for (const auto& [path, text] : answer.error.fields) {
            if (path == "password"_L1) error_ = text;
        }
        if (!error_.isEmpty()) dismiss();
        const QJsonObject made = answer.body.toObject();
        phrase_ = answer.ok() ? text_of(made, "phrase"_L1, 1'000) : QString();
        backup_ = answer.ok() ? made["backup"_L1].toString().toUtf8() : QByteArray();
        emit changed();
    });
}

void RecoveryForm::saveBackup(const QUrl& file) {
    QSaveFile out(file.toLocalFile());
    saved_ = out.open(QIODevice::WriteOnly) && out.write(backup_) == backup_.size();
    if (saved_) out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    saved_ = saved_ && out.commit();
    if (!saved_) complain(tr("The file could not be written."));
    emit changed();
}

void RecoveryForm::forget() {
    phrase_.fill(u'\0');
    phrase_.clear();
    backup_.fill('\0');
    backup_.clear();
    error_.clear();
    saved_ = false;
    emit changed();
}

}  // namespace guildhall::client
