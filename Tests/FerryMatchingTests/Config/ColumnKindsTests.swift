import FerryCore
import FerryMatching
import Testing

/// A table, and what its columns must be taken for.
struct KindCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let headers: [[String]]
  let rows: [[String]]
  /// By header; a column that is not here must be left out.
  let kinds: [String: ColumnKind]

  static let all = [
    KindCase(
      testDescription: "an English sheet of contacts",
      headers: [["legacy_id", "name", "company", "mobile", "email", "owner", "created", "notes"]],
      rows: [
        [
          "C001", "Ada Lovelace", "Engine Ltd.", "+44 20 7946 0001", "ada@engine.test", "Bob",
          "2020-01-02", "",
        ],
        [
          "C002", "Tim Lee", "Web Inc.", "(617) 555-0100", "tim@web.test", "Bob", "2020-02-03",
          "call back",
        ],
      ],
      kinds: [
        "name": .personName, "company": .companyName, "mobile": .phone, "email": .email,
      ]),
    KindCase(
      testDescription: "a Chinese sheet of customers",
      headers: [["客户编号", "客户名称", "统一社会信用代码", "联系人", "联系人电话", "公司地址", "客户级别", "备注"]],
      rows: [
        ["K1", "杭州远景科技有限公司", "91330100MA27XN0Q3A", "王芳", "13800001111", "杭州市西湖区文三路90号", "A", ""],
        ["K2", "上海海川贸易有限公司", "91310000132280000X", "李雷", "021-55556666", "上海市静安区南京西路1号", "B", ""],
      ],
      kinds: [
        "客户名称": .companyName, "统一社会信用代码": .id, "联系人": .personName, "联系人电话": .phone,
        "公司地址": .address,
      ]),
    KindCase(
      testDescription: "names of people under a bare name",
      headers: [["名称"]], rows: [["王芳"], ["李雷"], ["欧阳明"]], kinds: ["名称": .personName]),
    KindCase(
      testDescription: "names of companies under a bare name",
      headers: [["Name", "Phone"]],
      rows: [
        ["Engine Ltd.", "020 7946 0001"], ["Web Inc.", "617 555 0100"],
        ["Old Mill", "617 555 0101"],
      ],
      kinds: ["Name": .companyName, "Phone": .phone]),
    KindCase(
      testDescription: "short names of companies under a bare name",
      headers: [["客户"]], rows: [["华为"], ["阿里巴巴"], ["美团"], ["字节跳动"], ["万科"]],
      kinds: ["客户": .companyName]),
    KindCase(
      testDescription: "companies that say what they do, without a legal form",
      headers: [["name"]],
      rows: [["Blue Harbor Trading"], ["North Systems"], ["Acme Industries"], ["Silver Oak"]],
      kinds: ["name": .companyName]),
    KindCase(
      testDescription: "Chinese companies without a legal form under a name that says nothing",
      headers: [["甲方"]], rows: [["远景科技"], ["海川贸易"], ["天和物流"], ["中天食品"]],
      kinds: ["甲方": .companyName]),
    KindCase(
      testDescription: "a bare name beside a contact's",
      headers: [["Customer", "Contact Name"]],
      rows: [["Blue Harbor", "Ada Lovelace"], ["Old Mill", "Tim Lee"], ["Red Fox", "Jim Hall"]],
      kinds: ["Customer": .companyName, "Contact Name": .personName]),
    KindCase(
      testDescription: "people under a bare name beside a contact for emergencies",
      headers: [["Name", "Contact Name"]],
      rows: [
        ["Mary Hall", "Ada Lovelace"], ["Robert Moss", "Tim Lee"], ["Thomas Kay", "Jim Hall"],
      ],
      kinds: ["Name": .personName, "Contact Name": .personName]),
    KindCase(
      testDescription: "products, where texts and prices are all there is",
      headers: [["id", "name", "description", "price"]],
      rows: [
        ["1", "Sony Turntable with Belt Drive - PSLX350H", "long words", "199.00"],
        ["2", "Bose Acoustimass 5 Series III Speakers - AM53BK", "longer words", "399"],
      ],
      kinds: ["name": .text, "description": .text, "price": .number]),
    KindCase(
      testDescription: "values under names that say nothing",
      headers: [["a", "b", "c", "d", "e"]],
      rows: (10..<30).map {
        ["u\($0)@mail.test", "138000011\($0)", "天\($0)科技有限公司", "北京市海淀区学院路\($0)号", "\($0)"]
      }, kinds: ["a": .email, "b": .phone, "c": .companyName, "d": .address]),
    KindCase(
      testDescription: "parts of a name, a birthday, a document and where it was issued",
      headers: [
        [
          "given_name", "surname", "date_of_birth", "soc_sec_id", "passport_country",
          "street_number",
        ]
      ],
      rows: [
        ["ada", "lovelace", "18151210", "4461121", "uk", "12"],
        ["tim", "lee", "19550608", "7", "uk", "4"],
      ],
      kinds: [
        "given_name": .personName, "surname": .personName, "date_of_birth": .date,
        "soc_sec_id": .id, "street_number": .address,
      ]),
    KindCase(
      testDescription: "an owner's e-mail is no customer's, a company's phone no name",
      headers: [["Account Owner Email", "Company Phone", "Company Type", "Created By"]],
      rows: [
        ["a@b.test", "555 010 0101", "Ltd.", "Bob"], ["a@b.test", "555 010 0102", "Ltd.", "Bob"],
      ],
      kinds: ["Company Phone": .phone]),
    KindCase(
      testDescription: "two tables of two vocabularies",
      headers: [
        ["id", "http://a.test/r.owl#name", "http://a.test/r.owl#street", "only"],
        ["http://b.test/r.owl#street", "http://b.test/r.owl#name"],
      ],
      rows: [["fenix", "12 main st."], ["la grotta", "1 old mill road"]],
      kinds: ["name": .companyName, "street": .address]),
  ]
}

@Suite struct ColumnKindsTests {
  private func guesses(_ table: KindCase) -> [ColumnGuess] {
    var finder = ColumnKindFinder(
      headers: table.headers.enumerated().map { MatchHeader(file: "\($0).csv", names: $1) })
    for row in table.rows {
      var (bytes, cells) = (ContiguousArray<UInt8>(), [Range<Int>]())
      for cell in row {
        let start = bytes.count
        bytes.append(contentsOf: cell.utf8)
        cells.append(start..<bytes.count)
      }
      finder.add(bytes.span, cells: cells)
    }
    return finder.guesses()
  }

  @Test(arguments: KindCase.all)
  func `takes each column for what it holds`(_ table: KindCase) {
    var kinds: [String: ColumnKind] = [:]
    for guess in guesses(table) { kinds[guess.header] = guess.kind }
    #expect(kinds == table.kinds)
  }

  @Test func `says why a column is left out`() {
    // Columns without a name of their own are not asked for.
    let headers = [["姓名", "空", "常", "", "负责人", "truth_id", "名", "名", "编号"]]
    let rows = (0..<12).map { ["王小\($0 % 3 == 0 ? "明" : "芳")", "", "x", "李", "1", "\($0)"] }
    let found = guesses(KindCase(testDescription: "", headers: headers, rows: rows, kinds: [:]))
    let reasons = Dictionary(found.map { ($0.header, $0.reason) }) { first, _ in first }
    #expect(
      reasons == [
        "姓名": .name, "空": .empty, "常": .constant, "": .unnamed, "负责人": .history,
        "truth_id": .truth, "名": .unnamed, "编号": .rowNumber,
      ])
  }
}
