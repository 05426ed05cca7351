import QtQuick
import QtTest
import Guildhall.Ui

// What lies over a page: it takes the focus, keeps it, and gives it back.
Item {
    id: root

    Stage {
        id: stage
        page: Component {
            Gallery {
            }
        }

        TestCase {
            name: "Popups"
            when: windowShown

            property var popup: null

            function init() {
                failOnWarning(/.*/);
                stage.reset();
                stage.requestActivate();
                tryCompare(stage, "active", true);
            }
            // Opens one from its button, by keyboard.
            function opened(name: string) {
                stage.shown.page = -1;
                stage.shown.page = 0;
                stage.named(name + "Button").forceActiveFocus(Qt.TabFocusReason);
                keyClick(Qt.Key_Return);
                popup = stage.find(name);
                tryCompare(popup, "opened", true);
            }
            function closedAndFocusOn(name: string) {
                tryCompare(popup, "visible", false);
                tryCompare(stage.named(name + "Button"), "activeFocus", true);
            }
            function within(item: Item, outer: Item): bool {
                for (let at = item; at; at = at.parent)
                    if (at === outer)
                        return true;
                return false;
            }
            function looks(): var {
                return [{
                        "tag": "desktop",
                        "width": 1000
                    }, {
                        "tag": "phone",
                        "width": 390
                    }];
            }

            function test_a_dialog_keeps_the_focus_and_gives_it_back_data() {
                return looks();
            }
            function test_a_dialog_keeps_the_focus_and_gives_it_back(data) {
                stage.resize(data.width, 800, false);
                opened("dialog");
                compare(stage.activeFocusItem.Accessible.name, "Type its name to confirm");
                const seen = new Set();
                for (let i = 0; i < 7; ++i) {
                    keyClick(Qt.Key_Tab);
                    verify(within(stage.activeFocusItem, popup.contentItem));
                    seen.add(stage.activeFocusItem.Accessible.name);
                }
                compare(Array.from(seen).sort(), ["Cancel", "Delete channel", "Type its name to confirm"]);
                keyClick(Qt.Key_Backtab);
                verify(within(stage.activeFocusItem, popup.contentItem));
                keyClick(Qt.Key_Escape);
                closedAndFocusOn("dialog");
            }
            function test_a_question_does_what_it_was_given_on_a_yes_only() {
                const question = createTemporaryObject(questions, stage.contentItem);
                let done = "";
                question.ask("Delete a?", "For good.", "Delete", () => done += "a");
                tryCompare(question, "opened", true);
                keyClick(Qt.Key_Escape);
                tryCompare(question, "visible", false);
                compare(done, "");
                question.ask("Delete b?", "For good.", "Delete", () => done += "b");
                tryCompare(question, "opened", true);
                question.accept();
                compare(done, "b");
            }
            function test_enter_in_a_field_accepts_a_dialog() {
                opened("dialog");
                const spy = createTemporaryObject(spies, root, {
                        "target": popup,
                        "signalName": "accepted"
                    });
                keyClick(Qt.Key_Return);
                compare(spy.count, 1);
                closedAndFocusOn("dialog");
            }
            function test_enter_does_nothing_while_a_dialog_cannot_be_accepted() {
                opened("dialog");
                popup.acceptEnabled = false;
                keyClick(Qt.Key_Return);
                compare(popup.visible, true);
                popup.acceptEnabled = true;
                popup.reject();
            }
            function test_a_press_outside_does_not_close_a_dialog() {
                opened("dialog");
                mouseClick(stage.contentItem, 3, 3);
                compare(popup.visible, true);
                popup.reject();
            }
            function test_a_dialog_fits_its_window_data() {
                return looks();
            }
            function test_a_dialog_fits_its_window(data) {
                stage.resize(data.width, 300, false);
                Theme.fontScale = 2;
                opened("dialog");
                verify(popup.x >= 0 && popup.x + popup.width <= data.width);
                verify(popup.y >= 0 && popup.y + popup.height <= 300, popup.y + " " + popup.height);
                popup.reject();
            }
            function test_a_sheet_keeps_the_focus_and_gives_it_back_data() {
                return looks();
            }
            function test_a_sheet_keeps_the_focus_and_gives_it_back(data) {
                stage.resize(data.width, 800, false);
                opened("sheet");
                for (let i = 0; i < 5; ++i) {
                    keyClick(Qt.Key_Tab);
                    verify(within(stage.activeFocusItem, popup.contentItem));
                }
                keyClick(Qt.Key_Escape);
                closedAndFocusOn("sheet");
            }
            function test_a_sheet_is_swiped_away_on_a_phone() {
                stage.resize(390, 800, false);
                opened("sheet");
                const head = popup.contentItem;
                const touch = touchEvent(head);
                touch.press(0, head, 100, 20).commit();
                for (let i = 1; i <= 8; ++i)
                    touch.move(0, head, 100, 20 + 15 * i).commit();
                touch.release(0, head, 100, 140).commit();
                closedAndFocusOn("sheet");
            }
            function test_a_menu_by_keyboard_data() {
                return looks();
            }
            function test_a_menu_by_keyboard(data) {
                stage.resize(data.width, 800, false);
                opened("menu");
                compare(popup.currentIndex, 0);
                const spy = createTemporaryObject(spies, root, {
                        "target": popup.itemAt(1),
                        "signalName": "triggered"
                    });
                keyClick(Qt.Key_Down);
                keyClick(Qt.Key_Return);
                compare(spy.count, 1);
                closedAndFocusOn("menu");
                opened("menu");
                keyClick(Qt.Key_Escape);
                closedAndFocusOn("menu");
            }
            function test_what_a_menu_opens_takes_the_focus_and_gives_it_back_to_its_opener_data() {
                return [{
                        "tag": "dialog",
                        "downs": 5,
                        "motion": false
                    }, {
                        "tag": "sheet",
                        "downs": 0,
                        "motion": false
                    }, {
                        "tag": "dialogMoving",
                        "downs": 5,
                        "motion": true
                    }];
            }
            function test_what_a_menu_opens_takes_the_focus_and_gives_it_back_to_its_opener(data) {
                Theme.reducedMotion = !data.motion;
                opened("menu");
                const menu = popup;
                popup = stage.find(data.tag.replace("Moving", ""));
                for (let i = 0; i < data.downs; ++i)
                    keyClick(Qt.Key_Down);
                keyClick(Qt.Key_Return);
                tryCompare(popup, "opened", true);
                tryCompare(menu, "visible", false);
                tryVerify(() => within(stage.activeFocusItem, popup.contentItem));
                keyClick(Qt.Key_Escape);
                closedAndFocusOn("menu");
            }
            function test_a_menu_on_a_phone_comes_from_below_with_rows_for_a_finger() {
                stage.resize(390, 800, false);
                opened("menu");
                compare(popup.width, 390);
                compare(popup.y + popup.height, 800);
                for (let i = 0; i < popup.count; ++i)
                    if (popup.itemAt(i) instanceof MenuEntry)
                        verify(popup.itemAt(i).height >= 44);
                popup.close();
            }
            function test_a_menu_is_as_wide_as_its_longest_text_data() {
                return [{
                        "tag": "100 %",
                        "scale": 1
                    }, {
                        "tag": "170 %",
                        "scale": 1.7
                    }];
            }
            function test_a_menu_is_as_wide_as_its_longest_text(data) {
                Theme.fontScale = data.scale;
                opened("menu");
                popup.itemAt(1).text = "Settings and permissions of this place";
                for (let i = 0; i < popup.count; ++i)
                    tryVerify(() => popup.itemAt(i).width >= popup.itemAt(i).implicitWidth);
                popup.itemAt(1).text = "Longer than any window can be, ".repeat(9);
                tryVerify(() => popup.width > 900 && popup.width <= 1000);
                popup.close();
            }
            function test_a_menu_stays_within_the_window() {
                opened("menu");
                popup.close();
                popup.openAt(stage.contentItem, 995, 795);
                tryCompare(popup, "opened", true);
                const at = popup.contentItem.mapToItem(null, 0, 0);
                verify(at.x + popup.contentItem.width <= 1000 && at.y + popup.contentItem.height <= 800);
                popup.close();
            }
            function test_toasts_are_three_at_most_and_can_be_acted_upon() {
                opened("menu");
                popup.close();
                const toasts = stage.named("toasts");
                let acted = 0;
                for (let i = 0; i < 5; ++i)
                    toasts.show("Note " + i, Banner.Info, "Act", () => ++acted);
                compare(toasts.count, 3);
                const button = stage.all(toasts, item => item instanceof GButton && item.visible)[0];
                mouseClick(button);
                compare(acted, 1);
                compare(toasts.count, 2);
                toasts.show("Only words");
                const words = stage.all(toasts, item => item instanceof Toast)[2];
                compare(words.text, "Only words");
                compare(words.tone, Banner.Info);
                compare(words.actionText, "");
            }
        }
        Component {
            id: questions

            ConfirmDialog {
            }
        }
        Component {
            id: spies
            SignalSpy {
            }
        }
    }
}
