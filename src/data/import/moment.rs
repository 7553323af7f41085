use super::ImportError;
use super::table::Row;

/// Seconds since 1970 of a number of seconds, or of a date with or without a time, as in `2014-07-23`,
/// `2014-07-23 18:04` and `2014-07-23T18:04:05Z`. Only their order counts, so zones are not read.
pub fn moment(row: &Row, column: usize) -> Result<i64, ImportError> {
    let number = row.timestamp(column).ok();
    number
        .or_else(|| of_date(row.text(column).trim()))
        .ok_or_else(|| row.wrong(column, "timestamp", "a number of seconds or a date as in 2014-07-23 18:04"))
}

fn of_date(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "0:0"));
    let mut date = date.split(['-', '/', '.']).map(|number| number.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let real = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !real || date.next().is_some() {
        return None;
    }
    let mut seconds = 24 * 3600 * days(year, month, day);
    for (part, (length, many)) in time.splitn(3, ':').zip([(3600, 24), (60, 60), (1, 61)]) {
        // Fractions and zones follow the digits.
        let digits = part.split(|letter: char| !letter.is_ascii_digit()).next()?;
        seconds += length * digits.parse::<i64>().ok().filter(|number| *number < many)?;
    }
    Some(seconds)
}

/// Days since the first of 1970, in the Gregorian calendar; years are counted from March, so that a leap day ends one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_seconds() {
        let seconds = |text: &str| moment(&Row::of("t", 1, vec![text], 1).unwrap(), 0).ok();
        assert_eq!(seconds(" 1406138645 "), Some(1_406_138_645));
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("2014-07-23T18:04:05Z"), Some(1_406_138_645));
        assert_eq!(seconds("2014-07-23 18:04:05.250 UTC"), Some(1_406_138_645));
        assert_eq!(seconds("2014/7/23 18:04"), Some(1_406_138_640));
        assert_eq!(seconds("2000-03-01").zip(seconds("2000-02-29")).map(|(a, b)| a - b), Some(86_400));
        assert_eq!(seconds("1969-12-31"), Some(-86_400));
        for wrong in
            ["", "yesterday", "2014-07", "2014-13-01", "23.07.2014", "2014-07-23 24:00", "2014-07-23x"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
