import FerryTestSupport
import Foundation
import Testing

@Suite("files that are no .xlsx")
struct ForeignFileTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: clients.NAME
        records:
          account: { key: 编号, name: 名称 }
    """

  private static let book = WorkbookFixture(
    sheet: "客户", rows: [["编号", "名称"], ["K1", "华信科技"], ["K2", "镕基商贸"]])

  private static let formats: [String: [UInt8]] = [
    "xls": LegacyFixture(book).bytes(), "xlsb": BinaryFixture(book).archive().bytes(),
    "ods": OpenDocumentFixture(book).archive().bytes(), "fods": OpenDocumentFixture(book).flat(),
  ]

  @Test(arguments: formats.keys.sorted())
  func `are read by every command, whatever their name`(_ format: String) throws {
    let bytes = try #require(Self.formats[format])
    for name in [format, "xlsx"] where name == format || format != "fods" {
      let room = try Room()
      defer { room.remove() }
      try Data(bytes).write(to: room.folder.appending(path: "clients.\(name)"))
      try room.write(Self.mapping.replacing("NAME", with: name), to: "m.yaml")
      let cat = try room.run("ferry cat clients.\(name)")
      #expect(cat.output == "编号,名称\nK1,华信科技\nK2,镕基商贸\n" && cat.errors.isEmpty, "\(cat)")
      let inspect = try room.run("ferry inspect clients.\(name)")
      #expect(inspect.status == 0 && inspect.output.contains("data 2"), "\(inspect)")
      let plan = try room.run("ferry plan m.yaml --to sqlite:crm.db")
      #expect(plan.status == 0 && plan.errors.contains("clients.\(name) '客户'"), "\(plan)")
      let load = try room.run("ferry import m.yaml --to sqlite:crm.db --json")
      #expect(load.status == 0, "\(load.errors)")
    }
  }

  /// An .xls of Excel 4: the start and the end of a sheet.
  private static let old = Data([9, 4, 6, 0, 0, 0, 16, 0, 0, 0, 10, 0, 0, 0])

  @Test(arguments: [("TERM", 143), ("INT", 130), ("HUP", 129)])
  func `a signal leaves no process and no file behind`(_ signal: String, _ status: Int32) throws {
    let room = try Room()
    defer { room.remove() }
    try Self.old.write(to: room.folder.appending(path: "old.xls"))
    try room.write(
      "#!/bin/sh\nsleep 600 & echo $$ $! >'\(room.path("pids"))'; wait\n", to: "soffice")
    // `exec` in a background job of a shell without job control would ignore INT.
    try room.write(
      """
      chmod +x soffice; mkdir tmp
      TMPDIR=$PWD/tmp PATH=$PWD:$PATH perl -e '$SIG{INT}="DEFAULT"; exec @ARGV' ferry cat old.xls &
      while ! [ -s pids ]; do sleep 0.05; done
      kill -\(signal) $!; wait $!; echo "status $?"; ls tmp
      for pid in $(cat pids); do kill -0 $pid 2>/dev/null && grep State /proc/$pid/status; done
      """, to: "go")
    let result = try room.run("sh go")
    #expect(result.output.hasPrefix("status \(status)\n"), "\(result)")
    let rest = result.output.split(separator: "\n").dropFirst()
    #expect(rest.allSatisfy { $0.contains("zombie") }, "\(result)")
  }

  @Test func `two at once don't meet`() throws {
    let room = try Room()
    defer { room.remove() }
    try Self.old.write(to: room.folder.appending(path: "old.xls"))
    // Each waits for the other to have started.
    try room.write(
      """
      #!/bin/sh
      mkdir "\(room.path("seen"))-$(basename "$HOME")"
      until [ $(ls -d '\(room.path("seen"))'-* | wc -l) -eq 2 ]; do sleep 0.05; done
      echo refused >"$FERRY_ANSWER"
      """, to: "soffice")
    try room.write(
      """
      chmod +x soffice; mkdir tmp; export TMPDIR=$PWD/tmp PATH=$PWD:$PATH
      ferry cat old.xls & first=$!
      ferry cat old.xls; echo $?; wait $first; echo $?; ls tmp
      """, to: "go")
    let result = try room.run("sh go")
    #expect(result.output == "3\n3\n", "\(result)")
  }
}
