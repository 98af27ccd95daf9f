//! Says when it was built.

fn main() {
    println!("{} {}", env!("BUILT"), include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")));
}
