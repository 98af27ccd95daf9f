//! Writes the Python module of the library; the build runs it.

fn main() {
    uniffi::uniffi_bindgen_main()
}
