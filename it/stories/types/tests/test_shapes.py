import unittest

from shapes import Point, half, lengths, reversed, total


class Shapes(unittest.TestCase):
    def test_class(self):
        point = Point(3, 4)
        self.assertEqual((point.x, point.y), (3.0, 4.0))
        self.assertEqual(Point(0, 0).distance(point), 5.0)

    def test_attribute_is_read_only(self):
        with self.assertRaises(AttributeError):
            Point(0, 0).x = 1.0

    def test_list(self):
        self.assertEqual(reversed([1, 2, 3]), [3, 2, 1])

    def test_dict(self):
        self.assertEqual(lengths(["a", "to"]), {"a": 1, "to": 2})
        self.assertEqual(total({"a": 1, "to": 2}), 3)

    def test_none(self):
        self.assertEqual(half(8), 4)
        self.assertIsNone(half(7))
        self.assertIsNone(half())

    def test_wrong_type(self):
        with self.assertRaises(TypeError):
            reversed("abc")
