import unittest


class Fails(unittest.TestCase):
    def test_fails(self):
        self.fail("on purpose")
