import Foundation

/// The loads into PostgreSQL and what they are held against.
struct PostgresPeers {
  private static let names = (0..<LoadRows.columnCount).map { "c\($0)" }

  private let setting: BenchSetting
  private let shared: [String]
  private let url: String
  private let python: String
  private var rowsPath: String { "\(setting.folder)/load-\(setting.rows).copy" }
  private var changedPath: String { "\(setting.folder)/load-\(setting.rows)-changed.copy" }

  init(_ setting: BenchSetting, _ shared: [String], url: String, python: String) throws {
    self.setting = setting
    self.shared = shared
    self.url = url
    self.python = python
    guard !FileManager.default.fileExists(atPath: changedPath) else { return }
    let rows = LoadRows(setting)
    try rows.writeCopy(to: rowsPath)
    try rows.writeCopy(to: changedPath, suffix: "+")
  }

  func measure() throws {
    let columns = Self.names.map { "\($0) text" }.joined(separator: ", ")
    try sql("DROP TABLE IF EXISTS accounts, bench_peer, bench_duck")
    try sql("CREATE TABLE bench_peer (\(columns))")
    let copy = try sql(
      "COPY bench_peer FROM '\(rowsPath)'; CREATE UNIQUE INDEX bench_key ON bench_peer (c0)")
    let own = try LoadFigures(phase: .postgres, target: url, shared)
    var peers = [("COPY of the server's own file", copy)]
    if let duck = try duck() { peers.append(("DuckDB", duck)) }
    print(own.line("PostgreSQL, new table", peers))
    let settings = Self.names.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let upsert = try sql(
      """
      CREATE UNLOGGED TABLE bench_stage (LIKE bench_peer); COPY bench_stage FROM '\(changedPath)';
      INSERT INTO bench_peer SELECT * FROM bench_stage ON CONFLICT (c0) DO UPDATE SET \(settings);
      DROP TABLE bench_stage
      """)
    let update = try LoadFigures(phase: .postgresUpdate, target: url, shared)
    print(update.line("PostgreSQL, all change", [("the same SQL in the server", upsert)]))
    try sql("DROP TABLE accounts, bench_peer")
    try sql("DROP TABLE IF EXISTS bench_duck")
  }

  @discardableResult
  private func sql(_ statements: String) throws -> LoadFigures {
    try LoadFigures(whole: ["psql", "-q", "-v", "ON_ERROR_STOP=1", url, "-c", statements])
  }

  /// DuckDB over the same rows; nothing where the Python does not have it.
  private func duck() throws -> LoadFigures? {
    guard !python.isEmpty else { return nil }
    let fields = "\(setting.folder)/load-\(setting.rows).copy"
    return try? LoadFigures(whole: [python, "-c", Self.duckProgram, fields, url])
  }

  private static let duckImports = "import duckdb, glob, importlib.util, sys\n"

  private static let duckProgram =
    duckImports + """
      c = duckdb.connect()
      name = "duckdb_extension_postgres_scanner"
      for folder in importlib.util.find_spec(name).submodule_search_locations:
          c.execute("load '%s'" % glob.glob(folder + "/extensions/*/*.duckdb_extension")[0])
      c.execute("attach '%s' as o (type postgres)" % sys.argv[2])
      c.execute("create table o.bench_duck as select * from read_csv(?, all_varchar=true, "
                "delim='\\t', header=false, nullstr='\\\\N', quote='')", [sys.argv[1]])
      """
}
