import QtQuick
import Guildhall.Settings
import Guildhall.Ui

// One of some rows {key, name}, by the key.
SelectBox {
    id: root

    property RowList rows: null
    property string value: ""

    signal chosen(string key)

    model: rows
    textRole: "name"
    valueRole: "key"
    currentIndex: rows && rows.count > 0 ? rows.indexOf(value) : -1
    onActivated: index => chosen(rows.at(index).key)
}
