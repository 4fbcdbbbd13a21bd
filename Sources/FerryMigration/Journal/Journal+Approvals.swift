import FerrySQLite

/// Who said that a run's plan may be applied, and when.
public struct RunApproval: Hashable, Sendable {
  /// The name as it was given.
  public let name: String
  /// UTC, ISO 8601.
  public let at: String

  /// States it.
  public init(name: String, at: String) {
    self.name = name
    self.at = at
  }
}

extension Journal {
  /// The tables' version that has approvals.
  static let approvalVersion = 5

  static let approvals = """
    CREATE TABLE approvals (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL);
    CREATE INDEX approvals_run ON approvals (run);
    """

  /// Writes down who approves a run; on the disk before anything else is done.
  func approve(_ run: String, _ approval: RunApproval) throws(SQLiteError) {
    let insert = try database.cached("INSERT INTO approvals (run, name, at) VALUES (?,?,?)")
    try insert.bind(run, at: 1)
    try insert.bind(approval.name, at: 2)
    try insert.bind(approval.at, at: 3)
    try insert.run()
  }

  /// Who approved a run, in order; none in a journal that an older version of Ferry left.
  func approvals(of run: String) throws(SQLiteError) -> [RunApproval] {
    guard try database.userVersion() >= Self.approvalVersion else { return [] }
    let query = try database.cached("SELECT name, at FROM approvals WHERE run = ? ORDER BY id")
    try query.bind(run, at: 1)
    var found: [RunApproval] = []
    while try query.step() {
      found.append(RunApproval(name: query.string(at: 0) ?? "", at: query.string(at: 1) ?? ""))
    }
    return found
  }
}
