#[pyo3::pymodule]
mod shapes {
    use pyo3::prelude::*;
    use std::collections::HashMap;

    #[pyclass]
    struct Point {
        #[pyo3(get)]
        x: f64,
        #[pyo3(get)]
        y: f64,
    }

    #[pymethods]
    impl Point {
        #[new]
        fn new(x: f64, y: f64) -> Self {
            Point { x, y }
        }

        fn distance(&self, other: &Point) -> f64 {
            (self.x - other.x).hypot(self.y - other.y)
        }
    }

    #[pyfunction]
    fn reversed(numbers: Vec<i64>) -> Vec<i64> {
        numbers.into_iter().rev().collect()
    }

    #[pyfunction]
    fn lengths(words: Vec<String>) -> HashMap<String, usize> {
        words.into_iter().map(|word| (word.clone(), word.len())).collect()
    }

    #[pyfunction]
    fn total(counts: HashMap<String, i64>) -> i64 {
        counts.values().sum()
    }

    #[pyfunction]
    #[pyo3(signature = (number=None))]
    fn half(number: Option<i64>) -> Option<i64> {
        number.filter(|number| number % 2 == 0).map(|number| number / 2)
    }
}
