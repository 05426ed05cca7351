pragma Singleton
import QtQuick

// Every colour and size of the client. The app sets the first block from Preferences and its
// window; everything else follows, so that a page never asks which scheme or device it is on.
QtObject {
    id: root

    property string scheme: "dark" // "light", "dark" or "contrast"; anything else is dark
    property real fontScale: 1.0 // of texts and what stands beside them, zoom included: 0.5 to 3
    property real zoom: 1.0 // of distances, corners and columns: 0.5 to 3
    property bool reducedMotion: false
    property bool compact: false
    property real windowWidth: 1280
    property string monospaceFamily: "monospace"

    readonly property bool isPhone: windowWidth < 700 * Math.max(1, zoom)

    readonly property SchemeColors light: LightColors {
    }
    readonly property SchemeColors darkColors: DarkColors {
    }
    readonly property SchemeColors contrast: ContrastColors {
    }
    readonly property SchemeColors colors: scheme === "light" ? light : scheme === "contrast" ? contrast : darkColors

    readonly property bool dark: colors.dark
    readonly property color rail: colors.rail
    readonly property color sidebar: colors.sidebar
    readonly property color surface: colors.surface
    readonly property color elevated: colors.elevated
    readonly property color field: colors.field
    readonly property color codeBackground: colors.codeBackground
    readonly property color tooltip: colors.tooltip
    readonly property color divider: colors.divider
    readonly property color outline: colors.outline
    readonly property color hover: colors.hover
    readonly property color pressed: colors.pressed
    readonly property color selected: colors.selected
    readonly property color button: colors.button
    readonly property color buttonHover: colors.buttonHover
    readonly property color mentionTint: colors.mentionTint
    readonly property color scrim: colors.scrim
    readonly property color shade: colors.shade
    readonly property color focus: colors.focus
    readonly property color text: colors.text
    readonly property color muted: colors.muted
    readonly property color link: colors.link
    readonly property color accentText: colors.accentText
    readonly property color positive: colors.positive
    readonly property color warning: colors.warning
    readonly property color danger: colors.danger
    readonly property color unread: colors.unread
    readonly property color tooltipInk: colors.tooltipInk
    readonly property color online: colors.online
    readonly property color idle: colors.idle
    readonly property color dnd: colors.dnd
    readonly property color offline: colors.offline
    readonly property color accent: colors.accent
    readonly property color accentHover: colors.accentHover
    readonly property color accentInk: colors.accentInk
    readonly property color dangerFill: colors.dangerFill
    readonly property color dangerFillHover: colors.dangerFillHover
    readonly property color dangerInk: colors.dangerInk
    readonly property color mention: colors.mention
    readonly property color mentionInk: colors.mentionInk
    readonly property color infoTint: colors.infoTint
    readonly property color positiveTint: colors.positiveTint
    readonly property color warningTint: colors.warningTint
    readonly property color dangerTint: colors.dangerTint
    readonly property color codeKeyword: colors.codeKeyword
    readonly property color codeString: colors.codeString
    readonly property color codeNumber: colors.codeNumber
    readonly property color codeComment: colors.codeComment
    readonly property color codeType: colors.codeType

    // Backgrounds of initials, white text on them; the same in every scheme.
    readonly property list<color> avatarColors: ["#3f62c9", "#8a46b8", "#b03a6f", "#b0472f", "#86600f", "#3d7434", "#16756d", "#566072"]

    // Distances.
    readonly property int spaceXs: Math.round(4 * zoom)
    readonly property int spaceS: Math.round(8 * zoom)
    readonly property int spaceM: Math.round(12 * zoom)
    readonly property int spaceL: Math.round(16 * zoom)
    readonly property int spaceXl: Math.round(24 * zoom)
    readonly property int spaceXxl: Math.round(32 * zoom)
    readonly property int radiusS: Math.round(4 * zoom)
    readonly property int radiusM: Math.round(8 * zoom)
    readonly property int radiusL: Math.round(12 * zoom)
    readonly property int borderWidth: scheme === "contrast" ? 2 : 1
    readonly property int focusWidth: scheme === "contrast" ? 3 : 2

    // Sizes. A finger needs 44; compact never goes below that on a phone.
    readonly property int controlHeight: Math.round(isPhone ? Math.max(44, 44 * fontScale) : (compact ? 30 : 36) * fontScale)
    readonly property int smallControlHeight: Math.round(isPhone ? Math.max(44, 44 * fontScale) : (compact ? 24 : 28) * fontScale)
    readonly property int rowHeight: Math.round(isPhone ? Math.max(48, 48 * fontScale) : (compact ? 28 : 34) * fontScale)
    readonly property int headerHeight: Math.round((isPhone ? 56 : 48) * Math.max(1, fontScale))
    // Large letters need the room of a phone more than its icons do.
    readonly property real iconScale: isPhone ? Math.min(1.4, fontScale) : fontScale
    readonly property int iconSmall: Math.round(16 * iconScale)
    readonly property int iconMedium: Math.round((isPhone ? 22 : 20) * iconScale)
    readonly property int iconLarge: Math.round(28 * iconScale)
    readonly property int railWidth: Math.round(72 * zoom)
    readonly property int tileSize: Math.round(48 * zoom)
    readonly property int avatarTiny: Math.round(20 * fontScale)
    readonly property int avatarSmall: Math.round((compact ? 24 : 32) * fontScale)
    readonly property int avatarMedium: Math.round(40 * fontScale)
    readonly property int avatarLarge: Math.round(80 * fontScale)

    // Font sizes in pixels.
    readonly property int fontTiny: Math.round(11 * fontScale)
    readonly property int fontCaption: Math.round(12 * fontScale)
    readonly property int fontSmall: Math.round(13 * fontScale)
    readonly property int fontControl: Math.round((isPhone ? 16 : 14) * fontScale)
    readonly property int fontBody: Math.round((isPhone ? 16 : 15) * fontScale)
    readonly property int fontTitle: Math.round((isPhone ? 18 : 16) * fontScale)
    readonly property int fontHeading: Math.round(20 * fontScale)
    readonly property int fontDisplay: Math.round(28 * fontScale)

    readonly property list<int> fontSizes: [fontBody, fontSmall, fontCaption, fontTiny, fontTitle, fontHeading, fontDisplay] // by GText.Kind

    // Durations; an animation bound to these is none at all under reduced motion.
    readonly property int quick: reducedMotion ? 0 : 90
    readonly property int gentle: reducedMotion ? 0 : 180

    readonly property FontLoader iconFont: FontLoader {
        source: "icons/lucide.ttf"
    }

    // Which of avatarColors an id has: by its last digits, so that it never changes.
    // (qmllint 6.4 dies of a method called on a parameter that is said to be a string.)
    function avatarColor(id: var): color {
        const digits = parseInt(id.slice(-6)) || id.length;
        return avatarColors[digits % avatarColors.length];
    }

    // One colour laid over another, as the screen shows a translucent one.
    function over(top: color, bottom: color): color {
        const mix = (a, b) => a * top.a + b * (1 - top.a);
        return Qt.rgba(mix(top.r, bottom.r), mix(top.g, bottom.g), mix(top.b, bottom.b), 1);
    }

    // A colour that somebody chose (a role's), made lighter or darker until text in it can be read
    // on that ground: contrast 4.5 (WCAG 2, 1.4.3), 7 in the scheme of high contrast.
    function readable(ink: color, ground: color): color {
        const wanted = scheme === "contrast" ? 7 : 4.5;
        const step = luminance(ground) < 0.18 ? 0.05 : -0.05;
        let shown = ink;
        for (let light = ink.hslLightness; contrastOf(shown, ground) < wanted && light > 0 && light < 1; ) {
            light = Math.max(0, Math.min(1, light + step));
            shown = Qt.hsla(Math.max(0, ink.hslHue), ink.hslSaturation, light, 1);
        }
        return contrastOf(shown, ground) < wanted ? text : shown;
    }
    function contrastOf(one: color, other: color): real {
        const a = luminance(one) + 0.05, b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }
    function luminance(of: color): real {
        const linear = part => part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        return 0.2126 * linear(of.r) + 0.7152 * linear(of.g) + 0.0722 * linear(of.b);
    }
}
