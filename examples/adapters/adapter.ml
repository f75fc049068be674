(* OCaml's float functions:
     ocamlfind ocamlopt -o adapter adapter.ml      (or: ocamlopt -o adapter adapter.ml)
     napier audit exec:./adapter --function exp --format binary64 --max-ulp 1 *)
let refuse why =
  prerr_endline why;
  exit 1

let () =
  if Sys.getenv "NAPIER_FORMAT" <> "binary64" then refuse "this speaks binary64 only";
  let f =
    match Sys.getenv "NAPIER_FUNCTION" with
    | "exp" -> fun x _ -> exp x
    | "exp2" -> fun x _ -> Float.exp2 x
    | "expm1" -> fun x _ -> expm1 x
    | "log" -> fun x _ -> log x
    | "pow" -> ( ** )
    | _ -> refuse "OCaml has exp, exp2, expm1, log and pow"
  in
  let two = Sys.getenv "NAPIER_ARGUMENTS" = "2" in
  set_binary_mode_in stdin true;
  set_binary_mode_out stdout true;
  try
    while true do
      let head = really_input_string stdin 4 in
      let n = Int32.to_int (String.get_int32_le head 0) in
      let x = really_input_string stdin (8 * n) in
      let y = if two then really_input_string stdin (8 * n) else x in
      let at text i = Int64.float_of_bits (String.get_int64_le text (8 * i)) in
      let reply = Bytes.create (4 + (8 * n)) in
      Bytes.blit_string head 0 reply 0 4;
      for i = 0 to n - 1 do
        Bytes.set_int64_le reply (4 + (8 * i)) (Int64.bits_of_float (f (at x i) (at y i)))
      done;
      print_bytes reply;
      flush stdout
    done
  with End_of_file -> ()
