import QtQuick
import QtTest
import Guildhall.Ui

// Every control does by keyboard what it does by pointer.
Item {
    id: root

    Stage {
        id: stage
        page: Component {
            Gallery {
            }
        }

        SignalSpy {
            id: spy
        }

        Component {
            id: owners

            Item {
                property color shown: "#3498db"
                readonly property ColorPickerField field: picker

                ColorPickerField {
                    id: picker
                    color: parent.shown
                }
            }
        }
        TestCase {
            name: "Keyboard"
            when: windowShown

            function initTestCase() {
                waitForRendering(stage.contentItem); // the test's own window takes the focus first
                wait(0);
            }
            function init() {
                failOnWarning(/.*/);
                stage.reset();
                stage.requestActivate();
                tryCompare(stage, "active", true);
            }
            // A control of a page of the gallery, with the focus; a signal of it is watched.
            function control(page: int, name: string, signal: string): Item {
                stage.shown.page = -1;
                stage.shown.page = page;
                const item = stage.named(name);
                verify(item, name);
                item.forceActiveFocus(Qt.TabFocusReason);
                tryCompare(item, "activeFocus", true);
                spy.signalName = "";
                spy.target = item;
                spy.signalName = signal;
                spy.clear();
                return item;
            }
            function cleanup() {
                spy.target = null;
            }

            // Who edits one thing after another shows the colour of each.
            function test_a_colour_that_is_picked_does_not_end_what_it_shows() {
                const owner = createTemporaryObject(owners, stage.contentItem);
                const field = owner.field;
                field.pickNumber("112233");
                verify(Qt.colorEqual(field.color, "#3498db"));
                owner.shown = "#445566";
                verify(Qt.colorEqual(field.color, "#445566"));
            }
            function test_a_button_is_clicked_by_space_and_enter_data() {
                return [{
                        "tag": "plain",
                        "page": 0
                    }, {
                        "tag": "iconButton",
                        "page": 0
                    }, {
                        "tag": "chip",
                        "page": 2
                    }, {
                        "tag": "row",
                        "page": 3
                    }];
            }
            function test_a_button_is_clicked_by_space_and_enter(data) {
                control(data.page, data.tag, "clicked");
                keyClick(Qt.Key_Space);
                compare(spy.count, 1);
                keyClick(Qt.Key_Return);
                compare(spy.count, 2);
                keyClick(Qt.Key_Enter);
                compare(spy.count, 3);
            }
            function test_a_disabled_or_busy_button_is_not_clicked() {
                const button = control(0, "plain", "clicked");
                button.busy = true;
                keyClick(Qt.Key_Space);
                keyClick(Qt.Key_Return);
                compare(spy.count, 0);
            }
            function test_delete_removes_a_chip() {
                control(2, "chip", "removed");
                keyClick(Qt.Key_Delete);
                compare(spy.count, 1);
            }
            function test_a_row_asks_for_its_menu() {
                const row = control(3, "row", "menuRequested");
                keyClick(Qt.Key_Menu);
                mouseClick(row, 5, 5, Qt.RightButton);
                compare(spy.count, 2);
            }
            function test_a_switch_and_a_check_box_turn_by_space_and_enter_data() {
                return [{
                        "tag": "toggle"
                    }, {
                        "tag": "check"
                    }];
            }
            function test_a_switch_and_a_check_box_turn_by_space_and_enter(data) {
                const item = control(1, data.tag, "toggled");
                keyClick(Qt.Key_Space);
                compare(item.checked, false);
                keyClick(Qt.Key_Return);
                compare(item.checked, true);
                compare(spy.count, 2);
            }
            function test_arrows_choose_among_radio_buttons() {
                control(1, "radio", "toggled");
                keyClick(Qt.Key_Down);
                compare(stage.named("radio2").checked, true);
                compare(stage.named("radio").checked, false);
                keyClick(Qt.Key_Up);
                compare(stage.named("radio").checked, true);
            }
            function test_typing_edits_and_enter_accepts() {
                const field = control(1, "name", "accepted");
                keySequence("H,i");
                keyClick(Qt.Key_Return);
                compare(field.text, "hi");
                compare(spy.count, 1);
            }
            function test_a_password_is_shown_by_its_button() {
                control(1, "password", "edited");
                keyClick(Qt.Key_Tab);
                compare(stage.activeFocusItem.Accessible.name, "Show password");
                keyClick(Qt.Key_Space);
                compare(stage.activeFocusItem.Accessible.name, "Hide password");
            }
            function test_the_menu_key_offers_to_copy_and_paste() {
                const field = control(1, "name", "edited");
                keySequence("o,l,d");
                keyClick(Qt.Key_A, Qt.ControlModifier);
                keyClick(Qt.Key_Menu);
                tryVerify(() => stage.activeFocusItem.Accessible.name !== field.accessibleName);
                keyClick(Qt.Key_Down);
                compare(stage.activeFocusItem.Accessible.name, "Cut");
                keyClick(Qt.Key_Return);
                compare(field.text, "");
                tryCompare(field, "activeFocus", true);
                mouseClick(field, 60, field.height / 2, Qt.RightButton);
                keyClick(Qt.Key_Down);
                compare(stage.activeFocusItem.Accessible.name, "Paste");
                keyClick(Qt.Key_Return);
                compare(field.text, "old");
            }
            function test_a_password_is_not_copied() {
                control(1, "password", "edited");
                keyClick(Qt.Key_A, Qt.ControlModifier);
                keyClick(Qt.Key_Menu);
                keyClick(Qt.Key_Down);
                verify(["Paste", "Select all"].includes(stage.activeFocusItem.Accessible.name));
                keyClick(Qt.Key_Escape);
            }
            function test_escape_empties_a_search() {
                const field = control(1, "search", "cleared");
                keyClick(Qt.Key_Escape);
                compare(field.text, "");
                compare(spy.count, 1);
                keyClick(Qt.Key_Escape);
                compare(spy.count, 1);
            }
            function test_tab_leaves_a_text_area() {
                const area = control(1, "area", "edited");
                keyClick(Qt.Key_Return);
                verify(area.text.indexOf("\n") >= 0);
                verify(spy.count > 0);
                keyClick(Qt.Key_Tab);
                compare(area.activeFocus, false);
                keyClick(Qt.Key_Backtab);
                compare(area.activeFocus, true);
            }
            function test_a_text_area_is_bounded() {
                const area = control(1, "area", "edited");
                area.maximumLength = 4;
                area.text = "123456";
                compare(area.text, "1234");
            }
            function test_a_select_box_by_arrows_and_by_its_list() {
                const box = control(1, "select", "activated");
                keyClick(Qt.Key_Down);
                compare(box.currentIndex, 1);
                keyClick(Qt.Key_Return);
                keyClick(Qt.Key_Down);
                keyClick(Qt.Key_Return);
                compare(box.currentIndex, 2);
                compare(spy.count, 2);
                keyClick(Qt.Key_Space);
                keyClick(Qt.Key_Escape);
                compare(box.activeFocus, true);
            }
            function test_arrows_move_a_slider() {
                const slider = control(1, "slider", "moved");
                keyClick(Qt.Key_Right);
                compare(slider.value, 120);
                keyClick(Qt.Key_Left);
                compare(slider.value, 110);
                compare(spy.count, 2);
            }
            function test_a_colour_by_its_number_and_by_a_swatch() {
                const field = control(1, "colour", "picked");
                keyClick(Qt.Key_A, Qt.ControlModifier);
                keySequence("0,0,F");
                keySequence("F,7,F");
                verify(Qt.colorEqual(field.color, "#00ff7f"));
                keyClick(Qt.Key_Backtab);
                keyClick(Qt.Key_Left);
                keyClick(Qt.Key_Space);
                verify(Qt.colorEqual(field.color, "#ad1457"));
            }
            function test_a_section_folds() {
                const section = control(3, "section", "folded");
                keyClick(Qt.Key_Space);
                compare(section.collapsed, true);
            }
            function test_arrows_go_along_tabs_either_way() {
                control(0, "plain", "clicked");
                const tabs = stage.all(stage.contentItem, item => item instanceof TabStrip)[0];
                tabs.forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Right);
                compare(stage.shown.page, 1);
                stage.mirror = true;
                keyClick(Qt.Key_Right);
                compare(stage.shown.page, 0);
            }
        }
    }
}
