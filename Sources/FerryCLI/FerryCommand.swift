/// The command line's entry.
public enum FerryCommand {
  /// Runs the command that the process was started with.
  public static func main() async {}
}
