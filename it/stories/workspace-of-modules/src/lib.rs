#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;

    /// What is to pay.
    #[pyfunction]
    fn total(prices: Vec<u32>) -> u32 {
        prices.iter().sum()
    }
}
