import FerryMigration
import Foundation

/// How a model looked for duplicate accounts, as a plan keeps it.
enum SampleMatching {
  static func accounts() throws -> EntityMatching {
    let matching: [String: Any] = [
      "entity": "account", "openCount": 31, "mergedCount": 2, "overview": overview,
      "pairs": [
        pair("open", 0.873, [("华信", SampleRun.hostile), (nil, "+8610")]),
        pair("merged", 0.9904, [("Acme Ltd.", "ACME Limited"), ("+8610", "+8610")]),
      ],
    ]
    let data = try JSONSerialization.data(withJSONObject: matching)
    return try JSONDecoder().decode(EntityMatching.self, from: data)
  }

  // MARK: - Parts

  private static var overview: [String: Any] {
    var weights = [Int](repeating: 0, count: 81)
    for (bits, count) in [(-18, 812), (-17, 96), (-9, 4), (0, 1), (3, 30), (12, 2)] {
      weights[bits + 40] = count
    }
    return [
      "review": 0.5, "merge": 0.95,
      "figures": [
        "rowCount": 412, "candidateCount": 945, "expectedMatches": 28.4, "mergedCount": 2,
        "expectedTrueMerges": 1.99, "weights": weights,
      ],
      "fields": [
        [
          "name": "name",
          "outcomes": [
            outcome("same name", "名称相同", 2, 0.61, 0.00016),
            outcome("same name", "名称相同", 16, 0.04, 0.004),
            outcome("different", "名称不同", nil, 0.35, 0.9958),
          ],
        ],
        ["name": "province+city", "outcomes": [outcome("same address", "地址相同", nil, 1, 0)]],
      ],
    ]
  }

  private static func outcome(
    _ english: String, _ chinese: String, _ rows: Int?, _ match: Double, _ other: Double
  ) -> [String: Any] {
    var outcome: [String: Any] = [
      "english": english, "chinese": chinese, "match": match, "other": other,
    ]
    outcome["leastRows"] = rows
    return outcome
  }

  private static func pair(
    _ state: String, _ probability: Double, _ values: [(String?, String?)]
  ) -> [String: Any] {
    let side = { (id: String, row: Int) -> [String: Any] in
      [
        "externalID": id, "place": "\(SampleRun.sales) '客户台账'!B\(row)", "name": "华信",
        "digest": String(repeating: "0a", count: 16),
      ]
    }
    let fields = zip(["name", "phone"], values).map { field, pair in
      ["field": field, "left": pair.0, "right": pair.1].compactMapValues(\.self)
    }
    return [
      "entity": "account", "group": 1, "state": state, "probability": probability,
      "startBits": -6.5, "left": side("A1", 4), "right": side("A2", 19), "fields": fields,
      "evidence": [
        ["fields": ["name"], "english": "same name", "chinese": "名称相同", "bits": 11.25],
        [
          "fields": ["province", "city"], "english": "different", "chinese": "地址不同",
          "bits": -1.75,
        ],
      ],
      "message": ["likely the same", "可能相同"],
    ]
  }
}
