// Reads emojibase-data below the working folder and writes the table that emoji.cpp embeds:
//     node compact.mjs > emoji.tsv
// A line each, fields by tabs: emoji, group, name, shortcodes, keywords, skin tones. Lines that
// hold no tab are its licence. Skin tones: "-" for none, "+" where a tone goes behind the first
// character, or the five emoji in order, by spaces.
import { readFileSync } from 'node:fs';

const data = (path) => JSON.parse(readFileSync(`node_modules/emojibase-data/${path}`, 'utf8'));
const licence = readFileSync('node_modules/emojibase-data/LICENSE', 'utf8');

const VERSION_MAX = 15; // What Debian 12's Noto Color Emoji can show.
const COMPONENTS = 2; // The group of hair and skin by themselves.
const TONES = ['🏻', '🏼', '🏽', '🏾', '🏿'];

// The shortcodes people know come first: those of JoyPixels are Discord's too.
const sources = ['joypixels', 'github', 'iamcal'].map((name) => data(`en/shortcodes/${name}.json`));
const shortcodes = (hexcode) => [...new Set(sources.flatMap((codes) => codes[hexcode] ?? []))];

// Each shortcode belongs to one emoji: to that which is known by it first of all.
function uniqueShortcodes(emojis) {
    const owners = new Map();
    const all = emojis.map(({ hexcode }) => shortcodes(hexcode));
    const claim = (code, at) => owners.has(code) || owners.set(code, at);
    all.forEach((codes, at) => codes.slice(0, 1).forEach((code) => claim(code, at)));
    all.forEach((codes, at) => codes.forEach((code) => claim(code, at)));
    return all.map((codes, at) => codes.filter((code) => owners.get(code) === at));
}

// As it is sent: what is an emoji without U+FE0F has none.
function sent({ emoji, hexcode, type }) {
    return type === 1 && !hexcode.includes('-') ? emoji.replace(/\ufe0f$/, '') : emoji;
}

function withTone(emoji, tone) {
    const [first, ...rest] = [...emoji];
    return first + tone + rest.join('').replace(/^\ufe0f/, '');
}

function tones({ emoji, skins = [] }) {
    const shown = (tone) => (skin) => skin.tone === tone && skin.version <= VERSION_MAX;
    const found = TONES.map((_, index) => skins.find(shown(index + 1))?.emoji);
    if (found.includes(undefined)) return '-';
    const simple = found.every((skin, index) => skin === withTone(emoji, TONES[index]));
    return simple ? '+' : found.join(' ');
}

// Words of which the name or a shortcode says nothing yet, in lower case; several words of one
// keyword are joined by "_".
function keywords({ label, tags = [] }, codes) {
    const words = label.split(/[^\p{L}\p{N}]+/u);
    const known = new Set([...words, ...codes]);
    const named = words.map((word) => word.toLowerCase());
    const tagged = tags.map((tag) => tag.toLowerCase().replace(/\s+/g, '_'));
    return [...new Set([...named, ...tagged])].filter((word) => word && !known.has(word));
}

const emojis = data('en/data.json')
    .filter(({ group, version }) => ![undefined, COMPONENTS].includes(group) && version <= VERSION_MAX)
    .sort((one, other) => one.order - other.order);
const codes = uniqueShortcodes(emojis);
const rows = emojis.map((emoji, at) => {
    const fields = [sent(emoji), emoji.group, emoji.label, codes[at].join(' ')];
    return [...fields, keywords(emoji, codes[at]).join(' '), tones(emoji)].join('\t');
});

const comment = licence.trim().split('\n').map((line) => `# ${line}`.trimEnd());
process.stdout.write([...comment, ...rows, ''].join('\n'));
