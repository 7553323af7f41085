//! The counts that test runners print.

use serde_json::Value;

use crate::stages::Counts;

/// Adds what a line of `cargo test` says: each test program ends with one such line.
pub fn cargo(line: &str, counts: &mut Counts) {
    let Some((_, result)) = line.split_once("test result: ") else { return };
    for part in result.split([';', '.']) {
        let mut words = part.split_whitespace();
        let (Some(number), Some(what)) =
            (words.next().and_then(|word| word.parse::<u64>().ok()), words.next())
        else {
            continue;
        };
        match what {
            "passed" => counts.passed += number,
            "failed" => counts.failed += number,
            "ignored" => counts.skipped += number,
            _ => {}
        }
    }
}

/// Adds what a line of `node --test` says in its last block, in either of its two forms (`ℹ pass 3`, `# pass 3`).
pub fn node(line: &str, counts: &mut Counts) {
    let mut words = line.split_whitespace();
    let (Some("ℹ" | "#"), Some(what), Some(number), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return;
    };
    let Ok(number) = number.parse::<u64>() else { return };
    match what {
        "pass" => counts.passed += number,
        "fail" | "cancelled" => counts.failed += number,
        "skipped" | "todo" => counts.skipped += number,
        _ => {}
    }
}

/// The counts in the JSON report of vitest.
pub fn vitest(report: &str) -> Option<Counts> {
    let report: Value = serde_json::from_str(report).ok()?;
    let number = |name: &str| report[name].as_u64();
    Some(Counts {
        passed: number("numPassedTests")?,
        failed: number("numFailedTests")?,
        skipped: number("numPendingTests")? + number("numTodoTests").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_sums_over_its_programs() {
        let mut counts = Counts::default();
        for line in [
            "running 3 tests",
            "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 40 filtered out; finished in 0.51s",
            "test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 10.00s",
            "test the_test_result: 3 passed ... ok",
        ] {
            cargo(line, &mut counts);
        }
        assert_eq!(counts, Counts { passed: 17, failed: 1, skipped: 2 });
    }

    #[test]
    fn node_counts_once_in_either_form() {
        for mark in ["ℹ", "#"] {
            let mut counts = Counts::default();
            for line in [
                "tests 9",
                "suites 0",
                "pass 4",
                "fail 2",
                "cancelled 1",
                "skipped 1",
                "todo 1",
                "duration_ms 88.5",
            ] {
                node(&format!("{mark} {line}"), &mut counts);
            }
            node("✔ pass 3 (1.2ms)", &mut counts);
            assert_eq!(counts, Counts { passed: 4, failed: 3, skipped: 2 });
        }
    }

    #[test]
    fn vitest_report() {
        let report = r#"{"numTotalTests":6,"numPassedTests":3,"numFailedTests":1,"numPendingTests":2,"success":false}"#;
        assert_eq!(vitest(report), Some(Counts { passed: 3, failed: 1, skipped: 2 }));
        assert_eq!(vitest("{}"), None);
        assert_eq!(vitest("not json"), None);
    }
}
