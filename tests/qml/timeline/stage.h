#pragma once
// Stage: a window that shows one QML component over a Scene. A warning of QML fails the test. Owned
// by a test; GUI thread.

#include "client-qml/core/account/accounts.h"
#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"
#include "tests/qml/timeline/scene.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQmlProperty>
#include <QQuickImageProvider>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtQml/qqmlextensionplugin.h>

namespace guildhall::client::testing {

inline QStringList& warnings() {
    static QStringList list;
    return list;
}

inline void watch_warnings() {
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
        fprintf(stderr, "%s\n", qPrintable(text));
        const bool counts = type == QtWarningMsg || type == QtCriticalMsg;
        if (counts && !text.contains("XDG_RUNTIME_DIR"_L1)) warnings() += text;
    });
}

/// Every picture is a grey square.
class NoPictures final : public QQuickImageProvider {
  public:
    NoPictures() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString&, QSize* size, const QSize& wanted) override {
        QImage image(wanted.isValid() ? wanted : QSize(16, 16), QImage::Format_RGB32);
        image.fill(Qt::gray);
        *size = image.size();
        return image;
    }
};

class Stage final {
  public:
    explicit Stage(int width = 800, int height = 600) {
        engine.addImportPath(u"qrc:/qt/qml"_s);
        accounts.use_in(engine);
        navigator.use_in(engine);
        engine.addImageProvider(u"cdn"_s, new NoPictures);
        preferences.use_in(engine);
        window.resize(width, height);
    }
    ~Stage() { delete item; }

    /// `qml` is one object; `account` and more are set before its bindings run.
    QQuickItem* show(const QByteArray& qml, const QVariantMap& properties = {}) {
        QQmlComponent component(&engine);
        component.setData("import QtQuick\nimport Guildhall.Ui\n" + qml, QUrl(u"qrc:/stage.qml"_s));
        for (const QQmlError& error : component.errors())
            qWarning("%s", qPrintable(error.toString()));
        if (component.isError()) return nullptr;
        QVariantMap all = properties;
        all[u"account"_s] = QVariant::fromValue(&scene.account);
        item = qobject_cast<QQuickItem*>(component.createWithInitialProperties(all));
        if (!item) return nullptr;
        item->setParentItem(window.contentItem());
        item->setSize(window.size());
        window.show();
        (void)QTest::qWaitForWindowExposed(&window);
        return item;
    }
    QQuickItem* find(const QString& type) const { return find_in(item, type); }
    /// By its text property: a button.
    QQuickItem* find_named(const QString& text) const { return named_in(item, text); }
    /// What is shown, of a type and with a text, also in a menu or a dialog.
    QQuickItem* find_shown(const QString& type, const QString& text) const {
        return shown_in(window.contentItem(), type, text);
    }
    void settle() {
        for (int i = 0; i < 5; ++i) QTest::qWait(20);
    }
    void theme(const QString& name, const QVariant& value) {
        QQmlComponent component(&engine);
        component.setData("import QtQml\nimport Guildhall.Ui\nQtObject { property var it: Theme }",
                          {});
        const std::unique_ptr<QObject> holder(component.create());
        QVERIFY(holder);
        QQmlProperty::write(holder->property("it").value<QObject*>(), name, value);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&window, key, modifiers);
        QTest::qWait(10);
    }
    void type(const QString& text) {
        for (const QChar c : text) QTest::keyClick(&window, c.toLatin1());
    }

    Scene scene;
    Accounts accounts{scene.folder.path() + u"/accounts"_s, false, scene.clock, scene.rng};
    Navigator navigator{accounts};
    Preferences preferences{scene.folder.path() + u"/preferences.ini"_s};
    QQmlEngine engine;
    QQuickWindow window;
    QQuickItem* item = nullptr;

  private:
    static QQuickItem* shown_in(QQuickItem* from, const QString& type, const QString& text) {
        if (!from->isVisible()) return nullptr;
        const bool is_type = QString::fromLatin1(from->metaObject()->className()).startsWith(type);
        if (is_type && from->property("text").toString() == text) return from;
        for (QQuickItem* child : from->childItems()) {
            if (QQuickItem* found = shown_in(child, type, text)) return found;
        }
        return nullptr;
    }
    static QQuickItem* named_in(QQuickItem* from, const QString& text) {
        if (!from) return nullptr;
        if (from->property("text").toString() == text) return from;
        for (QQuickItem* child : from->childItems()) {
            if (QQuickItem* found = named_in(child, text)) return found;
        }
        return nullptr;
    }
    static QQuickItem* find_in(QQuickItem* from, const QString& type) {
        if (!from) return nullptr;
        if (QString::fromLatin1(from->metaObject()->className()).startsWith(type)) return from;
        for (QQuickItem* child : from->childItems()) {
            if (QQuickItem* found = find_in(child, type)) return found;
        }
        return nullptr;
    }
};

}  // namespace guildhall::client::testing
