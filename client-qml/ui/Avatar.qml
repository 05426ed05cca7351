import QtQuick

// A person or a place: its picture, which the image provider has made round, or its initials.
Item {
    id: root

    required property string name
    property string colorId: name // an id: the same id has the same colour everywhere
    property string source: "" // such as image://cdn/HASH?size=64&round
    property real size: Theme.avatarMedium
    property string status: "" // presence; none is shown when empty
    property color ground: Theme.surface // what lies behind, for the rim around the dot
    property bool square: false
    property real corner: square ? size * 0.28 : size / 2

    // Up to two letters; surrogate pairs are kept whole.
    readonly property string initials: {
        const words = name.trim().split(/\s+/).filter(word => word !== "");
        const first = words.slice(0, 2).map(word => String.fromCodePoint(word.codePointAt(0)));
        return (size < 28 ? first.slice(0, 1) : first).join("").toUpperCase();
    }

    implicitWidth: size
    implicitHeight: size
    width: size
    height: size
    Accessible.role: Accessible.Graphic
    Accessible.name: status === "" ? name : qsTr("%1, %2").arg(name).arg(dot.label)

    Rectangle {
        anchors.fill: parent
        radius: root.corner
        color: Theme.avatarColor(root.colorId)
        visible: picture.implicitWidth === 0 // ready without a picture is none

        Text {
            anchors.centerIn: parent
            text: root.initials
            textFormat: Text.PlainText
            color: "#ffffff"
            font.pixelSize: Math.max(8, Math.round(root.size * 0.38))
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    Image {
        id: picture
        readonly property bool cut: root.source.startsWith("image://cdn/") && !root.source.includes("?")
        anchors.fill: parent
        source: cut ? root.source + "?round=" + root.corner / root.size : root.source
        sourceSize.width: root.size
        sourceSize.height: root.size
        asynchronous: true
        mipmap: false
        Accessible.ignored: true
    }
    Rectangle {
        visible: root.status !== ""
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: -2
        width: dot.width + 4
        height: width
        radius: width / 2
        color: root.ground

        StatusDot {
            id: dot
            anchors.centerIn: parent
            size: Math.max(8, Math.min(16, Math.round(root.size * 0.28)))
            status: root.status
            ground: root.ground
            Accessible.ignored: true
        }
    }
}
