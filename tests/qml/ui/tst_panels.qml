import QtQuick
import QtTest
import Guildhall.Ui

// The three columns: dragged and by keyboard on the desktop, swiped on a phone, either direction.
Item {
    id: root

    Stage {
        id: stage
        page: Component {
            Gallery {
                page: 4
            }
        }

        TestCase {
            name: "Panels"
            when: windowShown

            property SplitPanels panels: null

            function initTestCase() {
                waitForRendering(stage.contentItem);
            }
            function init() {
                failOnWarning(/.*/);
                stage.reset();
                stage.requestActivate();
                tryCompare(stage, "active", true);
                stage.shown.page = 0;
                stage.shown.page = 4;
                panels = stage.named("panels") as SplitPanels;
                resized(1000, false);
            }
            function resized(width: int, mirrored: bool) {
                stage.resize(width, 800, mirrored);
                waitForRendering(stage.contentItem);
                tryCompare(panels, "width", width);
            }
            // A swipe by this far along the line's direction on the screen.
            function swipe(distance: real) {
                const y = 400, from = 195 - distance / 2;
                const touch = touchEvent(panels);
                touch.press(0, panels, from, y).commit();
                for (let i = 1; i <= 8; ++i)
                    touch.move(0, panels, from + distance * i / 8, y).commit();
                touch.release(0, panels, from + distance, y).commit();
            }
            function handles(): var {
                return stage.all(panels, item => item instanceof PanelHandle && item.visible);
            }

            function test_columns_stand_side_by_side_on_the_desktop() {
                compare(handles().length, 2);
                compare(panels.leftSpace + panels.rightSpace, panels.leftWidth + panels.rightWidth);
            }
            function test_arrow_keys_move_the_lines_between_columns_data() {
                return [{
                        "tag": "ltr",
                        "mirrored": false
                    }, {
                        "tag": "rtl",
                        "mirrored": true
                    }];
            }
            function test_arrow_keys_move_the_lines_between_columns(data) {
                stage.mirror = data.mirrored;
                const left = panels.leftWidth, right = panels.rightWidth, sign = data.mirrored ? -1 : 1;
                handles()[0].forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Right);
                compare(panels.leftWidth, left + sign * 16);
                handles()[1].forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Right);
                compare(panels.rightWidth, right - sign * 16);
            }
            function test_a_column_is_dragged_within_its_bounds() {
                mouseDrag(panels, panels.leftWidth, 300, 60, 0);
                verify(panels.leftWidth > 320 && panels.leftWidth <= 362, panels.leftWidth);
                mouseDrag(panels, panels.leftWidth, 300, 900, 0);
                compare(panels.leftWidth, panels.leftMaximum);
                mouseDrag(panels, panels.leftWidth, 300, -900, 0);
                compare(panels.leftWidth, panels.leftMinimum);
            }
            function test_swipes_show_what_is_before_and_after_data() {
                return [{
                        "tag": "ltr",
                        "mirrored": false
                    }, {
                        "tag": "rtl",
                        "mirrored": true
                    }];
            }
            function test_swipes_show_what_is_before_and_after(data) {
                resized(390, data.mirrored);
                const on = data.mirrored ? -1 : 1;
                compare(panels.place, 0);
                compare(handles().length, 0);
                swipe(on * 200);
                compare(panels.place, -1);
                swipe(on * 200);
                compare(panels.place, -1);
                swipe(-on * 200);
                compare(panels.place, 0);
                swipe(-on * 200);
                compare(panels.place, 1);
                panels.showMain();
                swipe(on * 30);
                compare(panels.place, 0);
            }
            function test_a_panel_that_is_not_there_is_not_swiped_to() {
                resized(390, false);
                panels.rightVisible = false;
                swipe(-200);
                compare(panels.place, 0);
                panels.showRight();
                compare(panels.place, 0);
            }
            function test_the_focus_is_where_the_panel_is() {
                resized(390, false);
                panels.forceActiveFocus(Qt.TabFocusReason);
                panels.showLeft();
                const row = stage.named("leftRow");
                row.forceActiveFocus(Qt.TabFocusReason);
                compare(row.activeFocus, true);
                keyClick(Qt.Key_Return);
                compare(panels.place, 0);
                compare(row.activeFocus, false);
            }
            function test_escape_and_back_lead_to_the_middle() {
                stage.resize(390, 800, false);
                for (const key of [Qt.Key_Escape, Qt.Key_Back]) {
                    panels.showLeft();
                    panels.forceActiveFocus();
                    keyClick(key);
                    compare(panels.place, 0);
                }
            }
            function test_back_on_a_page_shows_the_left_panel() {
                resized(390, false);
                const page = stage.all(panels, item => item instanceof PhonePage)[0];
                page.forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Escape);
                compare(panels.place, -1);
            }
            function test_a_window_that_grows_shows_all_columns() {
                resized(390, false);
                panels.showLeft();
                resized(1000, false);
                compare(panels.place, 0);
                compare(handles().length, 2);
            }
        }
    }
}
