import QtQuick
import QtQuick.Templates as T
import Guildhall.Ui

// The content of something modal: a screen reader stays in the uppermost of several.
HidingScope {
    focus: true
    overlay: T.Overlay.overlay
    Accessible.role: Accessible.Dialog
}
