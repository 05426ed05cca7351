import QtQuick

// ChannelSettingsContent as a page of a phone; its own bar has the way back.
ChannelSettingsContent {
}
