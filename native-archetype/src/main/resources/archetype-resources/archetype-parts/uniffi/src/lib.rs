#set($module = $artifactId.replace("-", "_"))
//! The library of the Python package `${module}`, whose Python code UniFFI writes.

uniffi::setup_scaffolding!();

/// The sum of two numbers, as text.
#[uniffi::export]
pub fn sum_as_string(a: u32, b: u32) -> String {
    (u64::from(a) + u64::from(b)).to_string()
}

#[cfg(test)]
mod rust_tests {
    #[test]
    fn sums() {
        assert_eq!(super::sum_as_string(5, 20), "25");
    }
}
