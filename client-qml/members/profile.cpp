#include "client-qml/members/profile.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {

constexpr int kNoteMax = 500;

QString date(qint64 ms) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms).date(), QLocale::LongFormat);
}

}  // namespace

void Profile::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) {
        NodeBook::of(account_)->disconnect(this);
        account_->state().disconnect(this);
    }
    account_ = account;
    if (account) {
        connect(NodeBook::of(account), &NodeBook::changed, this, &Profile::changed);
        State* state = &account->state();
        connect(state, &State::reset, this, &Profile::changed);
        connect(state, &State::guild_changed, this, &Profile::changed);
        connect(state, &State::member_changed, this, [this](quint64, quint64 user) {
            if (user == user_) emit changed();
        });
        connect(state, &State::member_removed, this, [this](quint64, quint64 user) {
            if (user == user_) emit changed();
        });
        connect(state, &State::presence_changed, this, [this](quint64 user) {
            if (user == user_) emit changed();
        });
    }
    emit changed();
}

void Profile::setGuildId(const QString& guild) {
    guild_ = snowflake(QStringView(guild));
    emit changed();
}

void Profile::setUserId(const QString& user) {
    user_ = snowflake(QStringView(user));
    emit changed();
}

const User* Profile::user() const {
    if (!account_) return nullptr;
    const Member* here = member();
    return here ? &here->user : account_->state().user(user_);
}

const Member* Profile::member() const {
    return account_ ? account_->state().member(guild_, user_) : nullptr;
}

const NodeBook::Peer* Profile::peer() const {
    NodeBook* book = node().isEmpty() ? nullptr : NodeBook::of(account_);
    return book ? book->peer(node()) : nullptr;
}

bool Profile::nodeKnown() const {
    return peer() != nullptr || (account_ && NodeBook::of(account_)->knows_peers());
}

bool Profile::nodeVerified() const { return peer() && peer()->verified; }

QString Profile::name() const {
    const User* one = user();
    return one ? account_->state().display_name(guild_, *one) : QString();
}

QString Profile::username() const {
    const User* one = user();
    return one ? text::safe_name(one->username, id_text(one->id)) : QString();
}

QString Profile::avatar() const {
    if (const Member* here = member()) return member_avatar_address(*here);
    const User* one = user();
    return one ? avatar_address(*one) : QString();
}

QString Profile::status() const {
    return account_ ? status_text(account_->state().presence(user_).status) : QString();
}

QString Profile::statusText() const {
    if (!account_) return {};
    const Presence presence = account_->state().presence(user_);
    return text::safe_name(presence.custom_status.isEmpty() ? presence.activity
                                                            : presence.custom_status);
}

bool Profile::bot() const { return user() && user()->bot; }
bool Profile::self() const { return account_ && account_->state().self().id == user_; }
QString Profile::node() const { return user() ? user()->node() : QString(); }

QString Profile::nodeText() const {
    if (node().isEmpty()) return tr("Lives at your node");
    const QString name = text::safe_name(node());
    const NodeBook::Peer* known = peer();
    if (!known) return tr("Lives at %1").arg(name);
    return known->reachable ? tr("Lives at %1, which is reachable").arg(name)
                            : tr("Lives at %1, which cannot be reached now").arg(name);
}

QString Profile::joined() const {
    const Member* here = member();
    return here && here->joined_ms != 0 ? date(here->joined_ms) : QString();
}

QString Profile::timeout() const {
    const Member* here = member();
    if (!here || here->timeout_until_ms <= account_->state().clock().now_ms()) return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(here->timeout_until_ms),
                              QLocale::ShortFormat);
}

QVariantList Profile::roles() const {
    QVariantList rows;
    const Member* here = member();
    const Guild* guild = here ? account_->state().guild(guild_) : nullptr;
    if (!guild) return rows;
    std::vector<const Role*> found;
    for (const Snowflake id : here->roles) {
        if (const Role* role = guild->role(id)) found.push_back(role);
    }
    std::ranges::sort(found, std::greater(), &Role::position);
    for (const Role* role : found) {
        const QString color =
            role->color == 0 ? QString() : u"#%1"_s.arg(role->color, 6, 16, QChar(u'0'));
        rows.push_back(QVariantMap{{u"name"_s, text::safe_name(role->name)}, {u"color"_s, color}});
    }
    return rows;
}

QString Profile::note() const { return account_ ? account_->cache().note(user_) : QString(); }

void Profile::setNote(const QString& note) {
    if (account_) account_->cache().put_note(user_, note.left(kNoteMax));
}

bool Profile::may(Permissions bit) const {
    const Member* here = member();
    const Guild* guild = here ? account_->state().guild(guild_) : nullptr;
    return guild && !self() && account_->state().guild_permissions(guild_).has(bit) &&
           outranks(*guild, account_->state().me(guild_), Subject::of(*here));
}

bool Profile::canNick() const {
    return self()
               ? member() && account_->state().guild_permissions(guild_).has(bits::kChangeNickname)
               : may(bits::kManageNicknames);
}

bool Profile::canRoles() const {
    return member() && account_->state().guild_permissions(guild_).has(bits::kManageRoles);
}

bool Profile::canTimeout() const { return may(bits::kModerateMembers); }
bool Profile::canKick() const { return may(bits::kKickMembers); }
bool Profile::canBan() const { return may(bits::kBanMembers); }

bool Profile::canMakeOwner() const {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    return guild && guild->owner == account_->state().self().id && member() && !self() && !bot();
}

}  // namespace guildhall::client
