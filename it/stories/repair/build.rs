//! Makes two C libraries, of which one needs the other, and links with the one.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    let out = env::var("OUT_DIR").unwrap();
    let out = Path::new(&out);
    std::fs::write(out.join("deep.c"), "int deep(void) { return 20; }").unwrap();
    std::fs::write(out.join("add.c"), "int deep(void); int add_deep(int a) { return a + deep(); }").unwrap();
    cc(out, &["-Wl,-soname,libdeep.so.1", "-o", "libdeep.so.1", "deep.c"]);
    cc(out, &["-Wl,-soname,libadd.so.2", "-o", "libadd.so.2", "add.c", "libdeep.so.1"]);
    let link = out.join("libadd.so");
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink("libadd.so.2", &link).unwrap();
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=dylib=add");
    println!("cargo:rerun-if-changed=build.rs");
}

fn cc(directory: &Path, arguments: &[&str]) {
    let mut command = Command::new("cc");
    command.current_dir(directory).args(["-shared", "-fPIC"]).args(arguments);
    assert!(command.status().unwrap().success());
}
