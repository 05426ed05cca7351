#include "client-qml/core/models/guild_leaver.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

void GuildLeaver::leave(const QString& guild) {
    if (!account_) return;
    Request request;
    request.method = "DELETE";
    request.path = u"/users/@me/guilds/"_s + guild;
    account_->rest().send(std::move(request), this, [this, guild](const Answer& answer) {
        if (answer.ok()) {
            emit left(guild);
        } else {
            emit failed(answer.error.message);
        }
    });
}

}  // namespace guildhall::client
