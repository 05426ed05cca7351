import QtQuick

// GuildSettingsContent as a page of a phone; its own bar has the way back.
GuildSettingsContent {
}
