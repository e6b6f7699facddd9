import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.Permission;
import java.util.Arrays;

/**
 * A Java program that stays. Its class is the argument; each line of standard input has a file for what it
 * prints, and its own arguments, with tabs between; a line is answered when it would have exited.
 */
public class Resident {
  static class Exit extends SecurityException {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    Method program = Class.forName(arguments[0]).getMethod("main", String[].class);
    System.setSecurityManager(
        new SecurityManager() {
          public void checkExit(int status) {
            throw new Exit();
          }

          public void checkPermission(Permission permission) {}

          public void checkPermission(Permission permission, Object context) {}
        });
    var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = asked.readLine()) != null; ) {
      String[] words = line.split("\t");
      try (var printed = new PrintStream(new FileOutputStream(words[0]), true, "UTF-8")) {
        System.setOut(printed);
        program.invoke(null, (Object) Arrays.copyOfRange(words, 1, words.length));
      } catch (InvocationTargetException error) {
        if (!(error.getCause() instanceof Exit)) throw error;
      }
      answers.println("done");
      answers.flush();
    }
    Runtime.getRuntime().halt(0);
  }
}
