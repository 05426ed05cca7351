#pragma once
// Desk: a Composer in a window, over a Scene. Owned by a test; GUI thread.

#include "client-qml/composer/composer_model.h"
#include "tests/qml/timeline/stage.h"

namespace guildhall::client::testing {

struct Desk {
    explicit Desk(int width = 700) : stage(width, 400) {
        warnings().clear();
        composer =
            stage.show("import Guildhall.Composer\nComposer { channelId: \"2000\"; focus: true }");
        if (!composer) return;
        model = composer->findChild<ComposerModel*>();
        stage.scene.account.outbox().resume();
        QMetaObject::invokeMethod(composer, "focusText", Q_ARG(QString, QString()));
        stage.settle();
    }
    QString text() const {
        return stage.find(u"QQuickTextArea"_s)
                   ? stage.find(u"QQuickTextArea"_s)->property("text").toString()
                   : u"no field"_s;
    }
    void write(const QString& words) {
        QMetaObject::invokeMethod(composer, "insert", Q_ARG(QString, words));
    }
    QStringList posted() const {
        QStringList all;
        for (const Seen& one : stage.scene.node.seen) {
            if (one.method == "POST" && one.path.endsWith("/messages")) {
                all += QJsonDocument::fromJson(one.body)["content"_L1].toString();
            }
        }
        return all;
    }

    Stage stage;
    QQuickItem* composer = nullptr;
    ComposerModel* model = nullptr;
};

}  // namespace guildhall::client::testing
