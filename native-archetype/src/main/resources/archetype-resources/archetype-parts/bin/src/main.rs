//! The program `${artifactId}`: prints the sum of its arguments.

use std::process::ExitCode;

fn main() -> ExitCode {
    match sum(std::env::args().skip(1)) {
        Ok(sum) => {
            println!("{sum}");
            ExitCode::SUCCESS
        }
        Err(word) => {
            eprintln!("${artifactId}: '{word}' is no number");
            ExitCode::FAILURE
        }
    }
}

/// The sum of numbers, or the first word that is none.
fn sum(words: impl Iterator<Item = String>) -> Result<i64, String> {
    words.map(|word| word.parse::<i64>().map_err(|_| word)).sum()
}

#[cfg(test)]
mod rust_tests {
    use super::sum;

    fn words(text: &str) -> impl Iterator<Item = String> + '_ {
        text.split_whitespace().map(String::from)
    }

    #[test]
    fn sums() {
        assert_eq!(sum(words("5 20")), Ok(25));
    }

    #[test]
    fn names_what_is_no_number() {
        assert_eq!(sum(words("5 x")), Err("x".to_string()));
    }
}
