import shutil
import subprocess
import sysconfig
import unittest


class Test(unittest.TestCase):
    def run_it(self, *arguments):
        program = shutil.which("${artifactId}", path=sysconfig.get_path("scripts"))
        return subprocess.run([program, *arguments], capture_output=True, text=True)

    def test_sums(self):
        self.assertEqual(self.run_it("5", "20").stdout.strip(), "25")

    def test_names_what_is_no_number(self):
        ran = self.run_it("5", "x")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("'x' is no number", ran.stderr)


if __name__ == "__main__":
    unittest.main()
