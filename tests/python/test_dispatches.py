"""What isthmus.forward and isthmus.include ask of the container."""

from isthmus.dispatches import Forward, Include


def test_path_may_be_bytes_as_on_jython():
    asked = []
    assert Forward(lambda *given: asked.append(given))(b"/page.jsp") == []
    Include(lambda *given: asked.append(given))(b"/part.jsp", {"a": 1})
    assert asked == [
        ("dispatch.forward", "/page.jsp", {}),
        ("dispatch.include", "/part.jsp", {"a": 1}),
    ]
