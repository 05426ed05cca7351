#pragma once
// View: a timeline in a window, over a history. Owned by a test; GUI thread.

#include "client-qml/timeline/timeline_model.h"
#include "tests/qml/timeline/stage.h"

namespace guildhall::client::testing {

inline const char* kTimeline =
    "import Guildhall.Timeline\n"
    "Timeline { LayoutMirroring.childrenInherit: true; channelId: \"2000\" }";

struct View {
    explicit View(const std::vector<QJsonObject>& history, int width = 800, int height = 600)
        : stage(width, height) {
        warnings().clear();
        stage.scene.history = history;
        timeline = stage.show(kTimeline);
        stage.settle();
        list = stage.find(u"MessageList"_s);
        model = timeline ? timeline->findChild<TimelineModel*>() : nullptr;
    }
    QQuickItem* row(int index) const {
        QQuickItem* found = nullptr;
        QMetaObject::invokeMethod(
            list, "itemAtIndex", Q_RETURN_ARG(QQuickItem*, found), Q_ARG(int, index));
        return found;
    }
    void open_menu(int at) {
        for (QObject* one : timeline->findChildren<QObject*>()) {
            if (QString::fromLatin1(one->metaObject()->className()).startsWith("MessageActions"_L1))
                QMetaObject::invokeMethod(one,
                                          "menuRequested",
                                          Q_ARG(int, at),
                                          Q_ARG(QQuickItem*, row(at)),
                                          Q_ARG(double, 0),
                                          Q_ARG(double, 0));
        }
        stage.settle();
    }
    /// An entry of the menu, as a press does.
    void choose(const QString& entry) {
        QQuickItem* item = shown(entry);
        QVERIFY2(item, qPrintable(entry));
        QMetaObject::invokeMethod(item, "clicked");
        stage.settle();
    }
    QQuickItem* shown(const QString& text) const { return stage.find_shown(u"MenuEntry"_s, text); }
    double top(QQuickItem* one) const { return one->mapToItem(list, QPointF()).y(); }
    int current() const { return list->property("currentIndex").toInt(); }

    Stage stage;
    QQuickItem *timeline = nullptr, *list = nullptr;
    TimelineModel* model = nullptr;
};

inline std::vector<QJsonObject> plain(int count) {
    std::vector<QJsonObject> all;
    for (int n = 1; n <= count; ++n) {
        const QString text =
            n % 7 == 0 ? QString(600, u'w').replace(u"ww"_s, u"w "_s) : u"message %1"_s.arg(n);
        all.push_back(message_json(nth(n * 3), text, n % 5 == 0 ? kMe : kAda));
    }
    return all;
}

}  // namespace guildhall::client::testing
