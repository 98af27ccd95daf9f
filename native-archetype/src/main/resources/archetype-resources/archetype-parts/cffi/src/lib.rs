#set($module = $artifactId.replace("-", "_"))
//! The library of the Python package `${module}`, which calls it through cffi. What is exported here is declared in
//! header.h.

/// The sum of two numbers.
#[no_mangle]
pub extern "C" fn ${module}_sum(a: u64, b: u64) -> u64 {
    a.wrapping_add(b)
}

#[cfg(test)]
mod rust_tests {
    #[test]
    fn sums() {
        assert_eq!(super::${module}_sum(5, 20), 25);
    }
}
