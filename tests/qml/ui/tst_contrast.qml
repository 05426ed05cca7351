import QtQuick
import QtTest
import Guildhall.Ui

// Text can be read on whatever it lies, in every scheme, by the formula of WCAG 2.
TestCase {
    id: root
    name: "Contrast"

    function linear(part: real): real {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
    function luminance(colour: color): real {
        return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
    }
    function ratio(a: color, b: color): real {
        const bright = luminance(a) + 0.05, other = luminance(b) + 0.05;
        return Math.max(bright, other) / Math.min(bright, other);
    }
    function atLeast(least: real, ink: string, ground: color, where: string) {
        const got = ratio(Theme.colors[ink], ground);
        verify(got >= least, ink + " on " + where + " in " + Theme.scheme + ": " + got.toFixed(2) + " < " + least);
    }
    function cleanup() {
        Theme.scheme = "dark";
    }
    function init_data() {
        return [{
                "tag": "light",
                "least": 4.5
            }, {
                "tag": "dark",
                "least": 4.5
            }, {
                "tag": "contrast",
                "least": 7
            }];
    }

    function test_text_on_every_place_and_veil(data) {
        Theme.scheme = data.tag;
        for (const place of ["rail", "sidebar", "surface", "elevated", "field"])
            for (const veil of ["", "hover", "pressed", "selected", "mentionTint"]) {
                const ground = veil === "" ? Theme.colors[place] : Theme.over(Theme.colors[veil], Theme.colors[place]);
                for (const ink of ["text", "muted", "link", "accentText", "danger", "positive", "warning", "unread"])
                    atLeast(data.least, ink, ground, place + "+" + veil);
            }
    }
    function test_text_of_buttons_on_every_place(data) {
        Theme.scheme = data.tag;
        for (const place of ["rail", "sidebar", "surface", "elevated", "infoTint", "warningTint", "dangerTint"])
            for (const veil of ["button", "buttonHover"])
                atLeast(data.least, "text", Theme.over(Theme.colors[veil], Theme.colors[place]), place + "+" + veil);
    }
    function test_text_on_fills(data) {
        Theme.scheme = data.tag;
        const pairs = [["accentInk", "accent"], ["accentInk", "accentHover"], ["dangerInk", "dangerFill"], ["dangerInk", "dangerFillHover"], ["mentionInk", "mention"], ["tooltipInk", "tooltip"], ["text", "infoTint"], ["text", "positiveTint"], ["text", "warningTint"], ["text", "dangerTint"], ["accentText", "infoTint"], ["positive", "positiveTint"], ["warning", "warningTint"], ["danger", "dangerTint"], ["text", "codeBackground"], ["muted", "codeBackground"], ["surface", "muted"]];
        for (const [ink, fill] of pairs)
            atLeast(data.least, ink, Theme.colors[fill], fill);
    }
    function test_code_on_its_background(data) {
        Theme.scheme = data.tag;
        for (const ink of ["codeKeyword", "codeString", "codeNumber", "codeComment", "codeType"])
            atLeast(data.least, ink, Theme.codeBackground, "codeBackground");
    }
    function test_outlines_rings_and_dots_are_seen(data) {
        Theme.scheme = data.tag;
        for (const place of ["rail", "sidebar", "surface", "elevated", "field"])
            for (const line of ["outline", "focus", "online", "idle", "dnd", "offline"])
                atLeast(3, line, Theme.colors[place], place);
    }
    function test_initials_on_avatars(data) {
        for (const ground of Theme.avatarColors)
            verify(ratio(Qt.color("white"), Qt.color(ground)) >= 4.5, ground);
    }
}
