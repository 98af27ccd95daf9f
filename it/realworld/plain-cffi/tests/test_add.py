import plain_cffi


def test_add():
    assert plain_cffi.lib.add(1, 2) == 3
