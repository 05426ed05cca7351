#include "client-qml/settings/model/account_form.h"

#include "client-qml/core/account/accounts.h"
#include "client-qml/core/images/addresses.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kPasswordMin = 8, kPasswordMax = 72;  // as nodes have it
}  // namespace

void AccountForm::refresh() {
    if (!state()) return;
    const User& self = state()->self();
    const QJsonObject known{{u"global_name"_s, self.global_name}, {u"avatar"_s, self.avatar}};
    if (std::exchange(shown_, true)) {
        take(known);
    } else {
        begin(known);
    }
}

QString AccountForm::avatarSource() const {
    const QString avatar = value(u"avatar"_s).toString();
    if (avatar.isEmpty() || avatar.startsWith("data:"_L1)) return avatar;
    return state() ? avatar_address(state()->self()) : QString();
}

std::vector<Form::Part> AccountForm::parts(const QJsonObject& changed) {
    QJsonObject body = changed;
    for (const QString& name : changed.keys()) {
        if (body[name].toString().isEmpty()) body[name] = QJsonValue();
    }
    return one_part(request_of("PATCH", u"/users/@me"_s, body), changed);
}

void PasswordForm::change(const QString& old, const QString& wanted, const QString& repeated) {
    const auto bytes = wanted.toUtf8().size();
    old_error_ = old.isEmpty() ? tr("Your present password is needed.") : QString();
    new_error_ = bytes < kPasswordMin   ? tr("At least %n character(s).", nullptr, kPasswordMin)
                 : bytes > kPasswordMax ? tr("At most %n character(s).", nullptr, kPasswordMax)
                                        : QString();
    repeat_error_ = wanted == repeated ? QString() : tr("The two are not the same.");
    emit errorsChanged();
    if (!(old_error_ + new_error_ + repeat_error_).isEmpty() || busy()) return;
    const QJsonObject body{{u"password"_s, old}, {u"new_password"_s, wanted}};
    call(request_of("PATCH", u"/users/@me"_s, body),
         [this](const Answer& answer) { on_answer(answer); });
}

void PasswordForm::on_answer(const Answer& answer) {
    for (const auto& [path, text] : answer.error.fields) {
        if (path == "password"_L1) old_error_ = text;
        if (path == "new_password"_L1) new_error_ = text;
    }
    if (!(old_error_ + new_error_).isEmpty()) dismiss();
    emit errorsChanged();
    if (!answer.ok()) return;
    // The node ended this session too, and opened another one.
    const QString token = answer.body[u"token"_s].toString();
    QQmlEngine* engine = qmlEngine(this);
    Accounts* accounts = engine ? Accounts::create(engine, nullptr) : nullptr;
    if (accounts && account() && !token.isEmpty()) accounts->add(account()->record(), token);
    emit changed();
}

}  // namespace guildhall::client
