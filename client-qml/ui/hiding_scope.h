#pragma once
// HidingScope: a FocusScope whose content a screen reader does not meet while something modal lies
// over it. Items behind a dialog stay visible, so Qt goes on to list them; here they are left out.
// Owned by QML; GUI thread.

#include <QPointer>
#include <QQuickItem>

namespace guildhall::client {

class HidingScope : public QQuickItem {
    Q_OBJECT
    QML_ELEMENT
    /// Where popups and their scrims are: `T.Overlay.overlay`.
    Q_PROPERTY(QQuickItem* overlay READ overlay WRITE setOverlay NOTIFY overlayChanged)
    /// Something that is no popup fills the window over this: a page of a phone.
    Q_PROPERTY(bool buried READ buried WRITE setBuried NOTIFY buriedChanged)
    /// A modal popup is open over this, or it is buried.
    Q_PROPERTY(bool covered READ covered NOTIFY coveredChanged)

  public:
    explicit HidingScope(QQuickItem* parent = nullptr);

    QQuickItem* overlay() const { return overlay_; }
    void setOverlay(QQuickItem* overlay);
    bool buried() const { return buried_; }
    void setBuried(bool buried);
    bool covered() const { return covered_; }

  signals:
    void overlayChanged();
    void buriedChanged();
    void coveredChanged();

  protected:
    void itemChange(ItemChange change, const ItemChangeData& data) override;

  private:
    bool has_scrim_above() const;
    void look_later();
    void look();

    QPointer<QQuickItem> overlay_;
    bool buried_ = false, covered_ = false, looks_ = false;
};

}  // namespace guildhall::client
