import QtQuick
import QtQuick.Templates as T

// A number on a line, with its label and what it means at the moment.
FocusScope {
    id: root

    property string label: ""
    property string valueText: String(Math.round(value * 100) / 100)
    property alias from: slider.from
    property alias to: slider.to
    property alias stepSize: slider.stepSize
    property alias value: slider.value
    property string accessibleName: label

    signal moved

    implicitWidth: 280
    implicitHeight: title.implicitHeight + slider.height
    opacity: enabled ? 1 : 0.45

    GText {
        id: title
        anchors.left: parent.left
        anchors.right: number.left
        text: root.label
        kind: GText.Small
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    GText {
        id: number
        anchors.right: parent.right
        text: root.valueText
        kind: GText.Small
        muted: true
        Accessible.ignored: true
    }
    T.Slider {
        id: slider
        anchors.top: title.bottom
        width: parent.width
        height: Theme.controlHeight
        focus: true
        hoverEnabled: true
        snapMode: T.Slider.SnapAlways
        onMoved: root.moved()
        Accessible.role: Accessible.Slider
        Accessible.name: root.accessibleName
        Accessible.description: root.valueText

        background: Rectangle {
            y: (slider.height - height) / 2
            width: slider.width
            height: 6
            radius: 3
            color: Theme.divider

            Rectangle {
                x: slider.mirrored ? parent.width - width : 0
                width: slider.handle.width / 2 + slider.position * (slider.width - slider.handle.width)
                height: parent.height
                radius: 3
                color: Theme.accentText
            }
        }
        handle: Rectangle {
            x: slider.visualPosition * (slider.width - width)
            y: (slider.height - height) / 2
            width: Math.round((Theme.isPhone ? 26 : 20) * Math.max(1, Theme.fontScale))
            height: width
            radius: width / 2
            color: slider.pressed ? Theme.accentHover : Theme.accent
            border.width: 3
            border.color: Theme.elevated

            KeyboardFocusRing {
                active: slider.visualFocus
                gap: 0
                radius: height / 2
            }
        }
    }
}
