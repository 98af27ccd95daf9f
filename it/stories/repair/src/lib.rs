//! A module that calls C.

extern "C" {
    fn add_deep(a: std::ffi::c_int) -> std::ffi::c_int;
}

#[pyo3::pymodule]
mod my_fast_lib {
    use pyo3::prelude::*;

    #[pyfunction]
    fn add(a: i32) -> i32 {
        unsafe { super::add_deep(a) }
    }
}
