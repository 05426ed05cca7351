import QtQuick

// UserSettingsContent as a page of a phone; its own bar has the way back.
UserSettingsContent {
}
