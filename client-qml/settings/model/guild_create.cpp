#include "client-qml/settings/model/guild_create.h"

#include "client-qml/core/account/navigator.h"
#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kNameMin = 2, kNameMax = 100;  // as the API has it
constexpr int kInviteMax = 300;
}  // namespace

QString invite_code(const QString& text) {
    const QString typed = text.trimmed().left(kInviteMax);
    const Link link = parse_link(typed);
    if (link.kind == Link::Kind::invite) {
        const bool complete = link.code.contains(u'@') || link.node.isEmpty();
        return complete ? link.code : link.code + u'@' + link.node;
    }
    static const QRegularExpression code(
        uR"(\A[A-Za-z0-9_-]{2,64}(@[A-Za-z0-9.:\[\]~_-]{1,200})?\z)"_s);
    return code.match(typed).hasMatch() ? typed : QString();
}

GuildCreate::GuildCreate(QObject* parent) : GuildView(parent) {
    connect(this, &GuildView::busyChanged, this, &GuildCreate::changed);
}

void GuildCreate::setInvite(const QString& text) {
    if (text == invite_) return;
    invite_ = text;
    code_ = invite_code(text);
    preview_.clear();
    const bool wrong = code_.isEmpty() && !text.trimmed().isEmpty();
    invite_error_ = wrong ? tr("This is no invite. It looks like “code” or “code@node”.") : u""_s;
    emit changed();
}

bool GuildCreate::canCreate() const {
    const qsizetype length = name_.trimmed().size();
    return length >= kNameMin && length <= kNameMax && !busy();
}

void GuildCreate::create() {
    if (!canCreate()) return;
    QJsonObject body{{u"name"_s, name_.trimmed()}};
    if (!icon_.isEmpty()) body[u"icon"_s] = icon_;
    name_error_.clear();
    emit changed();
    call(request_of("POST", u"/guilds"_s, body), [this](const Answer& answer) {
        for (const auto& [path, text] : answer.error.fields) {
            if (path == "name"_L1) name_error_ = text;
        }
        emit changed();
        const QString id = answer.body[u"id"_s].toString();
        if (answer.ok() && snowflake(QStringView(id)) != 0) emit entered(id, {});
    });
}

QString GuildCreate::invite_path() const {
    return u"/invites/"_s + QString::fromLatin1(QUrl::toPercentEncoding(code_, "@:~[]"));
}

void GuildCreate::look() {
    if (!canJoin()) return;
    Request request = request_of("GET", invite_path());
    request.query.addQueryItem(u"with_counts"_s, u"true"_s);
    call(std::move(request), [this, asked = code_](const Answer& answer) {
        if (asked != code_) return;
        if (answer.ok()) show_preview(answer.body.toObject());
        fail_invite(answer.error);
    });
}

void GuildCreate::show_preview(const QJsonObject& invite) {
    const QJsonObject guild = object_of(invite, "guild"_L1);
    const Snowflake id = id_of(guild, "id"_L1);
    if (id == 0) return;
    preview_ = {{u"id"_s, id_text(id)},
                {u"name"_s, text::safe_name(text_of(guild, "name"_L1, 128), id_text(id))},
                {u"icon"_s, guild_icon_address(id, text_of(guild, "icon"_L1, 64))},
                {u"members"_s, number_of(invite, "approximate_member_count"_L1, 0, 1'000'000'000)},
                {u"node"_s, text::safe_name(code_.section(u'@', 1), {}, 200)}};
}

void GuildCreate::fail_invite(const ApiError& error) {
    invite_error_ = error.kind == ApiError::Kind::missing
                        ? tr("This invite is not valid any more, or never was.")
                        : words_of(error);
    dismiss();
    emit changed();
}

void GuildCreate::join() {
    if (!canJoin()) return;
    call(request_of("POST", invite_path(), QJsonObject()), [this](const Answer& answer) {
        fail_invite(answer.error);
        const QJsonObject invite = answer.body.toObject();
        const Snowflake guild = id_of(object_of(invite, "guild"_L1), "id"_L1);
        const Snowflake channel = id_of(object_of(invite, "channel"_L1), "id"_L1);
        if (answer.ok() && guild != 0) emit entered(id_text(guild), id_text(channel));
    });
}

}  // namespace guildhall::client
