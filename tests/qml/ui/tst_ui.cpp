// Runs the Qt Quick Tests of the design system, with the application's fonts.
#include <QFont>
#include <QGuiApplication>
#include <QQmlEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)

class Setup final : public QObject {
    Q_OBJECT

  public slots:
    void applicationAvailable() {
        QFont font;
        font.setFamilies({QStringLiteral("Inter"),
                          QStringLiteral("Noto Sans"),
                          QStringLiteral("Noto Color Emoji"),
                          QStringLiteral("DejaVu Sans")});
        QGuiApplication::setFont(font);
    }
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
    }
};

QUICK_TEST_MAIN_WITH_SETUP(tst_ui, Setup)

#include "tst_ui.moc"
