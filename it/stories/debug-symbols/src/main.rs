//! Calls down into another crate.

#[inline(never)]
fn outer(n: usize) -> usize {
    inner::innermost(n) + 1
}

fn main() {
    println!("{}", outer(std::env::args().count()));
}
