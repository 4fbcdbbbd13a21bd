/// The data generator and the benchmarks.
@main
enum Main {
  static func main() {}
}
