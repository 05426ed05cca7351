import QtQuick
import QtTest
import Guildhall.Ui

// Every control in every scheme, size and direction, without a word on the console, and every
// place where the keyboard stops has a name for a screen reader.
Item {
    id: root

    Stage {
        id: stage
        page: Component {
            Gallery {
            }
        }

        TestCase {
            name: "Gallery"
            when: windowShown

            function init() {
                failOnWarning(/.*/);
                stage.reset();
            }
            function looks(): var {
                const found = [];
                for (const scheme of ["light", "dark", "contrast"])
                    for (const width of [1000, 390])
                        for (const mirrored of [false, true])
                            found.push({
                                    "tag": scheme + width + (mirrored ? "rtl" : "ltr"),
                                    "scheme": scheme,
                                    "width": width,
                                    "mirrored": mirrored
                                });
                return found;
            }
            function test_every_page_in_every_look_data() {
                return looks();
            }
            function test_every_page_in_every_look(data) {
                Theme.scheme = data.scheme;
                stage.resize(data.width, 800, data.mirrored);
                for (let page = 0; page < 5; ++page) {
                    stage.shown.page = page;
                    waitForRendering(stage.contentItem);
                    compare(Theme.isPhone, data.width === 390);
                    checkNames();
                    if (data.width === 390)
                        checkFingers();
                }
            }
            function checkNames() {
                for (const stop of stage.stops(stage.contentItem)) {
                    // Qt empties the name of a password; its description takes its place.
                    const name = stop.Accessible.passwordEdit ? stop.Accessible.description : stop.Accessible.name;
                    verify(name !== "", "no name: " + stop);
                    verify(stop.Accessible.role !== Accessible.NoRole, "no role: " + stop);
                }
            }
            function checkFingers() {
                for (const stop of stage.stops(stage.contentItem))
                    if (!(stop instanceof TagChip) && !(stop instanceof SectionHeader))
                        verify(stop.height >= 40, "too small for a finger: " + stop.Accessible.name + " " + stop.height);
            }
            function test_text_of_every_size_data() {
                return [{
                        "tag": "0.8",
                        "scale": 0.8
                    }, {
                        "tag": "2",
                        "scale": 2
                    }];
            }
            function test_text_of_every_size(data) {
                Theme.fontScale = data.scale;
                Theme.compact = data.scale < 1;
                for (let page = 0; page < 5; ++page) {
                    stage.shown.page = page;
                    waitForRendering(stage.contentItem);
                }
            }
            function test_with_motion() {
                Theme.reducedMotion = false;
                for (let page = 0; page < 5; ++page) {
                    stage.shown.page = page;
                    waitForRendering(stage.contentItem);
                }
            }
            function test_tab_reaches_every_stop_and_shows_a_ring() {
                for (let page = 0; page < 4; ++page) {
                    stage.shown.page = page;
                    waitForRendering(stage.contentItem);
                    stage.requestActivate();
                    tryCompare(stage, "active", true);
                    const wanted = stage.stops(stage.contentItem);
                    wanted[0].forceActiveFocus(Qt.TabFocusReason);
                    const seen = new Set();
                    for (let i = 0; i < wanted.length + 2; ++i) {
                        seen.add(stage.activeFocusItem);
                        keyClick(Qt.Key_Tab);
                    }
                    for (const stop of wanted)
                        verify(seen.has(stop), "not reached: " + stop.Accessible.name + " on page " + page);
                }
            }
        }
    }
}
