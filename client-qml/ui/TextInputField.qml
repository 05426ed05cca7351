import QtQuick
import QtQuick.Templates as T

// One line of text with a label, a hint or an error, and, for a password, a way to see it.
FocusScope {
    id: root

    property alias text: field.text
    property alias placeholderText: field.placeholderText
    property alias maximumLength: field.maximumLength
    property alias readOnly: field.readOnly
    property alias validator: field.validator
    property alias inputMethodHints: field.inputMethodHints
    property alias cursorPosition: field.cursorPosition
    property alias label: frame.label
    property alias required: frame.required
    property alias hint: frame.hint
    property alias error: frame.error
    property string accessibleName: label !== "" ? label : placeholderText
    property bool password: false
    property string iconName: ""
    property alias trailing: trailingRow.data

    signal accepted
    signal edited

    function selectAll() {
        field.selectAll();
    }

    implicitWidth: frame.implicitWidth
    implicitHeight: frame.implicitHeight
    opacity: enabled ? 1 : 0.5
    // Qt tells a screen reader nothing of a hidden password, so what is around it has its name.
    Accessible.role: Accessible.Grouping
    Accessible.name: root.accessibleName
    Accessible.ignored: !root.password

    FieldFrame {
        id: frame
        width: parent.width

        T.TextField {
            id: field

            property bool revealed: false
            readonly property bool hidden: root.password && !revealed

            anchors.fill: parent
            focus: true
            leftPadding: mirrored ? tail : lead
            rightPadding: mirrored ? lead : tail
            verticalAlignment: Text.AlignVCenter
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            placeholderTextColor: Theme.muted
            font.pixelSize: Theme.fontControl
            selectByMouse: true
            echoMode: hidden ? TextInput.Password : TextInput.Normal
            horizontalAlignment: TextInput.AlignLeft
            Keys.onMenuPressed: editMenu.openAt(field.cursorRectangle.x, field.height)
            onAccepted: root.accepted()
            onTextEdited: root.edited()
            Accessible.role: Accessible.EditableText
            Accessible.name: root.accessibleName
            Accessible.description: root.error !== "" ? root.error : root.hint
            Accessible.passwordEdit: hidden
            Accessible.readOnly: readOnly

            readonly property bool mirrored: effectiveHorizontalAlignment === TextInput.AlignRight
            readonly property real lead: root.iconName === "" ? Theme.spaceM : Theme.iconSmall + 2 * Theme.spaceM - 2
            readonly property real tail: Theme.spaceM + trailingRow.width + (reveal.visible ? reveal.width : 0)

            background: FieldBackground {
                focused: field.activeFocus
                invalid: root.error !== ""
            }

            EditMenuOpener {
                id: editMenu
                field: field
                secret: field.hidden
            }
            Text {
                x: field.leftPadding
                width: field.width - field.leftPadding - field.rightPadding
                height: parent.height
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: Text.AlignLeft
                text: field.placeholderText
                textFormat: Text.PlainText
                color: Theme.muted
                font: field.font
                elide: Text.ElideRight
                visible: !field.length && !field.preeditText
                Accessible.ignored: true
            }
            Icon {
                anchors.left: parent.left
                anchors.leftMargin: Theme.spaceM
                anchors.verticalCenter: parent.verticalCenter
                name: root.iconName
                size: Theme.iconSmall
                color: Theme.muted
                visible: root.iconName !== ""
            }
            Row {
                id: trailingRow
                anchors.right: reveal.visible ? reveal.left : parent.right
                anchors.rightMargin: children.length > 0 ? 2 : 0
                anchors.verticalCenter: parent.verticalCenter
            }
            Loader {
                id: reveal
                anchors.right: parent.right
                anchors.rightMargin: 2
                anchors.verticalCenter: parent.verticalCenter
                active: root.password
                visible: active
                // qmllint disable unqualified
                sourceComponent: IconButton {
                    iconName: field.revealed ? "eye-off" : "eye"
                    iconSize: Theme.iconSmall
                    text: field.revealed ? qsTr("Hide password") : qsTr("Show password")
                    onClicked: field.revealed = !field.revealed
                }
                // qmllint enable unqualified
            }
        }
    }
}
