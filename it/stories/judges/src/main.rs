fn main() {
    println!("not guilty");
}
