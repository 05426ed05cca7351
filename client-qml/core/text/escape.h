// The only way from text to markup: nothing of what goes in is taken for a tag or an entity by
// Text.StyledText or Text.RichText. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>

namespace guildhall::client::text {

// For between tags. Runs of spaces keep their width, \n becomes a line break.
QString escaped(QStringView text);

// The same for a text that comes in pieces with tags between them: spaces are joined across tags,
// so the escaper remembers whether one was last.
class Escaper {
  public:
    void append(QString& out, QStringView text);
    void append_line_break(QString& out);
    void append_object() { after_space_ = false; }  // An image went out.

  private:
    bool after_space_ = true;
};

// For between the quotes of an attribute. StyledText reads attributes as they are written,
// RichText decodes entities in them, so `&` of an address needs to be known for which it is.
enum class Markup { styled, rich };
QString escaped_attribute(QStringView value, Markup markup);

// "#rrggbb" as it is, anything else as nothing.
QString safe_colour(const QString& colour);

}  // namespace guildhall::client::text
