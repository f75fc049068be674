// Go's math package:
//   go build -o adapter adapter.go
//   napier audit exec:./adapter --function exp --format binary64 --max-ulp 1
package main

import (
	"encoding/binary"
	"io"
	"math"
	"os"
)

func refuse(why string) {
	os.Stderr.WriteString(why + "\n")
	os.Exit(1)
}

func main() {
	name := os.Getenv("NAPIER_FUNCTION")
	one, known := map[string]func(float64) float64{"exp": math.Exp, "exp2": math.Exp2,
		"expm1": math.Expm1, "log": math.Log, "pow": nil}[name]
	if os.Getenv("NAPIER_FORMAT") != "binary64" {
		refuse("this speaks binary64 only")
	}
	if !known {
		refuse("Go has exp, exp2, expm1, log and pow")
	}
	for {
		var n uint32
		if binary.Read(os.Stdin, binary.LittleEndian, &n) != nil {
			return
		}
		var x, y []byte = make([]byte, 8*n), nil
		io.ReadFull(os.Stdin, x)
		if one == nil { // pow
			y = make([]byte, 8*n)
			io.ReadFull(os.Stdin, y)
		}
		reply := binary.LittleEndian.AppendUint32(nil, n)
		for i := uint32(0); i < n; i++ {
			a := math.Float64frombits(binary.LittleEndian.Uint64(x[8*i:]))
			var result float64
			if y == nil {
				result = one(a)
			} else {
				result = math.Pow(a, math.Float64frombits(binary.LittleEndian.Uint64(y[8*i:])))
			}
			reply = binary.LittleEndian.AppendUint64(reply, math.Float64bits(result))
		}
		os.Stdout.Write(reply)
	}
}
