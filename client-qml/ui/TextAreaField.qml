import QtQuick
import QtQuick.Templates as T

// Several lines of text with a label, a hint or an error. Grows to linesMax, then scrolls.
FocusScope {
    id: root

    property alias text: area.text
    property alias placeholderText: area.placeholderText
    property alias readOnly: area.readOnly
    property alias label: frame.label
    property alias required: frame.required
    property alias hint: frame.hint
    property alias error: frame.error
    property string accessibleName: label !== "" ? label : placeholderText
    property int maximumLength: 32767 // what is over is cut off, at the end
    property int lines: 3
    property int linesMax: 8

    signal edited

    readonly property real lineHeight: metrics.height

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    opacity: enabled ? 1 : 0.5

    FontMetrics {
        id: metrics
        font: area.font
    }
    FieldFrame {
        id: frame
        width: parent.width
        contentHeight: Math.max(root.lines, Math.min(root.linesMax, area.lineCount)) * root.lineHeight + area.topPadding + area.bottomPadding

        FieldBackground {
            anchors.fill: parent
            focused: area.activeFocus
            invalid: root.error !== ""
        }
        Flickable {
            id: flick
            anchors.fill: parent
            anchors.margins: 2
            clip: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: ScrollBar {
            }

            T.TextArea.flickable: T.TextArea {
                id: area
                focus: true
                leftPadding: Theme.spaceM - 2
                rightPadding: Theme.spaceM - 2
                topPadding: Theme.spaceS - 1
                bottomPadding: Theme.spaceS - 1
                implicitHeight: contentHeight + topPadding + bottomPadding
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentInk
                placeholderTextColor: Theme.muted
                font.pixelSize: Theme.fontControl
                wrapMode: TextEdit.Wrap
                textFormat: TextEdit.PlainText
                selectByMouse: true
                horizontalAlignment: TextEdit.AlignLeft
                Keys.onMenuPressed: editMenu.openAt(area.cursorRectangle.x, area.cursorRectangle.y + root.lineHeight)
                KeyNavigation.priority: KeyNavigation.BeforeItem
                Keys.priority: Keys.BeforeItem
                Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                Accessible.role: Accessible.EditableText
                Accessible.name: root.accessibleName
                Accessible.description: root.error !== "" ? root.error : root.hint
                Accessible.multiLine: true
                onTextChanged: {
                    if (length > root.maximumLength)
                        remove(root.maximumLength, length);
                    if (activeFocus)
                        root.edited();
                }

                EditMenuOpener {
                    id: editMenu
                    field: area
                }
                Text {
                    x: area.leftPadding
                    y: area.topPadding
                    width: area.width - 2 * x
                    horizontalAlignment: Text.AlignLeft
                    text: area.placeholderText
                    textFormat: Text.PlainText
                    color: Theme.muted
                    font: area.font
                    elide: Text.ElideRight
                    visible: area.length === 0 && !area.preeditText
                    Accessible.ignored: true
                }
            }
        }
    }
}
