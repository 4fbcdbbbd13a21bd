import FerryCLI

/// The command.
@main
enum Main {
  static func main() async {
    await FerryCommand.main()
  }
}
