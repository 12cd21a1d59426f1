"""The filter language of InfoSum's API, written again from its description: random filters, and what they select.

A filter is a tree of tuples: ("or", …), ("and", …), ("not", filter) or (field, operator, value). Nothing here is read from the
program's sources.
"""

import datetime
import operator
import random
import unicodedata

TEXTS = ["id", "name", "description", "connector_type"]
TIMES = ["created_date_time", "updated_date_time"]
COMPARED = {"eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge}
PARTS = ["co", "nc", "ico", "inc"]
ALPHABET = ["a", "A", "b", "ß", "S", "ss", "é", "É", "e\u0301", "'", "\"", "%", "_", "*", "\\", " ", "(", ")", "🦆", "Σ", "σ", "ς", "x", "0",
            "or", "not", "--", ";"]


def folded(text):
    """A text as it is compared when case and the composition of accents do not count."""
    return unicodedata.normalize("NFC", "".join(letter.lower() for letter in text.upper()))


def milliseconds(text):
    """The milliseconds since 1970 of a time with or without a zone, or of a day."""
    moment = datetime.datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=moment.tzinfo or datetime.UTC)
    since = moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    return since // datetime.timedelta(milliseconds=1)


def selects(tree, config):
    """Whether a filter selects a config."""
    match tree:
        case ("not", inner):
            return not selects(inner, config)
        case ("and", *inner):
            return all(selects(each, config) for each in inner)
        case ("or", *inner):
            return any(selects(each, config) for each in inner)
        case (field, word, value) if field in TIMES:
            return COMPARED[word](milliseconds(config[field]), milliseconds(value))
        case (field, "co" | "nc" as word, value):
            return (value in config[field]) == (word == "co")
        case (field, "ico" | "inc" as word, value):
            return (folded(value) in folded(config[field])) == (word == "ico")
        case (field, word, value):
            return COMPARED[word](config[field], value)


def text_of(tree, chance, outer="or"):
    """The filter as text: parentheses where they are needed, and sometimes where they are not."""
    match tree:
        case ("not", inner):
            text = chance.choice(["not ", "NOT\t"]) + text_of(inner, chance, "not")
            binds = "not"
        case ("and" | "or" as word, *inner):
            text = f" {chance.choice([word, word.upper()])} ".join(text_of(each, chance, word) for each in inner)
            binds = word
        case (field, word, value):
            text = f"{field} {word} '{value.replace(chr(39), chr(39) * 2)}'"
            binds = "comparison"
    order = ["or", "and", "not", "comparison"]
    needed = order.index(binds) < order.index(outer) or (binds == outer and binds in ("and", "or"))
    return f"({text})" if needed or chance.random() < 0.1 else text


def depth(tree):
    """A bound of how deep the text of a filter nests, with every possible pair of parentheses."""
    inner = [depth(each) for each in tree[1:] if isinstance(each, tuple)]
    return 2 + max(inner, default=0)


class Filters:
    """Random filters over the given configs, from which most values are taken, so that many filters select some of them."""

    def __init__(self, configs, seed):
        self.configs, self.chance = configs, random.Random(seed)

    def tree(self, levels=3):
        chance = self.chance
        if levels == 0 or chance.random() < 0.35:
            return self.comparison()
        kind = chance.choice(["and", "or", "not"])
        count = 1 if kind == "not" else chance.randint(2, 3)
        return (kind, *(self.tree(levels - 1) for _ in range(count)))

    def comparison(self):
        chance = self.chance
        config = chance.choice(self.configs)
        if chance.random() < 0.25:
            return chance.choice(TIMES), chance.choice(list(COMPARED)), self.time(config)
        field = chance.choice(TEXTS)
        return field, chance.choice([*COMPARED, *PARTS]), self.text(config[field])

    def text(self, known):
        chance = self.chance
        kind = chance.random()
        if kind < 0.3:
            return known
        if kind < 0.7 and known:
            start = chance.randrange(len(known))
            part = known[start: start + chance.randint(1, 4)]
            return chance.choice([part, part.upper(), part.lower()])
        return "".join(chance.choices(ALPHABET, k=chance.randint(0, 3)))

    def time(self, config):
        chance = self.chance
        moment = datetime.datetime.fromisoformat(config[chance.choice(TIMES)])
        moment += datetime.timedelta(milliseconds=chance.choice([0, 0, 0, -1, 1, -86_400_000, 5000]))
        zone = datetime.timezone(datetime.timedelta(minutes=chance.choice([0, 60, -570, 345])))
        return chance.choice([
            moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"), moment.astimezone(zone).isoformat(timespec="milliseconds"),
            moment.replace(tzinfo=None).isoformat(timespec="milliseconds"), moment.replace(tzinfo=None).isoformat(timespec="microseconds"),
            moment.date().isoformat()])
