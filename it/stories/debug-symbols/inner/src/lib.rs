//! Where the debugger stops.

#[inline(never)]
pub fn innermost(n: usize) -> usize {
    std::hint::black_box(n) * 2
}
