#pragma once
// PageStage: a window of the client with one page in it, in a scheme, a size and a direction; what
// the console would have shown, and which controls have no name. Owned by a test; its thread.

#include <QAccessible>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

namespace guildhall::client::testing {

/// Everything that went to the console as a warning or worse since it was last asked for.
class Console {
  public:
    Console() {
        lines() = {};
        before_ = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext&, const QString& text) {
                if (type != QtDebugMsg && type != QtInfoMsg) lines().push_back(text);
            });
    }
    ~Console() { qInstallMessageHandler(before_); }
    QStringList take() { return std::exchange(lines(), {}); }

  private:
    static QStringList& lines() {
        static QStringList said;
        return said;
    }
    QtMessageHandler before_ = nullptr;
};

struct Look {
    QString scheme;
    QSize size;
    bool mirrored = false;

    QString name() const {
        return QStringLiteral("%1 %2x%3 %4")
            .arg(scheme)
            .arg(size.width())
            .arg(size.height())
            .arg(mirrored ? QStringLiteral("rtl") : QStringLiteral("ltr"));
    }
};

inline std::vector<Look> all_looks() {
    std::vector<Look> looks;
    for (const char* scheme : {"light", "dark", "contrast"}) {
        for (const QSize size : {QSize(1280, 800), QSize(390, 844)}) {
            for (const bool mirrored : {false, true}) {
                looks.push_back({QString::fromLatin1(scheme), size, mirrored});
            }
        }
    }
    return looks;
}

class PageStage {
  public:
    /// `imports`: modules beside Ui and Core; `page`: QML that may use `stage.account`.
    PageStage(QQmlEngine& engine,
              QObject* account,
              const Look& look,
              const QString& imports,
              const QString& page)
        : component_(&engine) {
        const QString text =
            QStringLiteral(
                "import QtQuick\nimport Guildhall.Core\nimport Guildhall.Ui\n%1\n"
                "GWindow {\n id: stage\n property Account account: null\n width: %2\n height: %3\n"
                " mirror: %4\n visible: true\n"
                " Component.onCompleted: { Theme.scheme = \"%5\"; Theme.reducedMotion = true }\n"
                " %6\n}")
                .arg(imports)
                .arg(look.size.width())
                .arg(look.size.height())
                .arg(look.mirrored ? QStringLiteral("true") : QStringLiteral("false"))
                .arg(look.scheme, page);
        component_.setData(text.toUtf8(), QUrl(QStringLiteral("qrc:/stage.qml")));
        if (!component_.isReady()) return;
        made_.reset(component_.createWithInitialProperties(
            {{QStringLiteral("account"), QVariant::fromValue(account)}}));
        window_ = qobject_cast<QQuickWindow*>(made_.get());
    }

    /// A window that is a file of its own.
    PageStage(QQmlEngine& engine, const QUrl& page) : component_(&engine, page) {
        if (!component_.isReady()) return;
        made_.reset(component_.create());
        window_ = qobject_cast<QQuickWindow*>(made_.get());
    }

    QString errors() const { return component_.errorString(); }
    QQuickWindow* window() const { return window_; }

    /// Everything visible below an item, popups too, for which `check` holds.
    QList<QQuickItem*> all(const std::function<bool(QQuickItem*)>& check) const {
        QList<QQuickItem*> found;
        if (window_) collect(window_->contentItem(), check, found);
        return found;
    }
    QQuickItem* named(const QString& name) const {
        const auto found = all([&](QQuickItem* item) { return name_of(item).startsWith(name); });
        return found.isEmpty() ? nullptr : found.front();
    }
    static QString name_of(QQuickItem* item) {
        const QAccessibleInterface* one = QAccessible::queryAccessibleInterface(item);
        return one ? one->text(QAccessible::Name) : QString();
    }
    /// Controls that a Tab reaches and of which a screen reader could say nothing.
    QStringList nameless() const {
        QStringList found;
        const auto stops = all([](QQuickItem* item) {
            return item->isEnabled() && item->activeFocusOnTab() && !item->isFocusScope();
        });
        for (QQuickItem* item : stops) {
            const QAccessibleInterface* one = QAccessible::queryAccessibleInterface(item);
            // Qt empties the name of a password; its field says it another way.
            const bool says =
                one && (one->state().passwordEdit || !one->text(QAccessible::Name).isEmpty() ||
                        !one->text(QAccessible::Description).isEmpty());
            if (!says) found.push_back(QString::fromLatin1(item->metaObject()->className()));
        }
        return found;
    }

    /// Shown or said texts that would turn what is around them, or hold what nobody sees.
    QStringList turning() const {
        QStringList found;
        all([&](QQuickItem* item) {
            for (const QString& text : {item->property("text").toString(), name_of(item)}) {
                if (turns(text)) found.push_back(text);
            }
            return false;
        });
        return found;
    }

  private:
    static bool turns(const QString& text) {
        int open = 0;
        for (const QChar c : text) {
            const char16_t u = c.unicode();
            const bool is_embedding = u >= 0x202A && u <= 0x202C;
            if (u == 0x202D || u == 0x202E || (is_embedding && open == 0)) return true;
            if ((u < 32 && u != '\n') || u == 0x7F) return true;
            if (u >= 0x2066 && u <= 0x2068) ++open;
            if (u == 0x2069 && --open < 0) return true;
        }
        return open != 0;
    }
    static void collect(QQuickItem* item,
                        const std::function<bool(QQuickItem*)>& check,
                        QList<QQuickItem*>& found) {
        if (!item->isVisible()) return;
        if (check(item)) found.push_back(item);
        for (QQuickItem* child : item->childItems()) collect(child, check, found);
    }

    QQmlComponent component_;
    std::unique_ptr<QObject> made_;
    QQuickWindow* window_ = nullptr;
};

}  // namespace guildhall::client::testing
