// Inline pieces written out: as our own markup, or as text alone. Internal to markdown.cpp.
#pragma once

#include "client-qml/core/text/escape.h"
#include "client-qml/core/text/inline.h"
#include "client-qml/core/text/markdown.h"

#include <QString>

#include <vector>

namespace guildhall::client::text {

// What the pieces of one message share while it is written.
struct WriteState {
    const MarkdownOptions& options;
    int spoilers = 0;  // Numbered in reading order.
    bool mentions_me = false;
};

// What a mention, command or moment reads as, with its sign; empty for other pieces.
QString written_as(const Piece& piece, WriteState& state, QString* colour = nullptr);

QString write_markup(const std::vector<Piece>& pieces, Markup markup, WriteState& state);
QString write_plain(const std::vector<Piece>& pieces, bool single_line, WriteState& state);

}  // namespace guildhall::client::text
