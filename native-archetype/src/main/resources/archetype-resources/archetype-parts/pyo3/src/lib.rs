#set($module = $artifactId.replace("-", "_"))
#if($bindings == "pyo3-mixed")
#set($extension = "_core")
//! The Rust part of the Python package `${module}`.
#else
#set($extension = $module)
//! The Python module `${module}`, in Rust.
#end

#[pyo3::pymodule]
mod ${extension} {
#if($numpy == "true")
    use numpy::{PyArray1, PyReadwriteArrayDyn};
#end
    use pyo3::prelude::*;

    /// The sum of two numbers, as text.
    #[pyfunction]
    pub fn sum_as_string(a: usize, b: usize) -> PyResult<String> {
        Ok((a + b).to_string())
    }
#if($numpy == "true")

    /// Doubles every number of an array where it lies: nothing is copied.
    #[pyfunction]
    fn double_in_place(mut array: PyReadwriteArrayDyn<'_, f64>) {
        array.as_array_mut().mapv_inplace(|x| 2.0 * x);
    }

    /// A new array of the squares of 0, 1, … n - 1.
    #[pyfunction]
    fn squares(py: Python<'_>, n: u32) -> Bound<'_, PyArray1<f64>> {
        PyArray1::from_iter(py, (0..n).map(|i| f64::from(i) * f64::from(i)))
    }
#end
}

#[cfg(test)]
mod rust_tests {
    use super::${extension}::sum_as_string;

    #[test]
    fn sums() {
        assert_eq!(sum_as_string(5, 20).unwrap(), "25");
    }
}
