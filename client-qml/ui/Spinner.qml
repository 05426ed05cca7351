import QtQuick

// Something is under way. Turns, unless motion is reduced: then it is a still hourglass.
Icon {
    id: root

    property bool running: true

    name: Theme.reducedMotion ? "hourglass" : "loader-circle"
    color: Theme.muted

    RotationAnimator on rotation  {
        from: 0
        to: 360
        duration: 900
        loops: Animation.Infinite
        running: root.running && root.visible && !Theme.reducedMotion
    }
}
