#include "client-qml/ui/hiding_scope.h"

#include <QAccessible>
#include <QAccessibleObject>
#include <QQuickWindow>

namespace guildhall::client {

namespace {

/// What stands for a covered scope: nothing is in it, and it is not shown.
class Hollow final : public QAccessibleObject {
  public:
    explicit Hollow(HidingScope* scope) : QAccessibleObject(scope), scope_(scope) {}

    QWindow* window() const override { return scope_->window(); }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(scope_->window());
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text) const override { return {}; }
    QAccessible::Role role() const override { return QAccessible::Pane; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.invisible = true;
        return state;
    }

  private:
    HidingScope* scope_;
};

/// Asked before Qt Quick's own; what is null here is made there.
QAccessibleInterface* make_hollow(const QString& name, QObject* object) {
    if (name != QLatin1StringView(HidingScope::staticMetaObject.className())) return nullptr;
    auto* scope = qobject_cast<HidingScope*>(object);
    return scope && scope->covered() ? new Hollow(scope) : nullptr;
}

}  // namespace

HidingScope::HidingScope(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemIsFocusScope);
    // Known to Qt by its address: to install it again changes nothing.
    QAccessible::installFactory(make_hollow);
}

void HidingScope::setOverlay(QQuickItem* overlay) {
    if (overlay == overlay_) return;
    if (overlay_) disconnect(overlay_, nullptr, this, nullptr);
    overlay_ = overlay;
    if (overlay) connect(overlay, &QQuickItem::childrenChanged, this, &HidingScope::look_later);
    emit overlayChanged();
    look_later();
}

void HidingScope::setBuried(bool buried) {
    if (buried == buried_) return;
    buried_ = buried;
    emit buriedChanged();
    look_later();
}

void HidingScope::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickItem::itemChange(change, data);
    if (change == ItemSceneChange || change == ItemParentHasChanged) look_later();
}

/// A scrim is put below its popup only after it was made.
void HidingScope::look_later() {
    if (looks_) return;
    looks_ = true;
    QMetaObject::invokeMethod(this, &HidingScope::look, Qt::QueuedConnection);
}

void HidingScope::look() {
    looks_ = false;
    const bool covered = buried_ || has_scrim_above();
    if (covered == covered_) return;
    covered_ = covered;
    // The one that Qt keeps for this item was for how it was.
    if (QAccessibleInterface* known = QAccessible::queryAccessibleInterface(this))
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(known));
    emit coveredChanged();
}

bool HidingScope::has_scrim_above() const {
    if (!overlay_) return false;
    bool is_above = !overlay_->isAncestorOf(this);
    for (const QQuickItem* one : overlay_->childItems()) {
        if (is_above && one->isVisible() && one->property("coversAll").toBool()) return true;
        is_above = is_above || one->isAncestorOf(this);
    }
    return false;
}

}  // namespace guildhall::client
