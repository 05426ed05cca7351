import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// A list inside a page, of any length: it scrolls by itself once it fills the page, so that only
// the rows in view are made.
ListView {
    id: root

    required property SectionPage page
    required property RowList rows

    height: Math.min(contentHeight, Math.max(240, page.height - 120))
    clip: true
    reuseItems: true
    model: rows
    Accessible.role: Accessible.List
    Accessible.name: page.title
}
