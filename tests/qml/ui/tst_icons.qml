import QtQuick
import QtTest
import Guildhall.Ui
import "qrc:/qt/qml/Guildhall/Ui/icons/glyphs.js" as Glyphs

// The icon font is there, and every name has an outline in it.
TestCase {
    id: root
    name: "Icons"

    TextMetrics {
        id: metrics
        font.family: Theme.iconFont.name
        font.pixelSize: 24
    }

    function test_the_font_is_loaded() {
        compare(Theme.iconFont.status, FontLoader.Ready);
        compare(Theme.iconFont.name, "lucide");
    }
    function test_every_name_has_an_outline() {
        verify(Object.keys(Glyphs.glyphs).length > 200);
        for (const name in Glyphs.glyphs) {
            metrics.text = Glyphs.glyphs[name];
            fuzzyCompare(metrics.advanceWidth, 24, 0.1, name);
            verify(metrics.tightBoundingRect.width > 1 && metrics.tightBoundingRect.height > 1, name);
        }
    }
}
