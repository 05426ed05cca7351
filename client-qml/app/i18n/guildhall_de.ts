<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Guildhall %1, with Qt %2</source>
        <translation>Guildhall %1, mit Qt %2</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>Gemacht mit</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>AccessRow</name>
    <message>
        <source>%1: allowed. %2</source>
        <translation>%1: erlaubt. %2</translation>
    </message>
    <message>
        <source>%1: not allowed. %2</source>
        <translation>%1: nicht erlaubt. %2</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>Set a status text</source>
        <translation>Statustext festlegen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>My node: %1</source>
        <translation>Mein Knoten: %1</translation>
    </message>
    <message>
        <source>Copy my name</source>
        <translation>Meinen Namen kopieren</translation>
    </message>
    <message>
        <source>%1 at %2: log in again</source>
        <translation>%1 bei %2: neu anmelden</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 bei %2</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n Erwähnung</numerusform>
            <numerusform>%n Erwähnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Konto hinzufügen</translation>
    </message>
</context>
<context>
    <name>AccountPanel</name>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Bitte nicht stören</translation>
    </message>
    <message>
        <source>Invisible</source>
        <translation>Unsichtbar</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Status text</source>
        <translation>Statustext</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>What others see below your name</source>
        <translation>Was andere unter deinem Namen sehen</translation>
    </message>
    <message>
        <source>session ended</source>
        <translation>Sitzung beendet</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s) in other accounts</source>
        <translation>
            <numerusform>%n Erwähnung in anderen Konten</numerusform>
            <numerusform>%n Erwähnungen in anderen Konten</numerusform>
        </translation>
    </message>
    <message>
        <source>Session ended</source>
        <translation>Sitzung beendet</translation>
    </message>
</context>
<context>
    <name>AccountSection</name>
    <message>
        <source>My account</source>
        <translation>Mein Konto</translation>
    </message>
    <message>
        <source>How you want to be called</source>
        <translation>Wie du genannt werden willst</translation>
    </message>
    <message>
        <source>Your name for logging in stays %1.</source>
        <translation>Dein Name zum Anmelden bleibt %1.</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Log out of %1?</source>
        <translation>Von %1 abmelden?</translation>
    </message>
    <message>
        <source>What is kept on this device for this account is deleted, drafts and unsent messages too.</source>
        <translation>Was auf diesem Gerät für dieses Konto liegt, wird gelöscht, auch Entwürfe und ungesendete Nachrichten.</translation>
    </message>
</context>
<context>
    <name>Api</name>
    <message>
        <source>The node answered with status %1.</source>
        <translation>Der Knoten antwortete mit Status %1.</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Zoom of everything</source>
        <translation>Zoom von allem</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Kompakt</translation>
    </message>
    <message>
        <source>More lines, less space between them.</source>
        <translation>Mehr Zeilen, weniger Abstand dazwischen.</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>Nichts gleitet oder blendet.</translation>
    </message>
    <message>
        <source>Keep running when the window is closed</source>
        <translation>Weiterlaufen, wenn das Fenster geschlossen ist</translation>
    </message>
    <message>
        <source>Where the system has a tray.</source>
        <translation>Wo das System eine Ablage für Symbole hat.</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Description of %1</source>
        <translation>Beschreibung von %1</translation>
    </message>
    <message>
        <source>Hide as a spoiler</source>
        <translation>Als Spoiler verbergen</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>AttachmentStrip</name>
    <message>
        <source>Attached files</source>
        <translation>Angehängte Dateien</translation>
    </message>
</context>
<context>
    <name>AuditSection</name>
    <message>
        <source>Audit log</source>
        <translation>Prüfprotokoll</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2: %3</source>
        <translation>%1: %2: %3</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Nothing happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
</context>
<context>
    <name>Avatar</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>Unread</source>
        <translation>Ungelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n Erwähnung</numerusform>
            <numerusform>%n Erwähnungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n ungelesen</numerusform>
            <numerusform>%n ungelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>BansSection</name>
    <message>
        <source>Bans</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Unban</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Unban %1</source>
        <translation>%1 entsperren</translation>
    </message>
    <message>
        <source>Nobody is banned</source>
        <translation>Niemand ist gesperrt</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>Niemand gefunden</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Ban somebody who is not here</source>
        <translation>Jemanden sperren, der nicht hier ist</translation>
    </message>
    <message>
        <source>Their id</source>
        <translation>Deren ID</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>This is no id.</source>
        <translation>Das ist keine ID.</translation>
    </message>
    <message>
        <source>Unban %1?</source>
        <translation>%1 entsperren?</translation>
    </message>
    <message>
        <source>They may come back by an invite.</source>
        <translation>Mit einer Einladung darf die Person zurückkommen.</translation>
    </message>
    <message>
        <source>Ban %1?</source>
        <translation>%1 sperren?</translation>
    </message>
    <message>
        <source>Whoever has this id cannot join, and leaves at once if they are here.</source>
        <translation>Wer diese Id hat, kann nicht beitreten und muss sofort gehen.</translation>
    </message>
</context>
<context>
    <name>ChannelCreateContent</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Announcements</source>
        <translation>Ankündigungen</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
</context>
<context>
    <name>ChannelCreateDialog</name>
    <message>
        <source>New channel</source>
        <translation>Neuer Kanal</translation>
    </message>
</context>
<context>
    <name>ChannelCreatePage</name>
    <message>
        <source>New channel</source>
        <translation>Neuer Kanal</translation>
    </message>
</context>
<context>
    <name>ChannelHeader</name>
    <message>
        <source>Guilds and channels</source>
        <translation>Gilden und Kanäle</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum springen</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>Angeheftete Nachrichten</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>More about this channel</source>
        <translation>Mehr zu diesem Kanal</translation>
    </message>
</context>
<context>
    <name>ChannelOverviewSection</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Slow mode: how long everybody waits between two messages</source>
        <translation>Langsamer Modus: wie lange alle zwischen zwei Nachrichten warten</translation>
    </message>
    <message>
        <source>For adults</source>
        <translation>Für Erwachsene</translation>
    </message>
    <message>
        <source>People are asked before they see the channel.</source>
        <translation>Man wird gefragt, bevor man den Kanal sieht.</translation>
    </message>
    <message>
        <source>Delete category</source>
        <translation>Kategorie löschen</translation>
    </message>
    <message>
        <source>Delete channel</source>
        <translation>Kanal löschen</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>Its channels stay, without a category.</source>
        <translation>Ihre Kanäle bleiben, ohne Kategorie.</translation>
    </message>
    <message>
        <source>All of its messages are gone for everybody.</source>
        <translation>Alle seine Nachrichten sind dann für alle weg.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ChannelPermissionsSection</name>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>A channel can say otherwise than the roles. What it says of a person beats what it says of a role, and that beats what it says of everybody.</source>
        <translation>Ein Kanal kann von den Rollen abweichen. Was er über eine Person sagt, gilt vor dem, was er über eine Rolle sagt, und das vor dem, was er über alle sagt.</translation>
    </message>
    <message>
        <source>The same as the category %1.</source>
        <translation>Wie in der Kategorie %1.</translation>
    </message>
    <message>
        <source>Differs from the category %1.</source>
        <translation>Weicht von der Kategorie %1 ab.</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Jetzt angleichen</translation>
    </message>
    <message>
        <source>Roles and members</source>
        <translation>Rollen und Mitglieder</translation>
    </message>
    <message>
        <source>Add a role or member</source>
        <translation>Rolle oder Mitglied hinzufügen</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>Rechte durchsuchen</translation>
    </message>
    <message>
        <source>What %1 may do here</source>
        <translation>Was %1 hier darf</translation>
    </message>
</context>
<context>
    <name>ChannelRow</name>
    <message>
        <source>Category %1</source>
        <translation>Kategorie %1</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n Erwähnung</numerusform>
            <numerusform>%n Erwähnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>Category %1, closed</source>
        <translation>Kategorie %1, geschlossen</translation>
    </message>
    <message>
        <source>%1, voice channel</source>
        <translation>%1, Sprachkanal</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsContent</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>Einladungen</translation>
    </message>
</context>
<context>
    <name>ChannelSettingsDialog</name>
    <message>
        <source>Channel settings</source>
        <translation>Kanaleinstellungen</translation>
    </message>
</context>
<context>
    <name>ChannelTree</name>
    <message>
        <source>Direct messages</source>
        <translation>Direktnachrichten</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>No channels that you can see</source>
        <translation>Keine Kanäle, die du sehen kannst</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Create a channel here</source>
        <translation>Hier einen Kanal erstellen</translation>
    </message>
    <message>
        <source>Settings and permissions</source>
        <translation>Einstellungen und Rechte</translation>
    </message>
    <message>
        <source>Invite people</source>
        <translation>Leute einladen</translation>
    </message>
    <message>
        <source>Guild settings</source>
        <translation>Gildeneinstellungen</translation>
    </message>
    <message>
        <source>Create a channel</source>
        <translation>Kanal erstellen</translation>
    </message>
    <message>
        <source>View as a role</source>
        <translation>Als Rolle ansehen</translation>
    </message>
    <message>
        <source>Why can&apos;t I…?</source>
        <translation>Warum kann ich nicht …?</translation>
    </message>
    <message>
        <source>Where this guild lives</source>
        <translation>Wo diese Gilde zu Hause ist</translation>
    </message>
    <message>
        <source>Leave the guild</source>
        <translation>Gilde verlassen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
</context>
<context>
    <name>ChannelView</name>
    <message>
        <source>No connection to your node. What you see is what this device knows.</source>
        <translation>Keine Verbindung zu deinem Knoten. Du siehst, was dieses Gerät weiß.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>What does that mean?</source>
        <translation>Was heißt das?</translation>
    </message>
    <message>
        <source>No guild yet</source>
        <translation>Noch keine Gilde</translation>
    </message>
    <message>
        <source>Choose a channel</source>
        <translation>Wähle einen Kanal</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s).</source>
        <translation>
            <numerusform>Neuer Versuch in %n Sekunde.</numerusform>
            <numerusform>Neuer Versuch in %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your session at %1 has ended. What you see is what this device knows.</source>
        <translation>Deine Sitzung bei %1 ist beendet. Du siehst, was dieses Gerät weiß.</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Create one, or join one by an invite.</source>
        <translation>Erstelle eine oder tritt mit einer Einladung bei: über das Plus am Rand.</translation>
    </message>
    <message>
        <source>Create or join</source>
        <translation>Erstellen oder beitreten</translation>
    </message>
    <message>
        <source>This channel is for adults</source>
        <translation>Dieser Kanal ist für Erwachsene</translation>
    </message>
    <message>
        <source>Who runs the guild says that what is written here is not for everybody.</source>
        <translation>Wer die Gilde führt, sagt, dass das hier nicht für alle ist.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>ChannelsSection</name>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Drag a channel by its grip, or press Alt with up or down.</source>
        <translation>Zieh einen Kanal am Griff, oder drücke Alt mit Pfeil auf oder ab.</translation>
    </message>
    <message>
        <source>Create channel</source>
        <translation>Kanal erstellen</translation>
    </message>
    <message>
        <source>No channels yet</source>
        <translation>Noch keine Kanäle</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Hidden code</source>
        <translation>Verborgener Code</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>Code, %1</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Show spoiler</source>
        <translation>Spoiler zeigen</translation>
    </message>
</context>
<context>
    <name>ColorPickerField</name>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>Farbe %1</translation>
    </message>
    <message>
        <source>%1, as six digits</source>
        <translation>%1, als sechs Ziffern</translation>
    </message>
</context>
<context>
    <name>CommandPanel</name>
    <message>
        <source>Command %1</source>
        <translation>Befehl %1</translation>
    </message>
    <message>
        <source>Leave the command</source>
        <translation>Befehl verlassen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>CommandStatus</name>
    <message>
        <source>Tab goes to the next field, Enter runs the command, Escape leaves it.</source>
        <translation>Tab geht zum nächsten Feld, Enter führt den Befehl aus, Escape verlässt ihn.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
</context>
<context>
    <name>CommandText</name>
    <message>
        <source>Answer with yes or no.</source>
        <translation>Antworte mit ja oder nein.</translation>
    </message>
    <message>
        <source>Choose one from the list.</source>
        <translation>Wähle etwas aus der Liste.</translation>
    </message>
    <message numerus="yes">
        <source>Too short: at least %n character(s).</source>
        <translation>
            <numerusform>Zu kurz: mindestens %n Zeichen.</numerusform>
            <numerusform>Zu kurz: mindestens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too long: at most %n character(s).</source>
        <translation>
            <numerusform>Zu lang: höchstens %n Zeichen.</numerusform>
            <numerusform>Zu lang: höchstens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Write a whole number, such as 3.</source>
        <translation>Schreibe eine ganze Zahl, etwa 3.</translation>
    </message>
    <message>
        <source>Write a number, such as %1.</source>
        <translation>Schreibe eine Zahl, etwa %1.</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>Von %1 bis %2.</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>Mindestens %1.</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>Höchstens %1.</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>Ganze Zahl</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>Ja oder nein</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Person or role</source>
        <translation>Person oder Rolle</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s).</source>
        <translation>
            <numerusform>Mindestens %n Zeichen.</numerusform>
            <numerusform>Mindestens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s).</source>
        <translation>
            <numerusform>Höchstens %n Zeichen.</numerusform>
            <numerusform>Höchstens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody here is called that. Choose from the list.</source>
        <translation>So heißt hier niemand. Wähle aus der Liste.</translation>
    </message>
    <message>
        <source>No channel of that name fits. Choose from the list.</source>
        <translation>Kein passender Kanal heißt so. Wähle aus der Liste.</translation>
    </message>
    <message>
        <source>No role is called that. Choose from the list.</source>
        <translation>So heißt keine Rolle. Wähle aus der Liste.</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message numerus="yes">
        <source>%n suggestion(s), chosen: %1</source>
        <translation>
            <numerusform>%n Vorschlag, gewählt: %1</numerusform>
            <numerusform>%n Vorschläge, gewählt: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
</context>
<context>
    <name>ComposerBar</name>
    <message>
        <source>Editing a message: Escape leaves it as it was</source>
        <translation>Nachricht wird bearbeitet: Escape lässt sie, wie sie war</translation>
    </message>
    <message>
        <source>Reply to %1: %2</source>
        <translation>Antwort an %1: %2</translation>
    </message>
    <message>
        <source>Notify the author</source>
        <translation>Verfasser benachrichtigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>ComposerBox</name>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>You cannot write here</source>
        <translation>Du kannst hier nicht schreiben</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>Nachricht an %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Save the change</source>
        <translation>Änderung speichern</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
</context>
<context>
    <name>ComposerHints</name>
    <message numerus="yes">
        <source>%n character(s) too long</source>
        <translation>
            <numerusform>%n Zeichen zu lang</numerusform>
            <numerusform>%n Zeichen zu lang</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s) left</source>
        <translation>
            <numerusform>noch %n Zeichen</numerusform>
            <numerusform>noch %n Zeichen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Slow mode: %n second(s) to wait</source>
        <translation>
            <numerusform>Langsamer Modus: noch %n Sekunde warten</numerusform>
            <numerusform>Langsamer Modus: noch %n Sekunden warten</numerusform>
        </translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
</context>
<context>
    <name>ContentPopup</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>CropBox</name>
    <message>
        <source>Picture. The arrow keys move it, plus and minus zoom.</source>
        <translation>Bild. Die Pfeiltasten verschieben es, Plus und Minus zoomen.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
</context>
<context>
    <name>DateDialog</name>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum springen</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Such as %1, or year, month, day: 2026-01-31</source>
        <translation>Etwa %1, oder Jahr, Monat, Tag: 2026-01-31</translation>
    </message>
    <message>
        <source>That is no date.</source>
        <translation>Das ist kein Datum.</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop files here to attach them</source>
        <translation>Dateien hier ablegen, um sie anzuhängen</translation>
    </message>
</context>
<context>
    <name>EdgeRow</name>
    <message>
        <source>Messages could not be loaded.</source>
        <translation>Nachrichten konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>This is the start of %1.</source>
        <translation>Hier beginnt %1.</translation>
    </message>
</context>
<context>
    <name>EditMenu</name>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>EmbedCard</name>
    <message>
        <source>Embed: %1</source>
        <translation>Einbettung: %1</translation>
    </message>
    <message>
        <source>Embed</source>
        <translation>Einbettung</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Choose an emoji</source>
        <translation>Emoji wählen</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
    <message>
        <source>Skin tone %1</source>
        <translation>Hautton %1</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
</context>
<context>
    <name>EmojiTabs</name>
    <message>
        <source>Used last</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Of this guild</source>
        <translation>Dieser Gilde</translation>
    </message>
    <message>
        <source>Smileys and emotion</source>
        <translation>Gesichter und Gefühle</translation>
    </message>
    <message>
        <source>People and body</source>
        <translation>Menschen und Körper</translation>
    </message>
    <message>
        <source>Animals and nature</source>
        <translation>Tiere und Natur</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>Essen und Trinken</translation>
    </message>
    <message>
        <source>Travel and places</source>
        <translation>Reisen und Orte</translation>
    </message>
    <message>
        <source>Activities</source>
        <translation>Aktivitäten</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Gegenstände</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Symbole</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flaggen</translation>
    </message>
    <message>
        <source>Groups of emoji</source>
        <translation>Gruppen von Emoji</translation>
    </message>
</context>
<context>
    <name>EmojisSection</name>
    <message>
        <source>Emojis</source>
        <translation>Emojis</translation>
    </message>
    <message>
        <source>Upload emoji</source>
        <translation>Emoji hochladen</translation>
    </message>
    <message>
        <source>Name of the emoji %1</source>
        <translation>Name des Emojis %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>No emojis yet</source>
        <translation>Noch keine Emojis</translation>
    </message>
    <message>
        <source>Delete :%1:?</source>
        <translation>:%1: löschen?</translation>
    </message>
    <message>
        <source>Messages that use it show its name instead. This cannot be taken back.</source>
        <translation>Nachrichten zeigen stattdessen seinen Namen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>ExplainContent</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>Rechte durchsuchen</translation>
    </message>
</context>
<context>
    <name>ExplainDialog</name>
    <message>
        <source>Why can’t I?</source>
        <translation>Warum kann ich nicht?</translation>
    </message>
</context>
<context>
    <name>ExplainPage</name>
    <message>
        <source>Why can’t I?</source>
        <translation>Warum kann ich nicht?</translation>
    </message>
</context>
<context>
    <name>FileCard</name>
    <message>
        <source>File %1, %2</source>
        <translation>Datei %1, %2</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 speichern</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
</context>
<context>
    <name>FileSaving</name>
    <message>
        <source>Save this file?</source>
        <translation>Diese Datei speichern?</translation>
    </message>
</context>
<context>
    <name>FolderEditor</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>Farbe %1</translation>
    </message>
</context>
<context>
    <name>FoundRow</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslösen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>GuildCreateContent</name>
    <message>
        <source>New guild</source>
        <translation>Neue Gilde</translation>
    </message>
    <message>
        <source>Join with an invite</source>
        <translation>Mit Einladung beitreten</translation>
    </message>
</context>
<context>
    <name>GuildCreateDialog</name>
    <message>
        <source>A guild</source>
        <translation>Eine Gilde</translation>
    </message>
</context>
<context>
    <name>GuildCreateNew</name>
    <message>
        <source>A guild is a place of your own with channels and roles. Your node hosts it.</source>
        <translation>Eine Gilde ist ein eigener Ort mit Kanälen und Rollen. Dein Knoten beherbergt sie.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Guild</source>
        <translation>Gilde</translation>
    </message>
    <message>
        <source>Create guild</source>
        <translation>Gilde erstellen</translation>
    </message>
</context>
<context>
    <name>GuildCreatePage</name>
    <message>
        <source>A guild</source>
        <translation>Eine Gilde</translation>
    </message>
</context>
<context>
    <name>GuildJoin</name>
    <message>
        <source>Invite</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>A link, a code, or code@node for a guild of another node.</source>
        <translation>Ein Link, ein Code, oder code@knoten für eine Gilde eines anderen Knotens.</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, at %2</source>
        <translation>%1, bei %2</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Join guild</source>
        <translation>Gilde beitreten</translation>
    </message>
</context>
<context>
    <name>GuildSettingsContent</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Invites</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Bans</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Emojis</source>
        <translation>Emojis</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Prüfprotokoll</translation>
    </message>
    <message>
        <source>View as role</source>
        <translation>Als Rolle ansehen</translation>
    </message>
    <message>
        <source>Why can’t I?</source>
        <translation>Warum kann ich nicht?</translation>
    </message>
</context>
<context>
    <name>GuildSettingsDialog</name>
    <message>
        <source>Guild settings</source>
        <translation>Gildeneinstellungen</translation>
    </message>
</context>
<context>
    <name>GuildTile</name>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n Erwähnung</numerusform>
            <numerusform>%n Erwähnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>open folder</source>
        <translation>offener Ordner</translation>
    </message>
    <message>
        <source>closed folder</source>
        <translation>geschlossener Ordner</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Hosting</name>
    <message>
        <source>an unknown node</source>
        <translation>ein unbekannter Knoten</translation>
    </message>
    <message>
        <source>node %1</source>
        <translation>Knoten %1</translation>
    </message>
    <message>
        <source>your own node</source>
        <translation>dein eigener Knoten</translation>
    </message>
    <message>
        <source>reachable now</source>
        <translation>jetzt erreichbar</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>not reachable since %1</source>
        <translation>nicht erreichbar seit %1</translation>
    </message>
    <message>
        <source>Stopped: its record contradicts itself</source>
        <translation>Angehalten: Ihr Verlauf widerspricht sich</translation>
    </message>
    <message>
        <source>Read-only: its home is away</source>
        <translation>Nur lesen: Ihr Zuhause ist fort</translation>
    </message>
    <message>
        <source>This guild is stopped on your node: %1 You can read what was there before.</source>
        <translation>Diese Gilde ist auf deinem Knoten angehalten: %1 Was vorher da war, kannst du lesen.</translation>
    </message>
    <message>
        <source> since %1</source>
        <translation> seit %1</translation>
    </message>
    <message>
        <source>Read-only: %1, where this guild lives, cannot be reached%2. You can read everything; what you write waits here and is sent when it is back.</source>
        <translation>Nur lesen: %1, wo diese Gilde zu Hause ist, ist nicht erreichbar%2. Du kannst alles lesen; was du schreibst, wartet hier und wird gesendet, wenn er zurück ist.</translation>
    </message>
    <message>
        <source>the node that hosts it told different members different histories.</source>
        <translation>Der Knoten, der sie beherbergt, erzählte verschiedenen Mitgliedern verschiedene Verläufe.</translation>
    </message>
    <message>
        <source>the node that hosts it changed what had happened before.</source>
        <translation>Der Knoten, der sie beherbergt, änderte, was vorher geschehen war.</translation>
    </message>
    <message>
        <source>the node that hosts it left out what it had confirmed.</source>
        <translation>Der Knoten, der sie beherbergt, ließ aus, was er bestätigt hatte.</translation>
    </message>
    <message>
        <source>the node that hosts it put words into somebody&apos;s mouth.</source>
        <translation>Der Knoten, der sie beherbergt, legte jemandem Worte in den Mund.</translation>
    </message>
    <message>
        <source>what the node that hosts it says does not fit together.</source>
        <translation>Was der Knoten sagt, der sie beherbergt, passt nicht zusammen.</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>sofort</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message numerus="yes">
        <source>%n hours</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostingContent</name>
    <message>
        <source>Your node cannot say at the moment where this guild lives.</source>
        <translation>Dein Knoten kann gerade nicht sagen, wo diese Gilde zu Hause ist.</translation>
    </message>
    <message>
        <source>Home of this guild</source>
        <translation>Zuhause dieser Gilde</translation>
    </message>
    <message>
        <source>This guild lives on your own node. People of other nodes reach it from theirs.</source>
        <translation>Diese Gilde ist auf deinem eigenen Knoten zu Hause. Leute anderer Knoten erreichen sie von ihrem aus.</translation>
    </message>
    <message>
        <source>This guild lives on another node. Your node keeps a copy and checks everything that it is told; while that node is away you can read, and what you write waits.</source>
        <translation>Diese Gilde ist auf einem anderen Knoten zu Hause. Dein Knoten bewahrt eine Kopie auf und prüft alles, was ihm gesagt wird; ist jener Knoten fort, kannst du lesen, und was du schreibst, wartet.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>If its home is gone for good</source>
        <translation>Wenn ihr Zuhause für immer fort ist</translation>
    </message>
    <message>
        <source>Nobody may take this guild over: it would end with its home.</source>
        <translation>Niemand darf diese Gilde übernehmen: Sie würde mit ihrem Zuhause enden.</translation>
    </message>
    <message>
        <source>Move it now</source>
        <translation>Jetzt umziehen</translation>
    </message>
    <message>
        <source>Hand over to %1</source>
        <translation>An %1 übergeben</translation>
    </message>
    <message>
        <source>Take a planned move back</source>
        <translation>Geplanten Umzug zurücknehmen</translation>
    </message>
    <message>
        <source>Hand the guild over to %1?</source>
        <translation>Die Gilde an %1 übergeben?</translation>
    </message>
    <message>
        <source>From then on that node decides what is kept, and its operator could end the guild. Members notice nothing.</source>
        <translation>Von da an entscheidet jener Knoten, was bleibt, und wer ihn betreibt, könnte die Gilde beenden. Mitglieder merken nichts.</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
    <message>
        <source>One of these nodes may take the guild over once its home was away for %1. Its members follow by themselves.</source>
        <translation>Einer dieser Knoten darf die Gilde übernehmen, sobald ihr Zuhause %1 lang fort war. Ihre Mitglieder folgen von selbst.</translation>
    </message>
    <message numerus="yes">
        <source>%n of these nodes must agree to take the guild over once its home was away for %1. Its members follow by themselves.</source>
        <translation>
            <numerusform>%n dieser Knoten muss nach %1 Stunde(n) zustimmen, dass die Gilde übernommen wird. Ihre Mitglieder folgen von selbst.</numerusform>
            <numerusform>%n dieser Knoten müssen nach %1 Stunde(n) zustimmen, dass die Gilde übernommen wird. Ihre Mitglieder folgen von selbst.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostingDialog</name>
    <message>
        <source>Where this guild lives</source>
        <translation>Wo diese Gilde zu Hause ist</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>HostingPage</name>
    <message>
        <source>Where this guild lives</source>
        <translation>Wo diese Gilde zu Hause ist</translation>
    </message>
</context>
<context>
    <name>IconEditor</name>
    <message>
        <source>Choose picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Cut to a square</source>
        <translation>Quadratisch zuschneiden</translation>
    </message>
    <message>
        <source>Use picture</source>
        <translation>Bild verwenden</translation>
    </message>
</context>
<context>
    <name>ImageViewer</name>
    <message>
        <source>Picture %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
</context>
<context>
    <name>InviteDialog</name>
    <message>
        <source>Invite people</source>
        <translation>Leute einladen</translation>
    </message>
</context>
<context>
    <name>InviteMaker</name>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Ends after</source>
        <translation>Endet nach</translation>
    </message>
    <message>
        <source>How many may use it</source>
        <translation>Wie viele sie nutzen dürfen</translation>
    </message>
    <message>
        <source>For guests</source>
        <translation>Für Gäste</translation>
    </message>
    <message>
        <source>Who comes by it and is given no role leaves again when they disconnect.</source>
        <translation>Wer darüber kommt und keine Rolle erhält, geht beim Trennen der Verbindung wieder.</translation>
    </message>
    <message>
        <source>Create invite</source>
        <translation>Einladung erstellen</translation>
    </message>
</context>
<context>
    <name>InvitePage</name>
    <message>
        <source>Invite people</source>
        <translation>Leute einladen</translation>
    </message>
</context>
<context>
    <name>InviteTexts</name>
    <message>
        <source>For people of your node</source>
        <translation>Für Leute deines Knotens</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>For people of any node</source>
        <translation>Für Leute jedes Knotens</translation>
    </message>
    <message>
        <source>Copy invite</source>
        <translation>Einladung kopieren</translation>
    </message>
</context>
<context>
    <name>InvitesSection</name>
    <message>
        <source>Invites</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>All invites</source>
        <translation>Alle Einladungen</translation>
    </message>
    <message>
        <source>Who may manage the guild sees all invites here.</source>
        <translation>Wer die Gilde verwalten darf, sieht hier alle Einladungen.</translation>
    </message>
    <message>
        <source>%1 · #%2</source>
        <translation>%1 · #%2</translation>
    </message>
    <message>
        <source>by %1 · used: %2 · ends: %3</source>
        <translation>von %1 · genutzt: %2 · endet: %3</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>%1 widerrufen</translation>
    </message>
    <message>
        <source>Copy link of %1</source>
        <translation>Link von %1 kopieren</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
    <message>
        <source>There are none at present.</source>
        <translation>Zurzeit gibt es keine.</translation>
    </message>
    <message>
        <source>Revoke %1?</source>
        <translation>%1 widerrufen?</translation>
    </message>
    <message>
        <source>Whoever has this link can no longer join by it.</source>
        <translation>Wer diesen Link hat, kann damit nicht mehr beitreten.</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>Widerrufen</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>LeaveDialog</name>
    <message>
        <source>Leave %1?</source>
        <translation>%1 verlassen?</translation>
    </message>
    <message>
        <source>You will not see its channels any more. To come back you need an invite.</source>
        <translation>Du siehst ihre Kanäle dann nicht mehr. Für die Rückkehr brauchst du eine Einladung.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
</context>
<context>
    <name>LeaveQuestion</name>
    <message>
        <source>Leave without saving?</source>
        <translation>Ohne Speichern verlassen?</translation>
    </message>
    <message>
        <source>What you changed here is not saved yet.</source>
        <translation>Was Sie hier geändert haben, ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Weiter bearbeiten</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>Wer bist du?</translation>
    </message>
    <message>
        <source>Welcome to Guildhall</source>
        <translation>Willkommen bei Guildhall</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>You are invited to %1. It opens when you are logged in.</source>
        <translation>Du bist zu %1 eingeladen. Es öffnet sich, sobald du angemeldet bist.</translation>
    </message>
    <message>
        <source>You have an invite. It opens when you are logged in.</source>
        <translation>Du hast eine Einladung. Sie öffnet sich, sobald du angemeldet bist.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>unknown user</source>
        <translation>unbekannte Person</translation>
    </message>
    <message>
        <source>unknown role</source>
        <translation>unbekannte Rolle</translation>
    </message>
    <message>
        <source>unknown channel</source>
        <translation>unbekannter Kanal</translation>
    </message>
</context>
<context>
    <name>MemberActionsDialog</name>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
</context>
<context>
    <name>MemberActionsPage</name>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
</context>
<context>
    <name>MemberMeasure</name>
    <message>
        <source>Only the owner can hand the guild over, and not to themselves.</source>
        <translation>Nur der Eigentümer kann die Gilde übergeben, und nicht an sich selbst.</translation>
    </message>
    <message>
        <source>In timeout until %1.</source>
        <translation>In Auszeit bis %1.</translation>
    </message>
    <message>
        <source>For how long they only read</source>
        <translation>Wie lange sie nur lesen</translation>
    </message>
    <message>
        <source>Delete what they wrote</source>
        <translation>Löschen, was sie schrieben</translation>
    </message>
    <message>
        <source>Reason, for the guild&apos;s records</source>
        <translation>Grund, für die Akten der Gilde</translation>
    </message>
    <message>
        <source>%1 will own the guild. You keep your roles, and cannot take it back.</source>
        <translation>%1 gehört dann die Gilde. Du behältst deine Rollen und kannst es nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>End timeout</source>
        <translation>Auszeit beenden</translation>
    </message>
    <message>
        <source>Put in timeout</source>
        <translation>In Auszeit geschickt</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Hinauswerfen</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>Zum Eigentümer machen</translation>
    </message>
</context>
<context>
    <name>MemberRoles</name>
    <message>
        <source>Nickname</source>
        <translation>Spitzname</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>This guild has no roles yet.</source>
        <translation>Diese Gilde hat noch keine Rollen.</translation>
    </message>
</context>
<context>
    <name>MemberRow</name>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>Bot</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiterer</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 — %L2</source>
        <translation>%1 — %L2</translation>
    </message>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>bitte nicht stören</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>bot</source>
        <translation>Bot</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Eigentümer</translation>
    </message>
    <message>
        <source>%1 (owner)</source>
        <translation>%1 (Eigentümer)</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (du)</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>in timeout until %1</source>
        <translation>in Auszeit bis %1</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr über %1</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>Spitzname</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Auszeit</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Hinauswerfen</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>Zum Eigentümer machen</translation>
    </message>
</context>
<context>
    <name>MembersPanel</name>
    <message>
        <source>Find a member</source>
        <translation>Mitglied suchen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Nobody is known here yet</source>
        <translation>Hier ist noch niemand bekannt</translation>
    </message>
    <message>
        <source>Nobody has that name</source>
        <translation>Niemand heißt so</translation>
    </message>
</context>
<context>
    <name>MembersSection</name>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Name or id</source>
        <translation>Name oder ID</translation>
    </message>
    <message>
        <source>With the role</source>
        <translation>Mit der Rolle</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>MessageBody</name>
    <message>
        <source>(edited)</source>
        <translation>(bearbeitet)</translation>
    </message>
</context>
<context>
    <name>MessageLinks</name>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>Profil von %1</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1 gehen</translation>
    </message>
    <message>
        <source>Show the picture %1</source>
        <translation>Bild %1 zeigen</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages in %1</source>
        <translation>Nachrichten in %1</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>Reaktion hinzufügen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Loslösen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Copy ID</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Mark unread from here</source>
        <translation>Ab hier als ungelesen markieren</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Save %1…</source>
        <translation>%1 speichern…</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Strg+Umschalt+P</translation>
    </message>
</context>
<context>
    <name>MessageSkeleton</name>
    <message>
        <source>Loading messages</source>
        <translation>Nachrichten werden geladen</translation>
    </message>
</context>
<context>
    <name>MessageToolbar</name>
    <message>
        <source>Actions for the message</source>
        <translation>Aktionen für die Nachricht</translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>Reaktion hinzufügen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>ModalDialog</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>NewBar</name>
    <message numerus="yes">
        <source>%n new message(s) since %1</source>
        <translation>
            <numerusform>%n neue Nachricht seit %1</numerusform>
            <numerusform>%n neue Nachrichten seit %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
</context>
<context>
    <name>NodeBansSection</name>
    <message>
        <source>Nodes that are kept out</source>
        <translation>Knoten, die draußen bleiben</translation>
    </message>
    <message>
        <source>None. A node that is kept out takes all of its members with it, and gets nothing more of this guild.</source>
        <translation>Keiner. Mit einem Knoten, der draußen bleibt, gehen alle seine Mitglieder, und er bekommt nichts mehr von dieser Gilde.</translation>
    </message>
    <message>
        <source>Their members are gone, and they get nothing more of this guild.</source>
        <translation>Ihre Mitglieder sind fort, und sie bekommen nichts mehr von dieser Gilde.</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>Wieder zulassen</translation>
    </message>
    <message>
        <source>Let %1 in again</source>
        <translation>%1 wieder zulassen</translation>
    </message>
    <message>
        <source>Keep a node out</source>
        <translation>Einen Knoten draußen halten</translation>
    </message>
    <message>
        <source>Its name, such as other.example, or its fingerprint.</source>
        <translation>Sein Name, etwa other.example, oder sein Fingerabdruck.</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>Draußen halten</translation>
    </message>
    <message>
        <source>Keep %1 out?</source>
        <translation>%1 draußen halten?</translation>
    </message>
    <message>
        <source>All of its members leave this guild at once. They may come back by an invite when it is let in again.</source>
        <translation>Alle seine Mitglieder verlassen diese Gilde sofort. Sie können über eine Einladung zurückkommen, sobald er wieder zugelassen ist.</translation>
    </message>
</context>
<context>
    <name>NodeContent</name>
    <message>
        <source>Your account lives here: your node keeps your messages and speaks for you with every other node.</source>
        <translation>Dein Konto ist hier zu Hause: Dein Knoten bewahrt deine Nachrichten auf und spricht für dich mit jedem anderen Knoten.</translation>
    </message>
    <message>
        <source>This node&apos;s fingerprint is not the one of the node where you logged in. Ask whoever runs it.</source>
        <translation>Der Fingerabdruck dieses Knotens ist nicht der des Knotens, bei dem du dich angemeldet hast. Frag den Betreiber.</translation>
    </message>
    <message>
        <source>, version %1</source>
        <translation>, Version %1</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>Nodes it works with</source>
        <translation>Knoten, mit denen er arbeitet</translation>
    </message>
    <message>
        <source>This node works alone.</source>
        <translation>Dieser Knoten arbeitet allein.</translation>
    </message>
    <message>
        <source>None yet. Accept an invite such as CODE@another.node, or give one.</source>
        <translation>Noch keine. Nimm eine Einladung wie CODE@anderer.knoten an oder gib eine.</translation>
    </message>
    <message>
        <source>“Verified” means: that the name belongs to the node was proved. Messages are checked in any case.</source>
        <translation>„Geprüft“ heißt: Es ist bewiesen, dass der Name zum Knoten gehört. Nachrichten werden in jedem Fall geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>in %n of your guilds</source>
        <translation>
            <numerusform>in %n deiner Gilden</numerusform>
            <numerusform>in %n deiner Gilden</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
</context>
<context>
    <name>NodeDialog</name>
    <message>
        <source>Your node</source>
        <translation>Dein Knoten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NodePage</name>
    <message>
        <source>Your node</source>
        <translation>Dein Knoten</translation>
    </message>
</context>
<context>
    <name>NodeRow</name>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Name not proved</source>
        <translation>Name nicht bewiesen</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>NodeStep</name>
    <message>
        <source>Your account lives at a home node: your own, a friend&apos;s or your community&apos;s. From there you reach the guilds of every other node.</source>
        <translation>Dein Konto lebt auf einem Heimatknoten: deinem eigenen, dem von Freunden oder dem deiner Gemeinschaft. Von dort erreichst du die Gilden jedes anderen Knotens.</translation>
    </message>
    <message>
        <source>Address of your home node</source>
        <translation>Adresse deines Heimatknotens</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Found on this machine</source>
        <translation>Auf diesem Rechner gefunden</translation>
    </message>
</context>
<context>
    <name>NotificationsSection</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Where nothing else is chosen</source>
        <translation>Wo nichts anderes gewählt ist</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Alle Nachrichten</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>Nur Erwähnungen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>With a sound</source>
        <translation>Mit Ton</translation>
    </message>
    <message>
        <source>All guilds</source>
        <translation>Alle Gilden</translation>
    </message>
    <message>
        <source>By guild</source>
        <translation>Nach Gilde</translation>
    </message>
    <message>
        <source>By channel</source>
        <translation>Nach Kanal</translation>
    </message>
    <message>
        <source>There is nothing to choose for yet</source>
        <translation>Noch gibt es nichts zu wählen</translation>
    </message>
</context>
<context>
    <name>NotifyMenu</name>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Unmute (muted %1)</source>
        <translation>Stummschaltung beenden (stumm %1)</translation>
    </message>
    <message>
        <source>Mute: %1</source>
        <translation>Stumm: %1</translation>
    </message>
</context>
<context>
    <name>NotifyRow</name>
    <message>
        <source>Muted %1</source>
        <translation>%1 stummgeschaltet</translation>
    </message>
    <message>
        <source>Notifications of %1</source>
        <translation>Benachrichtigungen von %1</translation>
    </message>
    <message>
        <source>Mute %1</source>
        <translation>%1 stummschalten</translation>
    </message>
    <message>
        <source>Unmute %1</source>
        <translation>Stummschaltung von %1 aufheben</translation>
    </message>
</context>
<context>
    <name>OptionField</name>
    <message>
        <source>%1, optional</source>
        <translation>%1, freiwillig</translation>
    </message>
    <message>
        <source>%1, needed: %2</source>
        <translation>%1, nötig: %2</translation>
    </message>
    <message>
        <source>%1, optional: %2</source>
        <translation>%1, freiwillig: %2</translation>
    </message>
</context>
<context>
    <name>OptionFile</name>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>Guildhall: chat with the people of your node and of every other.</source>
        <translation>Guildhall: Unterhaltungen mit den Leuten deines Knotens und jedes anderen.</translation>
    </message>
    <message>
        <source>The home node that the first page suggests.</source>
        <translation>Der Heimatknoten, den die erste Seite vorschlägt.</translation>
    </message>
    <message>
        <source>Where accounts and their caches are kept.</source>
        <translation>Wo Konten und ihre Zwischenspeicher liegen.</translation>
    </message>
    <message>
        <source>Keep tokens in a file that only you can read.</source>
        <translation>Anmeldungen in einer Datei aufbewahren, die nur du lesen kannst.</translation>
    </message>
    <message>
        <source>A link to open.</source>
        <translation>Ein Link, der geöffnet wird.</translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>Where it lives</source>
        <translation>Wo sie zu Hause ist</translation>
    </message>
</context>
<context>
    <name>OverviewSection</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Where newcomers are greeted</source>
        <translation>Wo Neue begrüßt werden</translation>
    </message>
    <message>
        <source>Notifications, where members chose nothing else</source>
        <translation>Benachrichtigungen, wo Mitglieder nichts anderes wählten</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Alle Nachrichten</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>Nur Erwähnungen</translation>
    </message>
    <message>
        <source>Whom to let write</source>
        <translation>Wer schreiben darf</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>With a verified address</source>
        <translation>Mit geprüfter Adresse</translation>
    </message>
    <message>
        <source>Registered for 5 minutes</source>
        <translation>Seit 5 Minuten registriert</translation>
    </message>
    <message>
        <source>A member for 10 minutes</source>
        <translation>Seit 10 Minuten Mitglied</translation>
    </message>
    <message>
        <source>With a verified phone</source>
        <translation>Mit geprüftem Telefon</translation>
    </message>
    <message>
        <source>Leave guild</source>
        <translation>Gilde verlassen</translation>
    </message>
    <message>
        <source>Delete guild</source>
        <translation>Gilde löschen</translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>%1 verlassen?</translation>
    </message>
    <message>
        <source>You can come back only with a new invite.</source>
        <translation>Du kannst nur mit einer neuen Einladung zurückkommen.</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>%1 löschen?</translation>
    </message>
    <message>
        <source>All of its channels and messages are gone for everybody. This cannot be undone.</source>
        <translation>Alle ihre Kanäle und Nachrichten sind dann für alle weg. Das lässt sich nicht rückgängig machen.</translation>
    </message>
</context>
<context>
    <name>OverwriteAdd</name>
    <message>
        <source>Role or member</source>
        <translation>Rolle oder Mitglied</translation>
    </message>
    <message>
        <source>Roles and members</source>
        <translation>Rollen und Mitglieder</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
</context>
<context>
    <name>OverwriteTarget</name>
    <message>
        <source>Member</source>
        <translation>Mitglied</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>PanelHeader</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PasswordPart</name>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Your password is changed, and all other sessions have ended.</source>
        <translation>Dein Passwort ist geändert, und alle anderen Sitzungen sind beendet.</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Jetziges Passwort</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>Neues Passwort noch einmal</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Passwort ändern</translation>
    </message>
</context>
<context>
    <name>PendingLine</name>
    <message>
        <source>Waiting to be sent</source>
        <translation>Wartet aufs Senden</translation>
    </message>
    <message>
        <source>Sending, %1 %</source>
        <translation>Wird gesendet, %1 %</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Nochmals versuchen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Waiting for the guild&apos;s host: it is sent when that is back</source>
        <translation>Wartet auf den Host der Gilde: wird gesendet, sobald er zurück ist</translation>
    </message>
</context>
<context>
    <name>PermissionRow</name>
    <message>
        <source>Dangerous in the wrong hands</source>
        <translation>Gefährlich in falschen Händen</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>See channels</source>
        <translation>Kanäle sehen</translation>
    </message>
    <message>
        <source>Sees the channel in the list and may open it.</source>
        <translation>Sieht den Kanal in der Liste und darf ihn öffnen.</translation>
    </message>
    <message>
        <source>Manage channels</source>
        <translation>Kanäle verwalten</translation>
    </message>
    <message>
        <source>Makes, changes and deletes channels.</source>
        <translation>Erstellt, ändert und löscht Kanäle.</translation>
    </message>
    <message>
        <source>Manage roles</source>
        <translation>Rollen verwalten</translation>
    </message>
    <message>
        <source>Makes and changes roles below the own highest one, and permissions of channels.</source>
        <translation>Erstellt und ändert Rollen unter der eigenen höchsten und Rechte von Kanälen.</translation>
    </message>
    <message>
        <source>Manage expressions</source>
        <translation>Ausdrücke verwalten</translation>
    </message>
    <message>
        <source>Changes and deletes everybody&apos;s emojis, stickers and sounds.</source>
        <translation>Ändert und löscht Emojis, Sticker und Klänge aller.</translation>
    </message>
    <message>
        <source>Create expressions</source>
        <translation>Ausdrücke erstellen</translation>
    </message>
    <message>
        <source>Adds emojis, stickers and sounds, and changes the own ones.</source>
        <translation>Fügt Emojis, Sticker und Klänge hinzu und ändert die eigenen.</translation>
    </message>
    <message>
        <source>See the audit log</source>
        <translation>Prüfprotokoll sehen</translation>
    </message>
    <message>
        <source>Reads who changed what.</source>
        <translation>Liest, wer was geändert hat.</translation>
    </message>
    <message>
        <source>See insights</source>
        <translation>Einblicke sehen</translation>
    </message>
    <message>
        <source>Reads statistics of the guild.</source>
        <translation>Liest Statistiken der Gilde.</translation>
    </message>
    <message>
        <source>Manage webhooks</source>
        <translation>Webhooks verwalten</translation>
    </message>
    <message>
        <source>Makes, changes and deletes addresses through which programs post.</source>
        <translation>Erstellt, ändert und löscht Adressen, über die Programme schreiben.</translation>
    </message>
    <message>
        <source>Manage guild</source>
        <translation>Gilde verwalten</translation>
    </message>
    <message>
        <source>Changes the guild&apos;s name and settings, sees all invites, adds bots.</source>
        <translation>Ändert Namen und Einstellungen der Gilde, sieht alle Einladungen, fügt Bots hinzu.</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>May do everything and passes by every rule of a channel. Give it to people you trust with the whole guild.</source>
        <translation>Darf alles und steht über jeder Regel eines Kanals. Gib es Leuten, denen du die ganze Gilde anvertraust.</translation>
    </message>
    <message>
        <source>Create invites</source>
        <translation>Einladungen erstellen</translation>
    </message>
    <message>
        <source>Invites new people.</source>
        <translation>Lädt neue Leute ein.</translation>
    </message>
    <message>
        <source>Change nickname</source>
        <translation>Spitznamen ändern</translation>
    </message>
    <message>
        <source>Changes the own name in this guild.</source>
        <translation>Ändert den eigenen Namen in dieser Gilde.</translation>
    </message>
    <message>
        <source>Manage nicknames</source>
        <translation>Spitznamen verwalten</translation>
    </message>
    <message>
        <source>Changes other people&apos;s names in this guild.</source>
        <translation>Ändert die Namen anderer in dieser Gilde.</translation>
    </message>
    <message>
        <source>Kick members</source>
        <translation>Mitglieder hinauswerfen</translation>
    </message>
    <message>
        <source>Removes people; with an invite they can come back.</source>
        <translation>Entfernt Leute; mit einer Einladung können sie zurückkommen.</translation>
    </message>
    <message>
        <source>Ban members</source>
        <translation>Mitglieder sperren</translation>
    </message>
    <message>
        <source>Removes people for good, and may delete what they wrote.</source>
        <translation>Entfernt Leute für immer und darf löschen, was sie schrieben.</translation>
    </message>
    <message>
        <source>Put members in timeout</source>
        <translation>Mitgliedern Auszeit geben</translation>
    </message>
    <message>
        <source>Keeps people from writing, reacting and speaking for a while.</source>
        <translation>Hält Leute eine Weile vom Schreiben, Reagieren und Sprechen ab.</translation>
    </message>
    <message>
        <source>Send messages</source>
        <translation>Nachrichten senden</translation>
    </message>
    <message>
        <source>Writes in text channels.</source>
        <translation>Schreibt in Textkanälen.</translation>
    </message>
    <message>
        <source>Send messages in threads</source>
        <translation>Nachrichten in Threads senden</translation>
    </message>
    <message>
        <source>Writes in threads.</source>
        <translation>Schreibt in Threads.</translation>
    </message>
    <message>
        <source>Create public threads</source>
        <translation>Öffentliche Threads erstellen</translation>
    </message>
    <message>
        <source>Starts threads that everybody in the channel sees.</source>
        <translation>Beginnt Threads, die alle im Kanal sehen.</translation>
    </message>
    <message>
        <source>Create private threads</source>
        <translation>Private Threads erstellen</translation>
    </message>
    <message>
        <source>Starts threads for invited people only.</source>
        <translation>Beginnt Threads nur für Eingeladene.</translation>
    </message>
    <message>
        <source>Embed links</source>
        <translation>Links einbetten</translation>
    </message>
    <message>
        <source>Links show a preview.</source>
        <translation>Links zeigen eine Vorschau.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message>
        <source>Uploads pictures and files.</source>
        <translation>Lädt Bilder und Dateien hoch.</translation>
    </message>
    <message>
        <source>Add reactions</source>
        <translation>Reaktionen hinzufügen</translation>
    </message>
    <message>
        <source>Adds new emojis below messages.</source>
        <translation>Fügt neue Emojis unter Nachrichten hinzu.</translation>
    </message>
    <message>
        <source>Use external emojis</source>
        <translation>Fremde Emojis verwenden</translation>
    </message>
    <message>
        <source>Uses emojis of other guilds.</source>
        <translation>Verwendet Emojis anderer Gilden.</translation>
    </message>
    <message>
        <source>Use external stickers</source>
        <translation>Fremde Sticker verwenden</translation>
    </message>
    <message>
        <source>Uses stickers of other guilds.</source>
        <translation>Verwendet Sticker anderer Gilden.</translation>
    </message>
    <message>
        <source>Mention @everyone and all roles</source>
        <translation>@everyone und alle Rollen erwähnen</translation>
    </message>
    <message>
        <source>Notifies everybody at once.</source>
        <translation>Benachrichtigt alle auf einmal.</translation>
    </message>
    <message>
        <source>Manage messages</source>
        <translation>Nachrichten verwalten</translation>
    </message>
    <message>
        <source>Deletes other people&apos;s messages and removes reactions.</source>
        <translation>Löscht Nachrichten anderer und entfernt Reaktionen.</translation>
    </message>
    <message>
        <source>Pin messages</source>
        <translation>Nachrichten anheften</translation>
    </message>
    <message>
        <source>Pins and unpins messages.</source>
        <translation>Heftet Nachrichten an und löst sie.</translation>
    </message>
    <message>
        <source>Bypass slow mode</source>
        <translation>Langsamen Modus umgehen</translation>
    </message>
    <message>
        <source>Writes without waiting.</source>
        <translation>Schreibt, ohne zu warten.</translation>
    </message>
    <message>
        <source>Manage threads</source>
        <translation>Threads verwalten</translation>
    </message>
    <message>
        <source>Renames, closes and deletes threads, and sees private ones.</source>
        <translation>Benennt Threads um, schließt und löscht sie und sieht private.</translation>
    </message>
    <message>
        <source>Read message history</source>
        <translation>Nachrichtenverlauf lesen</translation>
    </message>
    <message>
        <source>Reads what was written before.</source>
        <translation>Liest, was vorher geschrieben wurde.</translation>
    </message>
    <message>
        <source>Send text-to-speech</source>
        <translation>Sprachausgabe senden</translation>
    </message>
    <message>
        <source>Writes messages that are read out aloud.</source>
        <translation>Schreibt Nachrichten, die vorgelesen werden.</translation>
    </message>
    <message>
        <source>Use commands</source>
        <translation>Befehle verwenden</translation>
    </message>
    <message>
        <source>Uses slash commands of bots.</source>
        <translation>Verwendet Befehle von Bots.</translation>
    </message>
    <message>
        <source>Send voice messages</source>
        <translation>Sprachnachrichten senden</translation>
    </message>
    <message>
        <source>Records and sends voice messages.</source>
        <translation>Nimmt Sprachnachrichten auf und sendet sie.</translation>
    </message>
    <message>
        <source>Create polls</source>
        <translation>Umfragen erstellen</translation>
    </message>
    <message>
        <source>Asks questions with answers to choose from.</source>
        <translation>Stellt Fragen mit Antworten zur Auswahl.</translation>
    </message>
    <message>
        <source>Use external apps</source>
        <translation>Fremde Apps verwenden</translation>
    </message>
    <message>
        <source>Answers of apps that were not added here are seen by all.</source>
        <translation>Antworten von Apps, die hier nicht hinzugefügt wurden, sehen alle.</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Joins voice channels.</source>
        <translation>Betritt Sprachkanäle.</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Talks in voice channels.</source>
        <translation>Spricht in Sprachkanälen.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Shows the camera or the screen.</source>
        <translation>Zeigt die Kamera oder den Bildschirm.</translation>
    </message>
    <message>
        <source>Use voice activity</source>
        <translation>Sprachaktivierung verwenden</translation>
    </message>
    <message>
        <source>Speaks without pressing a key.</source>
        <translation>Spricht ohne Tastendruck.</translation>
    </message>
    <message>
        <source>Priority speaker</source>
        <translation>Vorrang beim Sprechen</translation>
    </message>
    <message>
        <source>Is heard above others.</source>
        <translation>Ist über andere hinweg zu hören.</translation>
    </message>
    <message>
        <source>Mute members</source>
        <translation>Mitglieder stummschalten</translation>
    </message>
    <message>
        <source>Silences others for everybody.</source>
        <translation>Macht andere für alle stumm.</translation>
    </message>
    <message>
        <source>Deafen members</source>
        <translation>Mitgliedern das Hören nehmen</translation>
    </message>
    <message>
        <source>Keeps others from hearing.</source>
        <translation>Hält andere vom Hören ab.</translation>
    </message>
    <message>
        <source>Move members</source>
        <translation>Mitglieder verschieben</translation>
    </message>
    <message>
        <source>Moves others between voice channels, or out of them.</source>
        <translation>Verschiebt andere zwischen Sprachkanälen oder hinaus.</translation>
    </message>
    <message>
        <source>Ask to speak</source>
        <translation>Um das Wort bitten</translation>
    </message>
    <message>
        <source>Asks to speak on a stage.</source>
        <translation>Bittet auf einer Bühne um das Wort.</translation>
    </message>
    <message>
        <source>Use sounds</source>
        <translation>Klänge verwenden</translation>
    </message>
    <message>
        <source>Plays sounds of the guild.</source>
        <translation>Spielt Klänge der Gilde ab.</translation>
    </message>
    <message>
        <source>Use external sounds</source>
        <translation>Fremde Klänge verwenden</translation>
    </message>
    <message>
        <source>Plays sounds of other guilds.</source>
        <translation>Spielt Klänge anderer Gilden ab.</translation>
    </message>
    <message>
        <source>Use activities</source>
        <translation>Aktivitäten verwenden</translation>
    </message>
    <message>
        <source>Starts activities together with others.</source>
        <translation>Beginnt Aktivitäten zusammen mit anderen.</translation>
    </message>
    <message>
        <source>Set channel status</source>
        <translation>Kanalstatus festlegen</translation>
    </message>
    <message>
        <source>Says what a voice channel is about.</source>
        <translation>Sagt, worum es in einem Sprachkanal geht.</translation>
    </message>
    <message>
        <source>Create events</source>
        <translation>Veranstaltungen erstellen</translation>
    </message>
    <message>
        <source>Plans events, and changes the own ones.</source>
        <translation>Plant Veranstaltungen und ändert die eigenen.</translation>
    </message>
    <message>
        <source>Manage events</source>
        <translation>Veranstaltungen verwalten</translation>
    </message>
    <message>
        <source>Changes and cancels everybody&apos;s events.</source>
        <translation>Ändert und streicht Veranstaltungen aller.</translation>
    </message>
</context>
<context>
    <name>PersonStep</name>
    <message>
        <source>Fingerprint %1, version %2</source>
        <translation>Fingerabdruck %1, Version %2</translation>
    </message>
    <message>
        <source>New here</source>
        <translation>Neu hier</translation>
    </message>
    <message>
        <source>I have an account</source>
        <translation>Ich habe ein Konto</translation>
    </message>
    <message>
        <source>This node takes no new accounts. Log in if you have one.</source>
        <translation>Dieser Knoten nimmt keine neuen Konten an. Melde dich an, wenn du eines hast.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Small letters, digits, dots and underscores; others see %1@%2</source>
        <translation>Kleinbuchstaben, Ziffern, Punkte und Unterstriche; andere sehen %1@%2</translation>
    </message>
    <message>
        <source>name</source>
        <translation>name</translation>
    </message>
    <message>
        <source>How people see you (may be left out)</source>
        <translation>Wie man dich sieht (kann leer bleiben)</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>8 characters or more</source>
        <translation>8 Zeichen oder mehr</translation>
    </message>
    <message>
        <source>Invite</source>
        <translation>Einladung</translation>
    </message>
    <message>
        <source>This node takes who has one.</source>
        <translation>Dieser Knoten nimmt auf, wer eine hat.</translation>
    </message>
    <message>
        <source>Create the account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Choose another node</source>
        <translation>Anderen Knoten wählen</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>PictureDialog</name>
    <message>
        <source>Choose a picture</source>
        <translation>Bild wählen</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Bilder (%1)</translation>
    </message>
</context>
<context>
    <name>PictureTile</name>
    <message>
        <source>Hidden picture</source>
        <translation>Verborgenes Bild</translation>
    </message>
    <message>
        <source>Picture without a description</source>
        <translation>Bild ohne Beschreibung</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Bewegt</translation>
    </message>
</context>
<context>
    <name>PinsPanel</name>
    <message>
        <source>Pinned messages</source>
        <translation>Angeheftete Nachrichten</translation>
    </message>
    <message>
        <source>Nothing is pinned here</source>
        <translation>Hier ist nichts angeheftet</translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Load pictures from other places</source>
        <translation>Bilder von anderen Orten laden</translation>
    </message>
    <message>
        <source>Pictures that are not kept at your node come from where they lie, and that place learns your address.</source>
        <translation>Bilder, die nicht bei deinem Knoten liegen, kommen von dort, wo sie liegen, und jener Ort erfährt deine Adresse.</translation>
    </message>
    <message>
        <source>Show text in notifications</source>
        <translation>Text in Benachrichtigungen zeigen</translation>
    </message>
    <message>
        <source>Else they only say who wrote, and where.</source>
        <translation>Sonst sagen sie nur, wer schrieb und wo.</translation>
    </message>
</context>
<context>
    <name>ProfileActions</name>
    <message>
        <source>Mention</source>
        <translation>Erwähnen</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>Namen kopieren</translation>
    </message>
    <message>
        <source>Name copied</source>
        <translation>Name kopiert</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Id copied</source>
        <translation>ID kopiert</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>Spitzname</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Time out</source>
        <translation>Auszeit geben</translation>
    </message>
    <message>
        <source>Kick</source>
        <translation>Hinauswerfen</translation>
    </message>
    <message>
        <source>Ban</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Make owner</source>
        <translation>Zum Eigentümer machen</translation>
    </message>
</context>
<context>
    <name>ProfileCard</name>
    <message>
        <source>The node&apos;s name is verified.</source>
        <translation>Der Name des Knotens ist geprüft.</translation>
    </message>
    <message>
        <source>The node&apos;s name is not proved.</source>
        <translation>Der Name des Knotens ist nicht bewiesen.</translation>
    </message>
    <message>
        <source>In timeout until %1</source>
        <translation>In Auszeit bis %1</translation>
    </message>
    <message>
        <source>Member since %1</source>
        <translation>Mitglied seit %1</translation>
    </message>
    <message>
        <source>Note, for you on this device only</source>
        <translation>Notiz, nur für dich auf diesem Gerät</translation>
    </message>
</context>
<context>
    <name>QuickSwitcher</name>
    <message>
        <source>Where to?</source>
        <translation>Wohin?</translation>
    </message>
    <message>
        <source>A guild, a #channel or a @person</source>
        <translation>Eine Gilde, ein #Kanal oder eine @Person</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Nothing has that name.</source>
        <translation>Nichts heißt so.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Guilds</source>
        <translation>Gilden</translation>
    </message>
    <message>
        <source>Direct messages</source>
        <translation>Direktnachrichten</translation>
    </message>
    <message>
        <source>Create or join a guild</source>
        <translation>Gilde erstellen oder beitreten</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Als gelesen markieren</translation>
    </message>
    <message>
        <source>Invite people</source>
        <translation>Leute einladen</translation>
    </message>
    <message>
        <source>Guild settings</source>
        <translation>Gildeneinstellungen</translation>
    </message>
    <message>
        <source>Take out of the folder</source>
        <translation>Aus dem Ordner nehmen</translation>
    </message>
    <message>
        <source>Leave the guild</source>
        <translation>Gilde verlassen</translation>
    </message>
    <message>
        <source>Name and colour</source>
        <translation>Name und Farbe</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Go to a guild, channel or person</source>
        <translation>Zu Gilde, Kanal oder Person springen</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
</context>
<context>
    <name>RailAction</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n mention(s)</source>
        <translation>
            <numerusform>%n Erwähnung</numerusform>
            <numerusform>%n Erwähnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
</context>
<context>
    <name>ReactionRow</name>
    <message numerus="yes">
        <source>%1: %n</source>
        <translation>
            <numerusform>%1: %n</numerusform>
            <numerusform>%1: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reaction %1, %n people</source>
        <translation>
            <numerusform>Reaktion %1, %n Person</numerusform>
            <numerusform>Reaktion %1, %n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a reaction</source>
        <translation>Reaktion hinzufügen</translation>
    </message>
</context>
<context>
    <name>RecoveryPart</name>
    <message>
        <source>If your node disappears</source>
        <translation>Falls dein Knoten verschwindet</translation>
    </message>
    <message>
        <source>With a phrase and a backup you can take your account, with its guilds, to another node. Whoever has both can do so too: keep them apart, and show them to nobody.</source>
        <translation>Mit Satz und Sicherung kannst du dein Konto samt seinen Gilden zu einem anderen Knoten mitnehmen. Wer beides hat, kann das auch: Bewahre sie getrennt auf und zeig sie niemandem.</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>Dein Passwort</translation>
    </message>
    <message>
        <source>Make recovery phrase</source>
        <translation>Wiederherstellungssatz erstellen</translation>
    </message>
    <message>
        <source>Recovery phrase</source>
        <translation>Wiederherstellungssatz</translation>
    </message>
    <message>
        <source>Backup saved</source>
        <translation>Sicherung gespeichert</translation>
    </message>
    <message>
        <source>Save backup</source>
        <translation>Sicherung speichern</translation>
    </message>
    <message>
        <source>I wrote it down</source>
        <translation>Ich habe sie aufgeschrieben</translation>
    </message>
    <message>
        <source>This phrase is shown only now. Write it down on paper, and save the backup: both are needed.</source>
        <translation>Dieser Satz wird nur jetzt gezeigt. Schreib ihn auf Papier und sichere die Kopie: Beides ist nötig.</translation>
    </message>
</context>
<context>
    <name>RelativeTime</name>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>vor %n Jahr</numerusform>
            <numerusform>vor %n Jahren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n year(s)</source>
        <translation>
            <numerusform>in %n Jahr</numerusform>
            <numerusform>in %n Jahren</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>vor %n Monat</numerusform>
            <numerusform>vor %n Monaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n month(s)</source>
        <translation>
            <numerusform>in %n Monat</numerusform>
            <numerusform>in %n Monaten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>vor %n Tag</numerusform>
            <numerusform>vor %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n Tag</numerusform>
            <numerusform>in %n Tagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>vor %n Stunde</numerusform>
            <numerusform>vor %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>in %n Stunde</numerusform>
            <numerusform>in %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>vor %n Minute</numerusform>
            <numerusform>vor %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>in %n Minute</numerusform>
            <numerusform>in %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) ago</source>
        <translation>
            <numerusform>vor %n Sekunde</numerusform>
            <numerusform>vor %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n second(s)</source>
        <translation>
            <numerusform>in %n Sekunde</numerusform>
            <numerusform>in %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>A date and a time of day, both already written out.</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
</context>
<context>
    <name>ReorderRow</name>
    <message>
        <source>Alt and up or down moves it. %1</source>
        <translation>Alt mit Pfeil auf oder ab verschiebt. %1</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Alt+Up</source>
        <translation>Alt+Auf</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Alt+Down</source>
        <translation>Alt+Ab</translation>
    </message>
</context>
<context>
    <name>ReplyLine</name>
    <message>
        <source>Replies to %1: %2</source>
        <translation>Antwortet %1: %2</translation>
    </message>
    <message>
        <source>The message was deleted.</source>
        <translation>Die Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>The message is not loaded.</source>
        <translation>Die Nachricht ist nicht geladen.</translation>
    </message>
</context>
<context>
    <name>RoleDisplay</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Show its members apart</source>
        <translation>Ihre Mitglieder getrennt zeigen</translation>
    </message>
    <message>
        <source>The member list has a heading for this role.</source>
        <translation>Die Mitgliederliste hat eine Überschrift für diese Rolle.</translation>
    </message>
    <message>
        <source>Everybody may mention it</source>
        <translation>Alle dürfen sie erwähnen</translation>
    </message>
    <message>
        <source>Writing @ and its name notifies all of its members.</source>
        <translation>Wer @ und ihren Namen schreibt, benachrichtigt alle ihre Mitglieder.</translation>
    </message>
    <message>
        <source>Delete role</source>
        <translation>Rolle löschen</translation>
    </message>
    <message>
        <source>Delete the role %1?</source>
        <translation>Die Rolle %1 löschen?</translation>
    </message>
    <message>
        <source>Its members lose what it granted.</source>
        <translation>Ihre Mitglieder verlieren, was sie gewährte.</translation>
    </message>
</context>
<context>
    <name>RoleEditor</name>
    <message>
        <source>All roles</source>
        <translation>Alle Rollen</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>Rechte durchsuchen</translation>
    </message>
</context>
<context>
    <name>RoleMembers</name>
    <message>
        <source>Nobody who is known here has this role. Give it to people under “Members”.</source>
        <translation>Niemand, der hier bekannt ist, hat diese Rolle. Gib sie Leuten unter „Mitglieder“.</translation>
    </message>
    <message>
        <source>Take the role from %1</source>
        <translation>%1 die Rolle nehmen</translation>
    </message>
    <message>
        <source>Take the role from %1?</source>
        <translation>%1 die Rolle nehmen?</translation>
    </message>
    <message>
        <source>It is done at once.</source>
        <translation>Das geschieht sofort.</translation>
    </message>
    <message>
        <source>Take the role</source>
        <translation>Rolle nehmen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
</context>
<context>
    <name>RolesSection</name>
    <message>
        <source>Roles</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Who has several roles gets the permissions of all of them. The highest coloured one gives the name its colour.</source>
        <translation>Wer mehrere Rollen hat, erhält die Rechte aller. Die höchste farbige gibt dem Namen seine Farbe.</translation>
    </message>
    <message>
        <source>Create role</source>
        <translation>Rolle erstellen</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n Mitglied</numerusform>
            <numerusform>%n Mitglieder</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowLines</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>You have unsaved changes</source>
        <translation>Du hast ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile. Save replaces what they wrote, Reset shows it.</source>
        <translation>Jemand anderes hat das inzwischen geändert. „Speichern“ ersetzt, was dort steht, „Zurücksetzen“ zeigt es.</translation>
    </message>
</context>
<context>
    <name>SaveLine</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Cancel saving %1</source>
        <translation>Speichern von %1 abbrechen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SavePlace</name>
    <message>
        <source>Save as</source>
        <translation>Speichern unter</translation>
    </message>
</context>
<context>
    <name>SaveStrip</name>
    <message>
        <source>Files being saved</source>
        <translation>Dateien, die gespeichert werden</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>SearchHints</name>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>From a person</source>
        <translation>Von einer Person</translation>
    </message>
    <message>
        <source>In a channel</source>
        <translation>In einem Kanal</translation>
    </message>
    <message>
        <source>With a file or link</source>
        <translation>Mit Datei oder Link</translation>
    </message>
    <message>
        <source>Before a day</source>
        <translation>Vor einem Tag</translation>
    </message>
    <message>
        <source>After a day</source>
        <translation>Nach einem Tag</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>Eine Datei</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>A link</source>
        <translation>Ein Link</translation>
    </message>
    <message>
        <source>A preview</source>
        <translation>Eine Vorschau</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>A week ago</source>
        <translation>Vor einer Woche</translation>
    </message>
    <message>
        <source>A month ago</source>
        <translation>Vor einem Monat</translation>
    </message>
    <message>
        <source>A year ago</source>
        <translation>Vor einem Jahr</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Words, from:name, has:file</source>
        <translation>Wörter, from:name, has:file</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Guild</source>
        <translation>Gilde</translation>
    </message>
    <message>
        <source>Also before:2026-01-31, after:2026-01-31, has:link.</source>
        <translation>Auch before:2026-01-31, after:2026-01-31, has:link.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n Nachricht</numerusform>
            <numerusform>%n Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Found messages</source>
        <translation>Gefundene Nachrichten</translation>
    </message>
    <message>
        <source>Look further back in this channel</source>
        <translation>In diesem Kanal weiter zurück suchen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Es wird gesucht …</translation>
    </message>
    <message>
        <source>More of what your node found</source>
        <translation>Mehr von dem, was der Knoten fand</translation>
    </message>
</context>
<context>
    <name>SectionHeader</name>
    <message>
        <source>Collapsed</source>
        <translation>Eingeklappt</translation>
    </message>
    <message>
        <source>Expanded</source>
        <translation>Ausgeklappt</translation>
    </message>
</context>
<context>
    <name>SessionsPart</name>
    <message>
        <source>Where you are logged in</source>
        <translation>Wo du angemeldet bist</translation>
    </message>
    <message>
        <source>%1 (this one)</source>
        <translation>%1 (diese)</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Log out %1</source>
        <translation>%1 abmelden</translation>
    </message>
    <message>
        <source>Log out everywhere else</source>
        <translation>Überall sonst abmelden</translation>
    </message>
    <message>
        <source>Log out everywhere else?</source>
        <translation>Überall sonst abmelden?</translation>
    </message>
    <message>
        <source>Every other device and program asks for the password again.</source>
        <translation>Jedes andere Gerät und Programm fragt wieder nach dem Passwort.</translation>
    </message>
</context>
<context>
    <name>SettingsBar</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Go to a guild, channel or person</source>
        <translation>Zu Gilde, Kanal oder Person springen</translation>
    </message>
    <message>
        <source>Show this list</source>
        <translation>Diese Liste zeigen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>Nachrichten durchsuchen</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>Normale Größe</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Next account</source>
        <translation>Nächstes Konto</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Previous channel</source>
        <translation>Voriger Kanal</translation>
    </message>
    <message>
        <source>Next channel</source>
        <translation>Nächster Kanal</translation>
    </message>
    <message>
        <source>Previous unread channel</source>
        <translation>Voriger ungelesener Kanal</translation>
    </message>
    <message>
        <source>Next unread channel</source>
        <translation>Nächster ungelesener Kanal</translation>
    </message>
    <message>
        <source>Previous guild</source>
        <translation>Vorige Gilde</translation>
    </message>
    <message>
        <source>Next guild</source>
        <translation>Nächste Gilde</translation>
    </message>
    <message>
        <source>Create or join a guild</source>
        <translation>Gilde erstellen oder beitreten</translation>
    </message>
    <message>
        <source>Show or hide the members</source>
        <translation>Mitglieder zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Pinned messages</source>
        <translation>Angeheftete Nachrichten</translation>
    </message>
    <message>
        <source>Mark the guild as read</source>
        <translation>Gilde als gelesen markieren</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>Zu einem Datum springen</translation>
    </message>
    <message>
        <source>Go to the newest message</source>
        <translation>Zur neuesten Nachricht springen</translation>
    </message>
    <message>
        <source>Edit the last message, from an empty field</source>
        <translation>Letzte Nachricht bearbeiten, aus leerem Feld</translation>
    </message>
    <message>
        <source>Edit the message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Reply to the message</source>
        <translation>Auf die Nachricht antworten</translation>
    </message>
    <message>
        <source>React to the message</source>
        <translation>Auf die Nachricht reagieren</translation>
    </message>
    <message>
        <source>Pin the message</source>
        <translation>Nachricht anheften</translation>
    </message>
    <message>
        <source>Delete the message; with Shift without asking</source>
        <translation>Nachricht löschen; mit Umschalt ohne Rückfrage</translation>
    </message>
    <message>
        <source>Copy the message&apos;s text</source>
        <translation>Text der Nachricht kopieren</translation>
    </message>
    <message>
        <source>Back to the field</source>
        <translation>Zurück zum Feld</translation>
    </message>
    <message>
        <source>Show what the message hides, its pictures, what it answers</source>
        <translation>Zeigen, was die Nachricht verbirgt, ihre Bilder, worauf sie antwortet</translation>
    </message>
    <message>
        <source>Save the message&apos;s files</source>
        <translation>Dateien der Nachricht speichern</translation>
    </message>
    <message>
        <source>Open the menu of what is chosen</source>
        <translation>Das Menü zum Gewählten öffnen</translation>
    </message>
</context>
<context>
    <name>ShortcutsSection</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>SplitPanels</name>
    <message>
        <source>Width of the first column</source>
        <translation>Breite der ersten Spalte</translation>
    </message>
    <message>
        <source>Width of the last column</source>
        <translation>Breite der letzten Spalte</translation>
    </message>
</context>
<context>
    <name>StatusDot</name>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Abwesend</translation>
    </message>
    <message>
        <source>Do not disturb</source>
        <translation>Bitte nicht stören</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>StorageSection</name>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Your logins</source>
        <translation>Deine Anmeldungen</translation>
    </message>
    <message>
        <source>They are kept in the keychain of your system.</source>
        <translation>Sie liegen im Schlüsselbund deines Systems.</translation>
    </message>
    <message>
        <source>Your system offers no keychain. They are kept in a file that only your user can read; who can read your files can use your accounts.</source>
        <translation>Dein System bietet keinen Schlüsselbund. Sie liegen in einer Datei, die nur dein Benutzer lesen kann; wer deine Dateien lesen kann, kann deine Konten benutzen.</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>Was gelesen wurde</translation>
    </message>
    <message>
        <source>%1 on this device, so that the client opens at once and works without a line.</source>
        <translation>%1 auf diesem Gerät, damit das Programm sofort öffnet und ohne Leitung arbeitet.</translation>
    </message>
    <message>
        <source>Delete kept messages</source>
        <translation>Aufbewahrte Nachrichten löschen</translation>
    </message>
    <message>
        <source>Delete kept messages?</source>
        <translation>Aufbewahrte Nachrichten löschen?</translation>
    </message>
    <message>
        <source>They are loaded again from your node when you open a channel. Drafts and unsent messages stay.</source>
        <translation>Sie werden von deinem Knoten neu geladen, wenn du einen Kanal öffnest. Entwürfe und ungesendete Nachrichten bleiben.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>SuccessorEditor</name>
    <message>
        <source>Nodes that may take over</source>
        <translation>Knoten, die übernehmen dürfen</translation>
    </message>
    <message>
        <source>Their names, with commas between. Each keeps a full copy.</source>
        <translation>Ihre Namen, durch Kommas getrennt. Jeder bewahrt eine vollständige Kopie auf.</translation>
    </message>
    <message>
        <source>How many must agree</source>
        <translation>Wie viele zustimmen müssen</translation>
    </message>
    <message>
        <source>After how many hours</source>
        <translation>Nach wie vielen Stunden</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>That is: %1.</source>
        <translation>Das heißt: %1.</translation>
    </message>
    <message>
        <source>At most 16 nodes.</source>
        <translation>Höchstens 16 Knoten.</translation>
    </message>
    <message>
        <source>From 1 to %1: as many as there are nodes above.</source>
        <translation>Von 1 bis %1: so viele, wie oben Knoten stehen.</translation>
    </message>
    <message>
        <source>From 1 hour to 8760, which is a year. A node that is only being restarted must not lose its guilds.</source>
        <translation>Von 1 Stunde bis 8760, das ist ein Jahr. Ein Knoten, der nur neu startet, darf seine Gilden nicht verlieren.</translation>
    </message>
    <message>
        <source>More than half is safest.</source>
        <translation>Mehr als die Hälfte ist am sichersten.</translation>
    </message>
    <message>
        <source>Remove every node that may take over?</source>
        <translation>Jeden Knoten entfernen, der übernehmen darf?</translation>
    </message>
    <message>
        <source>When the home of this guild is gone for good, nobody takes the guild over and it is lost. Each node listed now stops keeping a full copy for that.</source>
        <translation>Ist das Zuhause dieser Gilde für immer weg, übernimmt sie niemand, und sie ist verloren. Keiner der jetzt genannten Knoten bewahrt dafür mehr eine vollständige Kopie auf.</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>Alle entfernen</translation>
    </message>
</context>
<context>
    <name>TagChip</name>
    <message>
        <source>Delete removes it</source>
        <translation>Entf entfernt es</translation>
    </message>
</context>
<context>
    <name>TextInputField</name>
    <message>
        <source>Hide password</source>
        <translation>Passwort verbergen</translation>
    </message>
    <message>
        <source>Show password</source>
        <translation>Passwort zeigen</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n neue Nachricht</numerusform>
            <numerusform>%n neue Nachrichten</numerusform>
        </translation>
    </message>
    <message>
        <source>Jump to present</source>
        <translation>Zur Gegenwart</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>Anhang</translation>
    </message>
    <message>
        <source>Embed</source>
        <translation>Einbettung</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n Anhang</numerusform>
            <numerusform>%n Anhänge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reaction(s)</source>
        <translation>
            <numerusform>%n Reaktion</numerusform>
            <numerusform>%n Reaktionen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineParts</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>%1 added %2 to the group.</source>
        <translation>%1 hat %2 zur Gruppe hinzugefügt.</translation>
    </message>
    <message>
        <source>%1 removed %2 from the group.</source>
        <translation>%1 hat %2 aus der Gruppe entfernt.</translation>
    </message>
    <message>
        <source>%1 left the group.</source>
        <translation>%1 hat die Gruppe verlassen.</translation>
    </message>
    <message>
        <source>%1 started a call.</source>
        <translation>%1 hat einen Anruf begonnen.</translation>
    </message>
    <message>
        <source>%1 changed the channel&apos;s name to %2.</source>
        <translation>%1 hat den Kanal in %2 umbenannt.</translation>
    </message>
    <message>
        <source>%1 changed the channel&apos;s icon.</source>
        <translation>%1 hat das Symbol des Kanals geändert.</translation>
    </message>
    <message>
        <source>%1 pinned a message to this channel.</source>
        <translation>%1 hat eine Nachricht in diesem Kanal angeheftet.</translation>
    </message>
    <message>
        <source>%1 joined the guild.</source>
        <translation>%1 ist beigetreten.</translation>
    </message>
    <message>
        <source>%1 boosted the guild.</source>
        <translation>%1 hat die Gilde unterstützt.</translation>
    </message>
    <message>
        <source>%1 added %2 to this channel.</source>
        <translation>%1 hat %2 zu diesem Kanal hinzugefügt.</translation>
    </message>
    <message>
        <source>%1 started a thread: %2.</source>
        <translation>%1 hat einen Thread begonnen: %2.</translation>
    </message>
    <message>
        <source>The thread starts here.</source>
        <translation>Hier beginnt der Thread.</translation>
    </message>
    <message>
        <source>A message was held back by a rule.</source>
        <translation>Eine Nachricht wurde durch eine Regel zurückgehalten.</translation>
    </message>
    <message>
        <source>%1 did something this program does not know.</source>
        <translation>%1 hat etwas getan, das dieses Programm nicht kennt.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>TimelinePopups</name>
    <message>
        <source>The link leads to %1.</source>
        <translation>Der Link führt zu %1.</translation>
    </message>
    <message>
        <source>Open this link?</source>
        <translation>Diesen Link öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Delete this message?</source>
        <translation>Diese Nachricht löschen?</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message numerus="yes">
        <source>Guildhall: %n mention(s)</source>
        <translation>
            <numerusform>Guildhall: %n Erwähnung</numerusform>
            <numerusform>Guildhall: %n Erwähnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
</context>
<context>
    <name>TriState</name>
    <message>
        <source>Deny</source>
        <translation>Verbieten</translation>
    </message>
    <message>
        <source>As the roles say</source>
        <translation>Wie die Rollen sagen</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>TypedConfirm</name>
    <message>
        <source>Type “%1” to confirm</source>
        <translation>Zum Bestätigen „%1“ eintippen</translation>
    </message>
</context>
<context>
    <name>UserSettingsContent</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>My account</source>
        <translation>Mein Konto</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
</context>
<context>
    <name>UserSettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ViewAsSection</name>
    <message>
        <source>View as role</source>
        <translation>Als Rolle ansehen</translation>
    </message>
    <message>
        <source>What somebody sees and may do who has only this role. Choose a channel for what is allowed there.</source>
        <translation>Was jemand sieht und darf, der nur diese Rolle hat. Wähle einen Kanal für das, was dort erlaubt ist.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>Sichtbar</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Previous picture</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Kleiner</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ViewerPicture</name>
    <message>
        <source>Hidden picture</source>
        <translation>Verborgenes Bild</translation>
    </message>
    <message>
        <source>The picture cannot be shown.</source>
        <translation>Das Bild kann nicht gezeigt werden.</translation>
    </message>
    <message>
        <source>Show spoiler</source>
        <translation>Spoiler zeigen</translation>
    </message>
</context>
<context>
    <name>WhySection</name>
    <message>
        <source>Why can’t I?</source>
        <translation>Warum kann ich nicht?</translation>
    </message>
    <message>
        <source>What you may do in this guild, and what decided that. A channel can say otherwise: open it in “View as role”, or ask in the channel&apos;s own menu.</source>
        <translation>Was du in dieser Gilde darfst und was das entschied. Ein Kanal kann davon abweichen: Öffne ihn in „Als Rolle ansehen“ oder frag im Menü des Kanals.</translation>
    </message>
    <message>
        <source>Search permissions</source>
        <translation>Rechte durchsuchen</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Guildhall</source>
        <translation>Guildhall</translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation>Link kopiert</translation>
    </message>
</context>
<context>
    <name>guildhall::client</name>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>wartet aufs Senden</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>nicht gesendet</translation>
    </message>
    <message>
        <source>waiting for the guild&apos;s host</source>
        <translation>wartet auf den Host der Gilde</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AccessView</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Account</name>
    <message>
        <source>The system&apos;s keychain does not answer. Unlock it, or log in again.</source>
        <translation>Der Schlüsselbund des Systems antwortet nicht. Entsperre ihn oder melde dich erneut an.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AttachmentList</name>
    <message>
        <source>Only files of this computer can be attached.</source>
        <translation>Nur Dateien dieses Computers lassen sich anhängen.</translation>
    </message>
    <message>
        <source>A message can have %1 files.</source>
        <translation>Eine Nachricht kann %1 Dateien haben.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 is too large.</source>
        <translation>%1 ist zu groß.</translation>
    </message>
    <message>
        <source>The picture could not be kept: the disk is full or cannot be written.</source>
        <translation>Das Bild konnte nicht abgelegt werden: Der Datenträger ist voll oder nicht beschreibbar.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::AuditLog</name>
    <message>
        <source>Changed the guild</source>
        <translation>Hat die Gilde geändert</translation>
    </message>
    <message>
        <source>Created a channel</source>
        <translation>Hat einen Kanal erstellt</translation>
    </message>
    <message>
        <source>Changed a channel</source>
        <translation>Hat einen Kanal geändert</translation>
    </message>
    <message>
        <source>Deleted a channel</source>
        <translation>Hat einen Kanal gelöscht</translation>
    </message>
    <message>
        <source>Added permissions to a channel</source>
        <translation>Hat einem Kanal Rechte hinzugefügt</translation>
    </message>
    <message>
        <source>Changed permissions of a channel</source>
        <translation>Hat Rechte eines Kanals geändert</translation>
    </message>
    <message>
        <source>Removed permissions from a channel</source>
        <translation>Hat Rechte von einem Kanal entfernt</translation>
    </message>
    <message>
        <source>Kicked</source>
        <translation>Hat hinausgeworfen</translation>
    </message>
    <message>
        <source>Removed inactive members</source>
        <translation>Hat inaktive Mitglieder entfernt</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Hat gesperrt</translation>
    </message>
    <message>
        <source>Unbanned</source>
        <translation>Hat entsperrt</translation>
    </message>
    <message>
        <source>Changed a member</source>
        <translation>Hat ein Mitglied geändert</translation>
    </message>
    <message>
        <source>Changed roles of a member</source>
        <translation>Hat Rollen eines Mitglieds geändert</translation>
    </message>
    <message>
        <source>Added a bot</source>
        <translation>Hat einen Bot hinzugefügt</translation>
    </message>
    <message>
        <source>Created a role</source>
        <translation>Hat eine Rolle erstellt</translation>
    </message>
    <message>
        <source>Changed a role</source>
        <translation>Hat eine Rolle geändert</translation>
    </message>
    <message>
        <source>Deleted a role</source>
        <translation>Hat eine Rolle gelöscht</translation>
    </message>
    <message>
        <source>Created an invite</source>
        <translation>Hat eine Einladung erstellt</translation>
    </message>
    <message>
        <source>Revoked an invite</source>
        <translation>Hat eine Einladung widerrufen</translation>
    </message>
    <message>
        <source>Created a webhook</source>
        <translation>Hat einen Webhook erstellt</translation>
    </message>
    <message>
        <source>Changed a webhook</source>
        <translation>Hat einen Webhook geändert</translation>
    </message>
    <message>
        <source>Deleted a webhook</source>
        <translation>Hat einen Webhook gelöscht</translation>
    </message>
    <message>
        <source>Added an emoji</source>
        <translation>Hat ein Emoji hinzugefügt</translation>
    </message>
    <message>
        <source>Changed an emoji</source>
        <translation>Hat ein Emoji geändert</translation>
    </message>
    <message>
        <source>Deleted an emoji</source>
        <translation>Hat ein Emoji gelöscht</translation>
    </message>
    <message>
        <source>Deleted messages</source>
        <translation>Hat Nachrichten gelöscht</translation>
    </message>
    <message>
        <source>Deleted many messages</source>
        <translation>Hat viele Nachrichten gelöscht</translation>
    </message>
    <message>
        <source>Pinned a message</source>
        <translation>Hat eine Nachricht angeheftet</translation>
    </message>
    <message>
        <source>Unpinned a message</source>
        <translation>Hat eine Nachricht gelöst</translation>
    </message>
    <message>
        <source>Action %1</source>
        <translation>Aktion %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ChannelForm</name>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>This channel is not there any more.</source>
        <translation>Diesen Kanal gibt es nicht mehr.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ChannelList</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
</context>
<context>
    <name>guildhall::client::CommandForm</name>
    <message>
        <source>The bot</source>
        <translation>Der Bot</translation>
    </message>
    <message>
        <source>Sending, %1 %</source>
        <translation>Wird gesendet, %1 %</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>Wartet auf %1</translation>
    </message>
    <message>
        <source>Asking %1 what fits</source>
        <translation>%1 wird gefragt, was passt</translation>
    </message>
    <message>
        <source>A file is needed.</source>
        <translation>Eine Datei ist nötig.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Das ist nötig.</translation>
    </message>
    <message>
        <source>%1 asks for a form, which this program cannot show.</source>
        <translation>%1 verlangt ein Formular, das dieses Programm nicht zeigen kann.</translation>
    </message>
    <message>
        <source>%1 did not answer.</source>
        <translation>%1 hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>the guild&apos;s host cannot be reached.</source>
        <translation>der Host der Gilde ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>your node cannot be reached.</source>
        <translation>dein Node ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Not run: %1</source>
        <translation>Nicht ausgeführt: %1</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::CompletionModel</name>
    <message>
        <source>Notify everybody who can see this channel</source>
        <translation>Alle benachrichtigen, die diesen Kanal sehen</translation>
    </message>
    <message>
        <source>Notify everybody who is online</source>
        <translation>Alle benachrichtigen, die online sind</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ComposerModel</name>
    <message>
        <source>The text was cut: it was far too long.</source>
        <translation>Der Text wurde gekürzt: Er war viel zu lang.</translation>
    </message>
    <message>
        <source>You cannot write here.</source>
        <translation>Du kannst hier nicht schreiben.</translation>
    </message>
    <message>
        <source>You cannot write here. %1</source>
        <translation>Du kannst hier nicht schreiben. %1</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent here.</source>
        <translation>Hier warten zu viele Nachrichten aufs Senden.</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent.</source>
        <translation>Zu viele Nachrichten warten aufs Senden.</translation>
    </message>
    <message>
        <source>Not changed.</source>
        <translation>Nicht geändert.</translation>
    </message>
    <message>
        <source>the host</source>
        <translation>der Host</translation>
    </message>
    <message>
        <source>Read-only: host away. What you write waits here and is sent when %1 is back.</source>
        <translation>Nur lesen: Host nicht da. Was du schreibst, wartet hier und wird gesendet, sobald %1 zurück ist.</translation>
    </message>
    <message>
        <source>This command takes no files.</source>
        <translation>Dieser Befehl nimmt keine Dateien.</translation>
    </message>
    <message>
        <source>An edited message gets no new files.</source>
        <translation>Eine bearbeitete Nachricht bekommt keine neuen Dateien.</translation>
    </message>
    <message>
        <source>You cannot attach files here.</source>
        <translation>Du kannst hier keine Dateien anhängen.</translation>
    </message>
    <message>
        <source>Not changed: the guild&apos;s host cannot be reached.</source>
        <translation>Nicht geändert: Der Gastgeber ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>It is not known whether %1 was run: %2</source>
        <translation>Ob %1 ausgeführt wurde, ist nicht bekannt: %2</translation>
    </message>
    <message>
        <source>%1 was not run: %2</source>
        <translation>%1 wurde nicht ausgeführt: %2</translation>
    </message>
</context>
<context>
    <name>guildhall::client::DeviceInfo</name>
    <message>
        <source>development</source>
        <translation>Entwicklung</translation>
    </message>
</context>
<context>
    <name>guildhall::client::EmojiList</name>
    <message>
        <source>This is no picture that can be used here.</source>
        <translation>Das ist kein Bild, das hier taugt.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>Dieses Bild ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::FileSaver</name>
    <message>
        <source>The file is no longer there.</source>
        <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
        <source>You may not have this file.</source>
        <translation>Diese Datei dürfen Sie nicht laden.</translation>
    </message>
    <message>
        <source>The place where the file lies has a problem.</source>
        <translation>Dort, wo die Datei liegt, gibt es ein Problem.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ist abgerissen.</translation>
    </message>
    <message>
        <source>The place where the file lies could not prove who it is.</source>
        <translation>Der Ort, an dem die Datei liegt, konnte sich nicht ausweisen.</translation>
    </message>
    <message>
        <source>The file&apos;s address leads to another place.</source>
        <translation>Die Adresse der Datei führt an einen anderen Ort.</translation>
    </message>
    <message>
        <source>The file is larger than was said. It was not kept.</source>
        <translation>Die Datei ist größer als angegeben. Sie wurde nicht behalten.</translation>
    </message>
    <message>
        <source>Another file of this name came to be there.</source>
        <translation>Inzwischen liegt dort eine andere Datei dieses Namens.</translation>
    </message>
    <message>
        <source>There is not enough room on the disk.</source>
        <translation>Auf dem Datenträger ist nicht genug Platz.</translation>
    </message>
    <message>
        <source>The file cannot be written there.</source>
        <translation>Dort kann die Datei nicht geschrieben werden.</translation>
    </message>
    <message>
        <source>This file has no address.</source>
        <translation>Diese Datei hat keine Adresse.</translation>
    </message>
    <message>
        <source>file</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>%1 is %2 large.</source>
        <translation>%1 ist %2 groß.</translation>
    </message>
    <message>
        <source>The file does not lie at your node but at %1, which will learn your address.</source>
        <translation>Die Datei liegt nicht bei Ihrem Knoten, sondern bei %1; dort erfährt man Ihre Adresse.</translation>
    </message>
    <message>
        <source>Files can only be saved in a folder of this device.</source>
        <translation>Dateien können nur in einem Ordner dieses Geräts gespeichert werden.</translation>
    </message>
    <message>
        <source>%1 is already there. Replace it?</source>
        <translation>%1 ist schon da. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>The folder holds too many of this name.</source>
        <translation>In dem Ordner liegen zu viele dieses Namens.</translation>
    </message>
    <message>
        <source>This file is being saved already.</source>
        <translation>Diese Datei wird schon gespeichert.</translation>
    </message>
    <message>
        <source>Too many files are being saved: wait for some.</source>
        <translation>Es werden zu viele Dateien gespeichert: Warten Sie auf einige.</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Wird gespeichert</translation>
    </message>
    <message>
        <source>Saving, %1 %</source>
        <translation>Wird gespeichert, %1 %</translation>
    </message>
    <message>
        <source>Saving, %1</source>
        <translation>Wird gespeichert, %1</translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <translation>Gespeichert in %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::FoundMessages</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildCreate</name>
    <message>
        <source>This is no invite. It looks like “code” or “code@node”.</source>
        <translation>Das ist keine Einladung. Sie sieht aus wie „code“ oder „code@knoten“.</translation>
    </message>
    <message>
        <source>This invite is not valid any more, or never was.</source>
        <translation>Diese Einladung gilt nicht mehr oder galt nie.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildOverview</name>
    <message>
        <source>Nowhere</source>
        <translation>Nirgends</translation>
    </message>
</context>
<context>
    <name>guildhall::client::GuildView</name>
    <message>
        <source>The guild&apos;s host cannot be reached: nothing can be changed until it is back.</source>
        <translation>Der Gastgeber der Gilde ist nicht erreichbar: Bis er zurück ist, lässt sich nichts ändern.</translation>
    </message>
    <message>
        <source>Too much at once. Try again in a moment.</source>
        <translation>Zu viel auf einmal. Versuch es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Your node failed at this. Try again later.</source>
        <translation>Dein Knoten ist daran gescheitert. Versuch es später noch einmal.</translation>
    </message>
    <message>
        <source>Your node refused this.</source>
        <translation>Dein Knoten hat das abgelehnt.</translation>
    </message>
    <message>
        <source>This guild is not known here.</source>
        <translation>Diese Gilde ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>This needs the permission “%1”. %2</source>
        <translation>Dafür braucht es das Recht „%1“. %2</translation>
    </message>
    <message>
        <source>Your node does not answer. What you did may not have reached it.</source>
        <translation>Dein Knoten antwortet nicht. Was du getan hast, ist vielleicht nicht angekommen.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::HostStatus</name>
    <message>
        <source>Your own node keeps it; nobody else has to be believed.</source>
        <translation>Dein eigener Knoten bewahrt sie auf; du musst niemandem sonst glauben.</translation>
    </message>
    <message>
        <source>Checked: %L1 entries</source>
        <translation>Geprüft: %L1 Einträge</translation>
    </message>
    <message>
        <source>Verified up to %1 (%L2 entries)</source>
        <translation>Geprüft bis %1 (%L2 Einträge)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more on the way</source>
        <translation>
            <numerusform>%Ln weiterer unterwegs</numerusform>
            <numerusform>%Ln weitere unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new is taken from its host: %1</source>
        <translation>Von ihrem Gastgeber wird nichts Neues angenommen: %1</translation>
    </message>
    <message>
        <source>has everything</source>
        <translation>hat alles</translation>
    </message>
    <message>
        <source>has %L1 of %L2 entries</source>
        <translation>hat %L1 von %L2 Einträgen</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>The guild moves as soon as that node has everything.</source>
        <translation>Die Gilde zieht um, sobald jener Knoten alles hat.</translation>
    </message>
    <message>
        <source>The guild stays here.</source>
        <translation>Die Gilde bleibt hier.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::ImageCropper</name>
    <message>
        <source>This is no picture that can be read here.</source>
        <translation>Das ist kein Bild, das hier lesbar ist.</translation>
    </message>
    <message>
        <source>This picture is too large.</source>
        <translation>Dieses Bild ist zu groß.</translation>
    </message>
    <message>
        <source>This picture is damaged.</source>
        <translation>Dieses Bild ist beschädigt.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::InviteList</name>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Unbegrenzt</translation>
    </message>
    <message numerus="yes">
        <source>%n use(s)</source>
        <translation>
            <numerusform>%n Verwendung</numerusform>
            <numerusform>%n Verwendungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::client::LoginModel</name>
    <message>
        <source>This is not the node that was at this address before: its fingerprint is another. Ask whoever runs it before you type a password.</source>
        <translation>Das ist nicht der Knoten, der zuvor unter dieser Adresse war: Sein Fingerabdruck ist ein anderer. Frag den Betreiber, bevor du ein Passwort eintippst.</translation>
    </message>
    <message>
        <source>The way to this node is not encrypted: everybody on it can read your password and your messages.</source>
        <translation>Der Weg zu diesem Knoten ist nicht verschlüsselt: Alle auf ihm können dein Passwort und deine Nachrichten lesen.</translation>
    </message>
    <message>
        <source>That is no address of a node, such as chat.example.org.</source>
        <translation>Das ist keine Adresse eines Knotens wie chat.example.org.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Unter %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>What answers at %1 is no Guildhall node.</source>
        <translation>Was unter %1 antwortet, ist kein Guildhall-Knoten.</translation>
    </message>
    <message>
        <source>The node does not answer.</source>
        <translation>Der Knoten antwortet nicht.</translation>
    </message>
    <message>
        <source>The node answered something that is no login.</source>
        <translation>Die Antwort des Knotens ist keine Anmeldung.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberActions</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message numerus="yes">
        <source>Of the last %n day(s)</source>
        <translation>
            <numerusform>Des letzten Tages</numerusform>
            <numerusform>Der letzten %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>This person is not a member.</source>
        <translation>Diese Person ist kein Mitglied.</translation>
    </message>
    <message>
        <source>This is you.</source>
        <translation>Das bist du.</translation>
    </message>
    <message>
        <source>This person owns the guild.</source>
        <translation>Dieser Person gehört die Gilde.</translation>
    </message>
    <message>
        <source>This person&apos;s highest role is not below yours.</source>
        <translation>Die höchste Rolle dieser Person steht nicht unter deiner.</translation>
    </message>
    <message>
        <source>An integration gives this role.</source>
        <translation>Eine Integration vergibt diese Rolle.</translation>
    </message>
    <message>
        <source>This role is not below your highest one.</source>
        <translation>Diese Rolle steht nicht unter deiner höchsten.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberList</name>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MemberListModel</name>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
</context>
<context>
    <name>guildhall::client::MessageCommands</name>
    <message>
        <source>Not done: there is no connection.</source>
        <translation>Nicht getan: Es besteht keine Verbindung.</translation>
    </message>
    <message>
        <source>The node refused it.</source>
        <translation>Der Knoten hat es abgelehnt.</translation>
    </message>
    <message>
        <source>Not done: the guild&apos;s host cannot be reached.</source>
        <translation>Nicht getan: Der Gastgeber ist nicht erreichbar.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Navigator</name>
    <message>
        <source>This link is of %1, where you have no account on this device.</source>
        <translation>Dieser Link gehört zu %1; dort hast du auf diesem Gerät kein Konto.</translation>
    </message>
    <message>
        <source>another node</source>
        <translation>einem anderen Knoten</translation>
    </message>
    <message>
        <source>This link leads to a guild that you are not in.</source>
        <translation>Dieser Link führt zu einer Gilde, in der du nicht bist.</translation>
    </message>
    <message>
        <source>This link leads to a place that you cannot see, or that is gone.</source>
        <translation>Dieser Link führt an einen Ort, den du nicht sehen kannst oder den es nicht mehr gibt.</translation>
    </message>
    <message>
        <source>This is no link that Guildhall knows.</source>
        <translation>Das ist kein Link, den Guildhall kennt.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::NodeBans</name>
    <message>
        <source>node %1</source>
        <translation>Knoten %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::NodeFacts</name>
    <message>
        <source>Everybody may make an account</source>
        <translation>Alle dürfen ein Konto anlegen</translation>
    </message>
    <message>
        <source>Who has an invite may make an account</source>
        <translation>Wer eine Einladung hat, darf ein Konto anlegen</translation>
    </message>
    <message>
        <source>Takes no new accounts</source>
        <translation>Nimmt keine neuen Konten an</translation>
    </message>
    <message>
        <source>Your node does not answer: this is what this device knows.</source>
        <translation>Dein Knoten antwortet nicht: Das hier weiß dieses Gerät.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Notifier</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n neue Nachricht</numerusform>
            <numerusform>%n neue Nachrichten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>guildhall::client::NotifySettings</name>
    <message>
        <source>Until I end it</source>
        <translation>Bis ich es beende</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n Tag</numerusform>
            <numerusform>%n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>until you end it</source>
        <translation>bis du es beendest</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Alle Nachrichten</translation>
    </message>
    <message>
        <source>Only mentions</source>
        <translation>Nur Erwähnungen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Outbox</name>
    <message>
        <source>This may have been sent already: look before you send it again.</source>
        <translation>Das wurde vielleicht schon gesendet: Sieh nach, bevor du es noch einmal sendest.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Overwrites</name>
    <message>
        <source>This channel is not there any more.</source>
        <translation>Diesen Kanal gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You do not have this permission yourself.</source>
        <translation>Du hast dieses Recht selbst nicht.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::PasswordForm</name>
    <message>
        <source>Your present password is needed.</source>
        <translation>Dein jetziges Passwort wird gebraucht.</translation>
    </message>
    <message numerus="yes">
        <source>At least %n character(s).</source>
        <translation>
            <numerusform>Mindestens %n Zeichen.</numerusform>
            <numerusform>Mindestens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s).</source>
        <translation>
            <numerusform>Höchstens %n Zeichen.</numerusform>
            <numerusform>Höchstens %n Zeichen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden stimmen nicht überein.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::PermissionText</name>
    <message>
        <source>a deleted role</source>
        <translation>eine gelöschte Rolle</translation>
    </message>
    <message>
        <source>%1 allows it for this person.</source>
        <translation>%1 erlaubt es für diese Person.</translation>
    </message>
    <message>
        <source>%1 denies it for this person.</source>
        <translation>%1 verbietet es für diese Person.</translation>
    </message>
    <message>
        <source>%1 allows it for the role %2.</source>
        <translation>%1 erlaubt es für die Rolle %2.</translation>
    </message>
    <message>
        <source>%1 denies it for the role %2.</source>
        <translation>%1 verbietet es für die Rolle %2.</translation>
    </message>
    <message>
        <source>%1 allows it for everybody.</source>
        <translation>%1 erlaubt es für alle.</translation>
    </message>
    <message>
        <source>%1 denies it for everybody.</source>
        <translation>%1 verbietet es für alle.</translation>
    </message>
    <message>
        <source>The guild</source>
        <translation>Die Gilde</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Leute</translation>
    </message>
    <message>
        <source>Text channels</source>
        <translation>Textkanäle</translation>
    </message>
    <message>
        <source>Voice channels</source>
        <translation>Sprachkanäle</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Veranstaltungen</translation>
    </message>
    <message>
        <source>The channel</source>
        <translation>Der Kanal</translation>
    </message>
    <message>
        <source>The owner of the guild may do everything.</source>
        <translation>Wem die Gilde gehört, darf alles.</translation>
    </message>
    <message>
        <source>The role %1 makes administrators, who may do everything.</source>
        <translation>Die Rolle %1 macht zu Administratoren, die alles dürfen.</translation>
    </message>
    <message>
        <source>In timeout until %1.</source>
        <translation>In Auszeit bis %1.</translation>
    </message>
    <message>
        <source>The role %1 grants it.</source>
        <translation>Die Rolle %1 gewährt es.</translation>
    </message>
    <message>
        <source>Everybody in this guild has it.</source>
        <translation>Alle in dieser Gilde haben es.</translation>
    </message>
    <message>
        <source>No role grants it.</source>
        <translation>Keine Rolle gewährt es.</translation>
    </message>
    <message>
        <source>%1 cannot be seen.</source>
        <translation>%1 ist nicht zu sehen.</translation>
    </message>
    <message>
        <source>It needs the permission to send messages.</source>
        <translation>Es braucht das Recht, Nachrichten zu senden.</translation>
    </message>
    <message>
        <source>It needs the permission to connect.</source>
        <translation>Es braucht das Recht, sich zu verbinden.</translation>
    </message>
    <message>
        <source>You are in timeout until %1.</source>
        <translation>Du bist in Auszeit bis %1.</translation>
    </message>
    <message>
        <source>No role of yours grants it.</source>
        <translation>Keine deiner Rollen gewährt es.</translation>
    </message>
    <message>
        <source>Permission %1</source>
        <translation>Recht %1</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Profile</name>
    <message>
        <source>Lives at your node</source>
        <translation>Ist auf deinem Knoten zu Hause</translation>
    </message>
    <message>
        <source>Lives at %1</source>
        <translation>Ist auf %1 zu Hause</translation>
    </message>
    <message>
        <source>Lives at %1, which is reachable</source>
        <translation>Ist auf %1 zu Hause, erreichbar</translation>
    </message>
    <message>
        <source>Lives at %1, which cannot be reached now</source>
        <translation>Ist auf %1 zu Hause, gerade nicht erreichbar</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RecoveryForm</name>
    <message>
        <source>The file could not be written.</source>
        <translation>Die Datei konnte nicht geschrieben werden.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::Rest::Impl</name>
    <message>
        <source>Too much is asked of the node at once.</source>
        <translation>Vom Knoten wird zu viel auf einmal verlangt.</translation>
    </message>
    <message>
        <source>This cannot be asked of a node.</source>
        <translation>Das lässt sich von einem Knoten nicht verlangen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>%1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The node&apos;s answer is too long.</source>
        <translation>Die Antwort des Knotens ist zu lang.</translation>
    </message>
    <message>
        <source>The node sends us to another address.</source>
        <translation>Der Knoten verweist auf eine andere Adresse.</translation>
    </message>
    <message>
        <source>The node could not prove who it is.</source>
        <translation>Der Knoten konnte nicht beweisen, wer er ist.</translation>
    </message>
    <message>
        <source>The node cannot be reached.</source>
        <translation>Der Knoten ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The node&apos;s answer makes no sense.</source>
        <translation>Die Antwort des Knotens ergibt keinen Sinn.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RoleForm</name>
    <message>
        <source>This role is not below your highest one.</source>
        <translation>Diese Rolle steht nicht unter deiner höchsten.</translation>
    </message>
    <message>
        <source>This role is not there any more.</source>
        <translation>Diese Rolle gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You do not have this permission yourself.</source>
        <translation>Du hast dieses Recht selbst nicht.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::RoleList</name>
    <message>
        <source>It stands below all others.</source>
        <translation>Sie steht unter allen anderen.</translation>
    </message>
    <message>
        <source>It is not below your highest role.</source>
        <translation>Sie steht nicht unter deiner höchsten Rolle.</translation>
    </message>
    <message>
        <source>new role</source>
        <translation>neue Rolle</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SearchModel</name>
    <message>
        <source>All of this channel was searched.</source>
        <translation>Dieser Kanal wurde ganz durchsucht.</translation>
    </message>
    <message>
        <source>Nothing of this channel is on this device yet.</source>
        <translation>Von diesem Kanal ist noch nichts auf diesem Gerät.</translation>
    </message>
    <message>
        <source>This device knows this channel back to %1.</source>
        <translation>Dieses Gerät kennt diesen Kanal zurück bis %1.</translation>
    </message>
    <message>
        <source>Nobody here is called “%1”.</source>
        <translation>Niemand hier heißt „%1“.</translation>
    </message>
    <message>
        <source>No channel here is called “%1”.</source>
        <translation>Kein Kanal hier heißt „%1“.</translation>
    </message>
    <message>
        <source>Your node was searched as well.</source>
        <translation>Auch der Knoten wurde durchsucht.</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SessionList</name>
    <message>
        <source>Unknown program</source>
        <translation>Unbekanntes Programm</translation>
    </message>
</context>
<context>
    <name>guildhall::client::SuggestionModel</name>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
</context>
<context>
    <name>guildhall::client::TimelineModel</name>
    <message>
        <source>Messages could not be loaded</source>
        <translation>Nachrichten konnten nicht geladen werden</translation>
    </message>
    <message>
        <source>The channel begins here</source>
        <translation>Hier beginnt der Kanal</translation>
    </message>
    <message>
        <source>Loading messages</source>
        <translation>Nachrichten werden geladen</translation>
    </message>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>Bot</translation>
    </message>
    <message>
        <source>%1 used /%2</source>
        <translation>%1 verwendete /%2</translation>
    </message>
    <message>
        <source>The message could not be loaded.</source>
        <translation>Die Nachricht konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Several people are typing…</source>
        <translation>Mehrere Leute schreiben …</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message numerus="yes">
        <source>%1 typing…</source>
        <translation>
            <numerusform>%1 schreibt …</numerusform>
            <numerusform>%1 schreiben …</numerusform>
        </translation>
    </message>
    <message>
        <source>Link copied</source>
        <translation>Link kopiert</translation>
    </message>
    <message>
        <source>The picture could not be copied.</source>
        <translation>Das Bild konnte nicht kopiert werden.</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
</context>
</TS>
