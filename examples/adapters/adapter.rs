// f64 of Rust's standard library:
//   rustc --edition 2021 -O -o adapter adapter.rs
//   napier audit exec:./adapter --function exp --format binary64 --max-ulp 1
use std::io::{Read, Write};

fn refuse(why: &str) -> ! {
    eprintln!("{why}");
    std::process::exit(1)
}

fn main() -> std::io::Result<()> {
    if std::env::var("NAPIER_FORMAT").unwrap() != "binary64" {
        refuse("this speaks binary64 only");
    }
    let f: fn(f64, f64) -> f64 = match std::env::var("NAPIER_FUNCTION").unwrap().as_str() {
        "exp" => |x, _| x.exp(),
        "exp2" => |x, _| x.exp2(),
        "expm1" => |x, _| x.exp_m1(),
        "log" => |x, _| x.ln(),
        "pow" => f64::powf,
        _ => refuse("Rust has exp, exp2, expm1, log and pow"),
    };
    let two = std::env::var("NAPIER_ARGUMENTS").unwrap() == "2";
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut head = [0; 4];
    while input.read_exact(&mut head).is_ok() {
        let n = u32::from_le_bytes(head) as usize;
        let mut bytes = vec![0; if two { 16 * n } else { 8 * n }];
        input.read_exact(&mut bytes)?;
        let at = |i: usize| f64::from_le_bytes(bytes[8 * i..8 * i + 8].try_into().unwrap());
        let mut reply = head.to_vec();
        for i in 0..n {
            let y = if two { at(n + i) } else { 0.0 };
            reply.extend(f(at(i), y).to_le_bytes());
        }
        output.write_all(&reply)?;
        output.flush()?;
    }
    Ok(())
}
