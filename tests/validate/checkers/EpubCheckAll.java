import com.adobe.epubcheck.tool.EpubChecker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * EpubCheckAll.java [--broken] FILE…: EPUBCheck on each book, as its own command runs it with
 * --failonwarnings, but in one virtual machine, since starting one takes longer than checking.
 *
 * <p>Prints what EPUBCheck says of the books that it objects to; exit 1 where there are any. With
 * --broken every book is broken on purpose, and those are named that it does not object to.
 */
public final class EpubCheckAll {
  public static void main(String[] arguments) {
    boolean broken = arguments.length > 0 && arguments[0].equals("--broken");
    PrintStream out = System.out;
    // No book at all is no success.
    int failed = arguments.length > (broken ? 1 : 0) ? 0 : 1;
    for (int i = broken ? 1 : 0; i < arguments.length; i++) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      boolean objects = check(arguments[i], new PrintStream(said, true, StandardCharsets.UTF_8));
      String first = objection(said.toString(StandardCharsets.UTF_8));
      if (broken) {
        out.println((objects ? "" : "PASSES ") + arguments[i] + ": " + first);
      } else if (objects) {
        out.println(arguments[i] + ":\n" + said.toString(StandardCharsets.UTF_8));
      }
      failed += objects == broken ? 0 : 1;
    }
    System.exit(failed == 0 ? 0 : 1);
  }

  private static boolean check(String book, PrintStream log) {
    System.setOut(log);
    System.setErr(log);
    return new EpubChecker().run(new String[] {"--failonwarnings", book}) != 0;
  }

  private static String objection(String said) {
    return said.lines()
        .filter(line -> line.matches("(FATAL|ERROR|WARNING).*"))
        .findFirst()
        .orElse("no objection");
  }
}
