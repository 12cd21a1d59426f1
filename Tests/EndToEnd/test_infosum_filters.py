"""Random filters of InfoSum's API: the server selects what an evaluator selects that was written from the language's description."""

import random
import urllib.parse

import pytest

from deep import DEEP
from infosum_filters import ALPHABET, Filters, depth, folded, selects, text_of

pytestmark = pytest.mark.both_stores

PATH = "/api/v2/imports/connector-configs"
CONFIGS = 120
FILTERS = 10_000 if DEEP else 1500


def pages(registry, token=None, **query):
    """All configs of a list, page by page, and the number that each page gives for all of them."""
    found, page = [], 1
    while page:
        text = urllib.parse.urlencode({**query, "pagination.page": page}, quote_via=urllib.parse.quote)
        content = registry.get(f"{PATH}?{text}", headers={"Authorization": token or registry.token})
        found += content["configs"]
        total, page = content["pagination"]["total_results"], content["pagination"]["next_page"]
    assert total == len(found)
    return found


@pytest.fixture
def filled(start):
    """A registry with configs of two organisations, some of them changed or deleted after their creation."""
    registry = start("--max-organisation-requests-per-second", 0)
    assert registry.call("POST", "/v1/organisations", {"id": "other"})[0] == 201
    chance, names = random.Random(5), set()
    ids = []
    for number in range(CONFIGS):
        name = "".join(chance.choices(ALPHABET, k=chance.randint(1, 3))).strip() or "x"
        if folded(name) in names:
            name += f" {number}"
        names.add(folded(name))
        description = "".join(chance.choices([*ALPHABET, "\n"], k=chance.randint(0, 6)))
        icc = registry.create(name=name, description=description, organisation=chance.choice(["default", "other"]))
        ids.append(icc["id"])
    for icc in chance.sample(ids, CONFIGS // 4):
        assert registry.call("PATCH", f"/v1/iccs/{icc}", {"prefix": "new/"}, headers={"Content-Type": "application/merge-patch+json"})[0] == 200
    for icc in chance.sample(ids, CONFIGS // 8):
        assert registry.call("DELETE", f"/v1/iccs/{icc}")[0] == 204
    return registry


def test_random_filters_agree_with_an_independent_evaluator(filled):
    everything = pages(filled)
    assert len(everything) == CONFIGS - CONFIGS // 8
    filters, lengths = Filters(everything, 18), []
    for number in range(FILTERS):
        tree = filters.tree()
        text = text_of(tree, filters.chance)
        if depth(tree) > 20 or len(text) > 2000:
            continue
        size = filters.chance.choice([11, 50, *[500] * 8])
        found = [config["id"] for config in pages(filled, filter=text, **{"pagination.per_page": size})]
        expected = [config["id"] for config in everything if selects(tree, config)]
        assert found == expected, f"filter {number}: {text}"
        lengths.append(len(found))
    some = sum(0 < length < len(everything) for length in lengths)
    print(f"{len(lengths)} filters, of which {some} select some of {len(everything)} configs")
    assert len(lengths) > FILTERS * 0.95 and some > len(lengths) * 0.3


@pytest.mark.parametrize("order,key", [
    ("name ASC", lambda config: folded(config["name"])), ("created_date_time ASC", lambda config: config["id"]),
])
def test_an_order_with_a_filter(filled, order, key):
    everything = pages(filled, order_by=order, **{"pagination.per_page": 7})
    assert everything == sorted(everything, key=key)
    reverse = pages(filled, order_by=order.replace("ASC", "DESC"), **{"pagination.per_page": 500})
    assert reverse == everything[::-1]
    some = pages(filled, order_by=order, filter="name ico 'a' or description ico 'a'")
    assert some == [config for config in everything if "a" in folded(config["name"]) or "a" in folded(config["description"])]
