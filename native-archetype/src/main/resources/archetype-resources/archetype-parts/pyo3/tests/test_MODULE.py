#set($module = $artifactId.replace("-", "_"))
import unittest

#if($numpy == "true")
import numpy

#end
import ${module}


class Test(unittest.TestCase):
    def test_sums(self):
        self.assertEqual(${module}.sum_as_string(5, 20), "25")
#if($numpy == "true")

    def test_doubles_an_array_in_place(self):
        array = numpy.array([[1.0, 2.0], [3.0, 4.0]])
        ${module}.double_in_place(array)
        self.assertEqual(array.tolist(), [[2.0, 4.0], [6.0, 8.0]])

    def test_returns_an_array(self):
        self.assertEqual(${module}.squares(4).tolist(), [0.0, 1.0, 4.0, 9.0])
#end


if __name__ == "__main__":
    unittest.main()
