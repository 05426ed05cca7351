import QtQuick

GalleryColumn {
    id: root

    Flow {
        width: parent.width
        spacing: Theme.spaceXl

        Column {
            width: 320
            spacing: Theme.spaceL

            TextInputField {
                objectName: "name"
                width: parent.width
                label: "Name of the guild"
                required: true
                placeholderText: "Readers of old books"
                hint: "It can be changed later."
            }
            TextInputField {
                objectName: "password"
                width: parent.width
                label: "Password"
                password: true
                text: "correct horse"
                error: "This password is not the account's."
            }
            TextInputField {
                width: parent.width
                label: "Home node"
                iconName: "server"
                text: "node.example.org"
                enabled: false
            }
            SearchField {
                objectName: "search"
                width: parent.width
                text: "fountain"
            }
            TextAreaField {
                objectName: "area"
                width: parent.width
                label: "Topic"
                text: "Talk about what you read.\nNo spoilers."
                hint: "Up to 1024 characters."
            }
            TextAreaField {
                width: parent.width
                placeholderText: "About you"
                lines: 2
            }
        }
        Column {
            width: 320
            spacing: Theme.spaceL

            SelectBox {
                objectName: "select"
                width: parent.width
                label: "Language"
                model: ["English", "Deutsch", "العربية"]
            }
            Column {
                width: parent.width

                Toggle {
                    objectName: "toggle"
                    width: parent.width
                    text: "Reduced motion"
                    description: "Nothing slides, turns or fades."
                    checked: true
                }
                Toggle {
                    width: parent.width
                    text: "Compact"
                }
                Toggle {
                    width: parent.width
                    text: "Not available here"
                    enabled: false
                }
            }
            Column {
                width: parent.width

                CheckItem {
                    objectName: "check"
                    width: parent.width
                    text: "Send messages"
                    description: "Members may write in the guild's channels."
                    checked: true
                }
                CheckItem {
                    width: parent.width
                    text: "Manage roles"
                }
                CheckItem {
                    width: parent.width
                    text: "Some of them"
                    tristate: true
                    checkState: Qt.PartiallyChecked
                }
            }
            Column {
                width: parent.width

                RadioItem {
                    objectName: "radio"
                    width: parent.width
                    text: "All messages"
                    checked: true
                }
                RadioItem {
                    objectName: "radio2"
                    width: parent.width
                    text: "Mentions only"
                    description: "And replies to what you wrote."
                }
                RadioItem {
                    width: parent.width
                    text: "Nothing"
                    enabled: false
                }
            }
            SliderField {
                objectName: "slider"
                width: parent.width
                label: "Size of text"
                from: 80
                to: 200
                stepSize: 10
                value: 110
                valueText: value + " %"
            }
            ColorPickerField {
                objectName: "colour"
                width: parent.width
                label: "Colour of the role"
                color: "#3498db"
                onPicked: color => this.color = color
            }
        }
    }
}
