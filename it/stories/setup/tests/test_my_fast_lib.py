import unittest

import my_fast_lib


class Sums(unittest.TestCase):
    def test_sums(self):
        self.assertEqual(my_fast_lib.sum_as_string(5, 20), "25")
