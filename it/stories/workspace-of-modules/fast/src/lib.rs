#[pyo3::pymodule]
mod _fast {
    use pyo3::prelude::*;

    #[pyfunction]
    #[pyo3(signature = (a, b=20))]
    fn product(a: u64, b: u64) -> u64 {
        a * b
    }
}
