import QtQuick
import QtQuick.Templates as T

// A word or two beside what the pointer rests on. Created on demand, by a Loader.
T.ToolTip {
    id: root

    x: parent ? (parent.width - implicitWidth) / 2 : 0
    y: -implicitHeight - Theme.spaceXs
    implicitWidth: Math.min(320, label.implicitWidth + leftPadding + rightPadding)
    implicitHeight: label.implicitHeight + topPadding + bottomPadding
    margins: Theme.spaceS
    horizontalPadding: Theme.spaceS + 2
    verticalPadding: 6
    delay: 500
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: Text {
        id: label
        text: root.text
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.tooltipInk
        font.pixelSize: Theme.fontSmall
        font.weight: Font.Medium
    }

    background: Rectangle {
        radius: Theme.radiusS + 2
        color: Theme.tooltip
    }
}
