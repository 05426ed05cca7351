#pragma once
// Preferences: how this device shows the client; not of any account. Kept by QSettings. QML's
// singleton; GUI thread.

#include <QQmlEngine>
#include <QSettings>

namespace guildhall::client {

class Preferences final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// "system", "light", "dark", "contrast".
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY changed)
    /// 0.8 to 2.
    Q_PROPERTY(double fontScale READ fontScale WRITE setFontScale NOTIFY changed)
    /// 0.5 to 3, of everything; Ctrl+plus and Ctrl+minus.
    Q_PROPERTY(double zoom READ zoom WRITE setZoom NOTIFY changed)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed)
    Q_PROPERTY(bool compact READ compact WRITE setCompact NOTIFY changed)
    /// "" (the system's), "en", "de", "ar".
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(bool showMembers READ showMembers WRITE setShowMembers NOTIFY changed)
    /// "all", "mentions", "none": where no guild or channel says otherwise.
    Q_PROPERTY(QString notify READ notify WRITE setNotify NOTIFY changed)
    Q_PROPERTY(bool notifySound READ notifySound WRITE setNotifySound NOTIFY changed)
    Q_PROPERTY(bool notifyShowsText READ notifyShowsText WRITE setNotifyShowsText NOTIFY changed)
    Q_PROPERTY(bool closeToTray READ closeToTray WRITE setCloseToTray NOTIFY changed)
    /// Pictures from outside one's node, which tells their hosts one's address.
    Q_PROPERTY(bool externalImages READ externalImages WRITE setExternalImages NOTIFY changed)
    Q_PROPERTY(int skinTone READ skinTone WRITE setSkinTone NOTIFY changed)
    Q_PROPERTY(double sidebarWidth READ sidebarWidth WRITE setSidebarWidth NOTIFY changed)
    Q_PROPERTY(double membersWidth READ membersWidth WRITE setMembersWidth NOTIFY changed)

  public:
    /// `file`: an INI file; empty: the platform's place.
    explicit Preferences(const QString& file, QObject* parent = nullptr);
    static Preferences* create(QQmlEngine* engine, QJSEngine*);
    void use_in(QQmlEngine& engine);

    QString theme() const;
    void setTheme(const QString& theme);
    double fontScale() const;
    void setFontScale(double scale);
    double zoom() const;
    void setZoom(double zoom);
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);
    bool compact() const;
    void setCompact(bool compact);
    QString language() const;
    void setLanguage(const QString& language);
    bool showMembers() const;
    void setShowMembers(bool show);
    QString notify() const;
    void setNotify(const QString& notify);
    bool notifySound() const;
    void setNotifySound(bool sound);
    bool notifyShowsText() const;
    void setNotifyShowsText(bool shows);
    bool closeToTray() const;
    void setCloseToTray(bool closes);
    bool externalImages() const;
    void setExternalImages(bool external);
    int skinTone() const;
    void setSkinTone(int tone);
    double sidebarWidth() const;
    void setSidebarWidth(double width);
    double membersWidth() const;
    void setMembersWidth(double width);

    /// Of the window, "x y w h"; emojis used last; and their like.
    QVariant kept(const QString& name) const;
    void keep(const QString& name, const QVariant& value);

  signals:
    void changed();
    void languageChanged();

  private:
    QVariant value(const char* key, const QVariant& otherwise) const;
    void set(const char* key, const QVariant& value);

    QSettings settings_;
};

}  // namespace guildhall::client
