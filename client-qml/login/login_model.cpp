#include "client-qml/login/login_model.h"

#include "client-qml/core/text/bidi.h"

#include <QHostAddress>
#include <QQmlContext>
#include <QQmlEngine>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

/// Where scripts/start puts one node, and the next ones.
constexpr int kUsualPorts[] = {8080, 8090, 8100};
constexpr qsizetype kAddressMax = 300, kTokenMax = 1'000;

Request request(const QByteArray& method, const QString& path, const QJsonObject& body) {
    Request made;
    made.method = method;
    made.path = path;
    if (!body.isEmpty()) made.body = body;
    made.anonymous = true;
    return made;
}

QString key_of(const QString& user, const QUrl& node) {
    // http://h and https://h are two nodes: only the port of https goes without saying.
    const int port = node.port(node.scheme() == "http"_L1 ? 80 : 443);
    return user + u'@' + node.host() + (port != 443 ? u'_' + QString::number(port) : u""_s);
}

}  // namespace

QUrl node_address(const QString& text) {
    QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kAddressMax || trimmed.contains(u' ')) return {};
    if (!trimmed.contains("://"_L1)) {
        const QUrl guess(u"https://"_s + trimmed, QUrl::StrictMode);
        trimmed.prepend(is_this_machine(guess) ? u"http://"_s : u"https://"_s);
    }
    const QUrl url(trimmed, QUrl::StrictMode);
    const bool is_web = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !is_web || url.host().isEmpty() || !url.userInfo().isEmpty()) return {};
    QUrl base;
    base.setScheme(url.scheme());
    base.setHost(url.host());
    base.setPort(url.port());
    return base;
}

bool is_this_machine(const QUrl& address) {
    const QString host = address.host();
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) ||
           QHostAddress(host).isLoopback();
}

LoginModel::LoginModel(QObject* parent) : QObject(parent) {}

Accounts* LoginModel::accounts() const {
    QQmlEngine* engine = qmlEngine(this);
    return engine ? Accounts::create(engine, nullptr) : nullptr;
}

void LoginModel::setAddress(const QString& address) {
    if (address == address_) return;
    address_ = address;
    error_.clear();
    emit addressChanged();
    emit changed();
}

QString LoginModel::step() const {
    switch (step_) {
        case Step::node:
            return u"node"_s;
        case Step::checking:
            return u"checking"_s;
        case Step::person:
            return u"person"_s;
    }
    return {};
}

QString LoginModel::fingerprint() const {
    QString grouped;
    for (qsizetype i = 0; i < record_.node_fingerprint.size(); i += 4) {
        if (i > 0) grouped += u' ';
        grouped += record_.node_fingerprint.mid(i, 4);
    }
    return grouped;
}

QString LoginModel::warning() const {
    if (step_ != Step::person) return {};
    if (!known_fingerprint_.isEmpty() && known_fingerprint_ != record_.node_fingerprint) {
        return tr(
            "This is not the node that was at this address before: its fingerprint is "
            "another. Ask whoever runs it before you type a password.");
    }
    if (record_.node.scheme() == "http"_L1 && !is_this_machine(record_.node)) {
        return tr(
            "The way to this node is not encrypted: everybody on it can read your password "
            "and your messages.");
    }
    return {};
}

void LoginModel::set_busy(bool busy) {
    busy_ = busy;
    if (busy) {
        error_.clear();
        field_errors_.clear();
    }
    emit changed();
}

void LoginModel::look() {
    for (const int port : kUsualPorts) {
        probe(QUrl(u"http://127.0.0.1:%1"_s.arg(port)));
    }
}

void LoginModel::probe(const QUrl& address) {
    auto* rest = new Rest(address, clock_, rng_, this);
    rest->send(request("GET", u"/node"_s, {}), this, [this, rest, address](const Answer& answer) {
        rest->deleteLater();
        const QJsonObject node = answer.body.toObject();
        const QString shown = address.toString();
        if (!answer.ok() || node["software"_L1].toString().isEmpty()) return;
        if (found_.contains(shown)) return;
        found_.push_back(shown);
        found_.sort();
        emit foundChanged();
    });
}

void LoginModel::check() {
    const QUrl node = node_address(address_);
    if (!node.isValid()) {
        error_ = tr("That is no address of a node, such as chat.example.org.");
        emit changed();
        return;
    }
    record_ = {};
    record_.node = node;
    error_.clear();
    step_ = Step::checking;
    rest_ = std::make_unique<Rest>(node, clock_, rng_);
    set_busy(true);
    rest_->send(request("GET", u"/node"_s, {}), this, [this](const Answer& answer) {
        busy_ = false;
        const QJsonObject body = answer.body.toObject();
        if (answer.ok() && !text_of(body, "uid"_L1, 128).isEmpty()) {
            on_node(body);
        } else {
            step_ = Step::node;
            error_ =
                answer.error.kind == ApiError::Kind::network
                    ? tr("Nothing answers at %1.").arg(record_.node.toString())
                    : tr("What answers at %1 is no Guildhall node.").arg(record_.node.toString());
            emit changed();
        }
    });
}

void LoginModel::on_node(const QJsonObject& node) {
    record_.node_name = text::safe_name(text_of(node, "name"_L1, 253), record_.node.host());
    record_.node_fingerprint = text_of(node, "uid"_L1, 128);
    version_ = text_of(node, "version"_L1, 32);
    registration_ = text_of(node, "registration"_L1, 16);
    known_fingerprint_.clear();
    const Accounts* all = accounts();
    for (int i = 0; all && i < all->rowCount(); ++i) {
        auto* account = all->index(i).data(Accounts::AccountRole).value<Account*>();
        if (account->record().node == record_.node) {
            known_fingerprint_ = account->record().node_fingerprint;
        }
    }
    step_ = Step::person;
    emit changed();
    look_at_invite();
}

/// Only to say where it leads: a node that does not answer keeps nobody from logging in.
void LoginModel::look_at_invite() {
    invite_guild_.clear();
    if (invite_.isEmpty()) return;
    const QUrl named(u"//"_s + invite_node_, QUrl::StrictMode);
    const int usual = record_.node.scheme() == "https"_L1 ? 443 : 80;
    const bool is_here = invite_node_.isEmpty() || (named.host() == record_.node.host() &&
                                                    named.port(usual) == record_.node.port(usual));
    const QString code =
        is_here || invite_.contains(u'@') ? invite_ : invite_ + u'@' + invite_node_;
    const QString path =
        u"/invites/"_s + QString::fromLatin1(QUrl::toPercentEncoding(code, "@:~[]"));
    rest_->send(request("GET", path, {}), this, [this](const Answer& answer) {
        const QJsonObject guild = object_of(answer.body.toObject(), "guild"_L1);
        if (!answer.ok()) return;
        invite_guild_ = text::safe_name(text_of(guild, "name"_L1, 128));
        emit changed();
    });
}

void LoginModel::back() {
    rest_.reset();
    step_ = Step::node;
    busy_ = false;
    error_.clear();
    field_errors_.clear();
    emit changed();
}

void LoginModel::fail(const Answer& answer) {
    field_errors_.clear();
    error_.clear();
    // What is wrong with a field that the page does not have is said below them all.
    static const QStringList shown{
        u"login"_s, u"username"_s, u"password"_s, u"global_name"_s, u"invite"_s};
    for (const auto& [field, why] : answer.error.fields) {
        if (shown.contains(field)) {
            field_errors_.insert(field, why);
        } else {
            error_ = why;
        }
    }
    if (answer.error.kind == ApiError::Kind::network) {
        error_ = tr("The node does not answer.");
    } else if (answer.ok()) {
        error_ = tr("The node answered something that is no login.");
    } else if (field_errors_.isEmpty() && error_.isEmpty()) {
        error_ = answer.error.message;
    }
    set_busy(false);
}

void LoginModel::logIn(const QString& name, const QString& password) {
    if (busy_ || !rest_) return;
    set_busy(true);
    const QJsonObject body{{u"login"_s, name.trimmed()}, {u"password"_s, password}};
    rest_->send(request("POST", u"/auth/login"_s, body), this, [this](const Answer& answer) {
        if (!answer.ok()) return fail(answer);
        enter(answer.body.toObject()["token"_L1].toString());
    });
}

void LoginModel::signUp(const QString& name,
                        const QString& displayName,
                        const QString& password,
                        const QString& invite) {
    if (busy_ || !rest_) return;
    set_busy(true);
    QJsonObject body{
        {u"username"_s, name.trimmed()}, {u"password"_s, password}, {u"consent"_s, true}};
    if (!displayName.trimmed().isEmpty()) body[u"global_name"_s] = displayName.trimmed();
    if (!invite.trimmed().isEmpty()) body[u"invite"_s] = invite.trimmed();
    rest_->send(request("POST", u"/auth/register"_s, body), this, [this](const Answer& answer) {
        if (!answer.ok()) return fail(answer);
        enter(answer.body.toObject()["token"_L1].toString());
    });
}

/// The token says who one is only to the node, so it is asked.
void LoginModel::enter(const QString& token) {
    if (token.isEmpty() || token.size() > kTokenMax) return fail({});
    rest_->set_token(token);
    Request who;
    who.path = u"/users/@me"_s;
    rest_->send(std::move(who), this, [this, token](const Answer& answer) {
        const auto user = parse_user(answer.body.toObject());
        Accounts* all = accounts();
        if (!answer.ok() || !user || !all) return fail(answer);
        record_.user_id = id_text(user->id);
        record_.user_name = user->username;
        record_.key = key_of(record_.user_id, record_.node);
        all->add(record_, token);
        busy_ = false;
        emit changed();
        emit done();
    });
}

}  // namespace guildhall::client
