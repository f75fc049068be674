// Java's Math, or with the word strict its StrictMath:
//   javac Adapter.java
//   napier audit 'exec:java -cp . Adapter' --function exp --format binary64 --max-ulp 1
//   napier audit 'exec:java -cp . Adapter strict' --function exp --format binary64 --max-ulp 1
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.function.DoubleBinaryOperator;

public class Adapter {
  static DoubleBinaryOperator function(boolean strict) {
    switch (System.getenv("NAPIER_FUNCTION")) {
      case "exp": return strict ? (x, y) -> StrictMath.exp(x) : (x, y) -> Math.exp(x);
      case "expm1": return strict ? (x, y) -> StrictMath.expm1(x) : (x, y) -> Math.expm1(x);
      case "log": return strict ? (x, y) -> StrictMath.log(x) : (x, y) -> Math.log(x);
      case "pow": return strict ? StrictMath::pow : Math::pow;
      default: return refuse("Java has exp, expm1, log and pow");
    }
  }

  static DoubleBinaryOperator refuse(String why) {
    System.err.println(why);
    System.exit(1);
    return null;
  }

  public static void main(String[] words) throws IOException {
    if (!System.getenv("NAPIER_FORMAT").equals("binary64")) refuse("this speaks binary64 only");
    DoubleBinaryOperator f = function(words.length > 0);
    int arguments = Integer.parseInt(System.getenv("NAPIER_ARGUMENTS"));
    DataInputStream in = new DataInputStream(System.in);
    for (;;) {
      byte[] head = in.readNBytes(4);
      if (head.length < 4) return;
      int n = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
      DoubleBuffer x = ByteBuffer.wrap(in.readNBytes(8 * n * arguments))
          .order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
      ByteBuffer reply = ByteBuffer.allocate(4 + 8 * n).order(ByteOrder.LITTLE_ENDIAN).putInt(n);
      for (int i = 0; i < n; ++i)
        reply.putDouble(f.applyAsDouble(x.get(i), arguments == 2 ? x.get(n + i) : 0));
      System.out.write(reply.array());
      System.out.flush();
    }
  }
}
