"""Text can be read on its ground: WCAG 2.2's contrast of 4.5, in light and in dark."""

import pathlib
import re

import pytest

WEBAPP = pathlib.Path(__file__).resolve().parents[3] / "webapp"
STYLE = (WEBAPP / "static" / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = re.findall(r":root \{(.*?)\}", STYLE, re.S)

PAIRS = [
    (text, ground)
    for ground, texts in {
        "paper": ["ink", "soft", "link", "accent"],
        "card": ["ink", "soft", "link", "accent"],
        "sea-tint": ["ink", "soft"],
        "code": ["ink", "soft", "keyword", "string", "comment", "number", "defined"],
        # Buttons, and buttons under the pointer.
        "link": ["paper"],
        "accent": ["paper"],
        "land": ["on-land"],
    }.items()
    for text in texts
]


def colours(block):
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", block))


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text, ground", PAIRS)
def test_text_can_be_read_on_its_ground(scheme, text, ground):
    known = {**colours(LIGHT), **(colours(DARK) if scheme == "dark" else {})}
    assert contrast(known[text], known[ground]) >= 4.5


def test_contrast_is_that_of_the_specification():
    assert round(contrast("000000", "ffffff"), 2) == 21
    assert round(contrast("777777", "ffffff"), 2) == 4.48
