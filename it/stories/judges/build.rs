use std::{env, fs, path::Path};

fn main() {
    let made = Path::new(&env::var_os("OUT_DIR").unwrap()).join("made.txt");
    fs::write(made, "made by build.rs\n").unwrap();
    println!("cargo::rerun-if-changed=build.rs");
}
