import QtQuick
import QtQuick.Window
import Guildhall.App
import Guildhall.Core
import Guildhall.Login
import Guildhall.Ui

// The window: the first run until somebody is logged in, then where one talks.
GWindow {
    id: root

    property string startNode: ""
    readonly property bool loggedIn: Accounts.current !== null
    property bool addingAccount: false

    function leaveLogin(): void {
        addingAccount = false;
        expired = expired.slice(1);
    }
    function raiseUp(): void {
        root.show();
        root.raise();
        root.requestActivate();
    }

    width: 1280
    height: 800
    minimumWidth: 320
    minimumHeight: 480
    visible: true
    mirror: Languages.rightToLeft
    title: workspace.item ? (workspace.item as Workspace).windowTitle : qsTr("Guildhall")
    onClosing: close => {
        if (Preferences.closeToTray && tray.item) {
            close.accepted = false;
            root.hide();
        }
    }
    Binding {
        target: Theme
        property: "scheme"
        value: Preferences.theme === "system" ? (root.systemIsDark ? "dark" : "light") : Preferences.theme
    }
    Binding {
        target: Theme
        property: "fontScale"
        value: Math.max(0.5, Math.min(3, Preferences.fontScale * Preferences.zoom))
    }
    Binding {
        target: Theme
        property: "zoom"
        value: Preferences.zoom
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: Preferences.reducedMotion
    }
    Binding {
        target: Theme
        property: "compact"
        value: Preferences.compact
    }
    readonly property bool systemIsDark: systemPalette.window.hslLightness < 0.5

    SystemPalette {
        id: systemPalette
    }
    Loader {
        id: workspace
        anchors.fill: parent
        focus: !login.active
        active: root.loggedIn
        visible: !login.active
        sourceComponent: Workspace {
            account: Accounts.current
            onAddAccountRequested: root.addingAccount = true
            onLoginRequested: root.expired = [Accounts.current]
        }
    }
    Loader {
        id: login
        anchors.fill: parent
        focus: active
        active: !root.loggedIn || root.addingAccount || root.expired.length > 0
        sourceComponent: LoginPage {
            startNode: expired ? expired.nodeUrl : Navigator.pendingNode || root.startNode
            invite: Navigator.pendingInvite
            inviteNode: Navigator.pendingNode
            expired: root.expired.length > 0 ? root.expired[0] : null
            cancellable: root.loggedIn
            onDone: root.leaveLogin()
            onCancelled: root.leaveLogin()
        }
    }
    // The account whose session ended and for which somebody asked to log in again; never by itself,
    // in the middle of a sentence.
    property var expired: []

    Loader {
        id: tray
        active: desktop.hasTray && root.loggedIn && root.settled
        source: "TrayIcon.qml"
        onLoaded: {
            item.mentions = Qt.binding(() => (workspace.item as Workspace)?.mentions ?? 0);
            item.shown.connect(root.raiseUp);
        }
    }
    Desktop {
        id: desktop
    }
    // What the first frame does not show waits until it is there.
    property bool settled: false

    Timer {
        interval: 400
        running: true
        onTriggered: root.settled = true
    }
    Connections {
        target: Navigator
        function onJumpRequested(): void {
            root.raiseUp();
        }
    }
}
