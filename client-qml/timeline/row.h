#pragma once
// A row of the timeline: a message, or one that the node has not acknowledged yet, and what was
// made of its text. Plain values of a TimelineModel; GUI thread.

#include "client-qml/core/account/outbox.h"
#include "client-qml/core/data/message.h"

#include <QVariantList>

#include <set>

namespace guildhall::client {

/// What a message's text became. Made when a row is first looked at; forgotten on an edit, another
/// theme, a spoiler that was opened.
struct RowText {
    bool made = false;
    QString html;    // of the one paragraph that most messages are; else empty, and see `blocks`
    int format = 0;  // Qt::TextFormat of `html`
    QVariantList blocks;
    bool jumbo = false;
    QString said;     // without markup, for a screen reader
    QString answers;  // what it replies to, in one line
    QVariantList embeds;
};

struct Row {
    Message message;
    RowText text;
    std::set<int> revealed;         // spoilers that were opened
    std::set<Snowflake> uncovered;  // the same, of files
    // Of a message on its way only:
    QString nonce;
    Outbox::Stage stage = Outbox::Stage::waiting;
    double progress = -1;
    QString error;
    QStringList files;

    bool is_pending() const { return message.id == 0; }
};

/// Whether a row continues the one before it: same author, soon after, nothing in between.
bool continues(const Row& row, const Row& older);

/// The colours that text needs, as "#rrggbb"; QML hands them over from the theme.
struct TextColors {
    QString link, mention, spoiler, code, background;
    QString keyword, string, number, comment, type;
    bool dark = true;

    static TextColors of(const QVariantMap& palette);
    friend bool operator==(const TextColors&, const TextColors&) = default;
};

/// A role's colour as it can be read on the background; empty where the role has none.
QString readable_color(int rgb, const TextColors& colors);

}  // namespace guildhall::client
