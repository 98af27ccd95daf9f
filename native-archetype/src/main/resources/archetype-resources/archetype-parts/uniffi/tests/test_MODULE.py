#set($module = $artifactId.replace("-", "_"))
import unittest

import ${module}


class Test(unittest.TestCase):
    def test_sums(self):
        self.assertEqual(${module}.sum_as_string(5, 20), "25")


if __name__ == "__main__":
    unittest.main()
