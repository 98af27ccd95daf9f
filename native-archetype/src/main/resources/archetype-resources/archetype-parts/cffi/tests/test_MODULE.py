#set($module = $artifactId.replace("-", "_"))
import unittest

from ${module} import ffi, lib


class Test(unittest.TestCase):
    def test_sums(self):
        self.assertEqual(lib.${module}_sum(5, 20), 25)

    def test_knows_types(self):
        self.assertEqual(ffi.sizeof("uint64_t"), 8)


if __name__ == "__main__":
    unittest.main()
