#include "client-qml/app/fonts.h"

#include <QFont>
#include <QGuiApplication>

namespace guildhall::client {

using namespace Qt::StringLiterals;

void set_fonts() {
    QFont font;
    font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"Noto Color Emoji"_s, u"DejaVu Sans"_s});
    QGuiApplication::setFont(font);
}

}  // namespace guildhall::client
