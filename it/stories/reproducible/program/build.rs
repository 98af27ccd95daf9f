//! Nothing that differs.

fn main() {
    println!("cargo:rustc-env=BUILT={}", "once");
}
