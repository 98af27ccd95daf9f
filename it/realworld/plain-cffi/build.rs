use std::{env, fs, path::Path};

fn main() {
    let header = Path::new(&env::var_os("OUT_DIR").unwrap()).join("header.h");
    fs::write(header, "int add(int a, int b);\n").unwrap();
    println!("cargo::rerun-if-changed=build.rs");
}
