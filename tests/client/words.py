"""What the client says in a language, by what its source says."""
import re
import xml.etree.ElementTree as xml

from harness import ROOT

PLACEHOLDER = re.compile(r"%L?(?:\d|n)")


class Words:
    """`words("Message %1")` is a pattern for that text in the language, with anything in its places."""

    def __init__(self, language):
        self.known = {}
        file = ROOT / f"client-qml/app/i18n/guildhall_{language}.ts"
        for message in xml.parse(file).getroot().iter("message"):
            translation = message.find("translation")
            forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
            self.known.setdefault(message.findtext("source"), set()).update(filter(None, forms))

    def __call__(self, text):
        if isinstance(text, re.Pattern):
            return text
        forms = sorted(self.known.get(text, ()) or {text})
        return re.compile("^(?:" + "|".join(
            ".*".join(re.escape(part) for part in PLACEHOLDER.split(form)) for form in forms) + ")$")
