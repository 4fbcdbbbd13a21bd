import FerryCore
import FerryMapping
import FerrySQLite

extension PlanWriter {
  /// Names the correction as the rule of each change that comes from a corrected cell.
  ///
  /// Lines that another rule decided keep it. Done once all lines are there, since few are concerned.
  func name(_ corrections: [AppliedCorrection]) throws(SQLiteError) {
    guard !corrections.isEmpty else { return }
    try database.execute(
      """
      CREATE TEMP TABLE corrected (
        place TEXT NOT NULL, row INTEGER NOT NULL, letters TEXT NOT NULL, rule TEXT NOT NULL,
        PRIMARY KEY (place, row, letters)) WITHOUT ROWID
      """)
    let insert = try database.prepare("INSERT OR IGNORE INTO temp.corrected VALUES (?,?,?,?)")
    for applied in corrections {
      for place in applied.places {
        guard let sheet = place.sheet, let row = place.rowNumber, let column = place.columnIndex
        else { continue }
        try insert.bind("\(place.file) '\(sheet)'!", at: 1)
        try insert.bind(row, at: 2)
        try insert.bind(CellAddress.columnName(column), at: 3)
        try insert.bind("correction.\(applied.correction.id)", at: 4)
        try insert.run()
      }
    }
    // A cell that no field is named for is part of a key, and concerns the whole row.
    try database.execute(
      """
      CREATE TEMP TABLE corrected_rows (
        origin INTEGER NOT NULL, row INTEGER NOT NULL, rule TEXT NOT NULL,
        PRIMARY KEY (origin, row)) WITHOUT ROWID;
      INSERT OR IGNORE INTO temp.corrected_rows
        SELECT o.origin, c.row, c.rule FROM temp.corrected c
        JOIN origins o ON o.place = c.place
        WHERE EXISTS (SELECT 1 FROM origin_columns l
            WHERE l.origin = o.origin AND l.letters = c.letters)
          OR NOT EXISTS (SELECT 1 FROM origin_columns l JOIN origins p ON p.origin = l.origin
            WHERE p.place = c.place AND l.letters = c.letters)
        ORDER BY c.letters;
      UPDATE lines SET rule = (SELECT r.rule FROM temp.corrected_rows r
          WHERE r.origin = lines.origin AND r.row = lines.row)
        WHERE rule IS NULL AND EXISTS (SELECT 1 FROM temp.corrected_rows r
          WHERE r.origin = lines.origin AND r.row = lines.row);
      DROP TABLE temp.corrected_rows;
      DROP TABLE temp.corrected;
      """)
  }
}
