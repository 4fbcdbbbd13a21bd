/// The words of addresses in English and its neighbours, with their abbreviations.
///
/// Source: the abbreviations of U.S. Postal Service Publication 28, appendices B, C1 and C2, of
/// Australia's AS 4590, and of German streets, as far as they are in daily use.
struct AddressWords: Sendable {
  enum Kind: UInt8, Sendable {
    /// Street, Road: ends a road's name.
    case type
    /// North, SW.
    case direction
    /// Apt, Suite, #: a room's number follows.
    case unit
    case floor
    case building
    case state
    case country
    /// P.O. Box.
    case box
    /// First, 1st.
    case ordinal
    /// Says nothing: No, the.
    case filler
  }

  struct Word: Sendable {
    let kind: Kind
    /// Where the word's full form lies in ``AddressWords/units``.
    let range: Range<Int>
  }

  static let table = AddressWords()

  /// The full forms, one after the other.
  private(set) var units = ContiguousArray<UInt32>()
  private var words = ContiguousArray<Word>()
  private var hashes = ContiguousArray<UInt64>(repeating: 0, count: placeCount)
  /// Word + 1 of each place; 0 where it is free.
  private var places = ContiguousArray<UInt16>(repeating: 0, count: placeCount)
  private static let placeCount = 2048

  /// The word that `text[range]` is; `nil` where it is none of them.
  @inline(__always)
  func word(_ text: ContiguousArray<UInt32>, _ range: Range<Int>) -> Word? {
    guard range.count <= 20 else { return nil }
    let hash = Self.hash(text, range)
    var place = Int(truncatingIfNeeded: hash) & (Self.placeCount - 1)
    while places[place] != 0 {
      if hashes[place] == hash { return words[Int(places[place]) - 1] }
      place = (place + 1) & (Self.placeCount - 1)
    }
    return nil
  }

  private init() {
    add(.type, Self.types)
    add(.direction, Self.directions)
    add(.state, Self.states)
    add(.ordinal, Self.ordinals)
    add(.unit, "unit:apt,apartment,suite,ste,flat,room,rm,shop,lot,wohnung,appt")
    add(.floor, "floor:fl,flr,level,lvl,lv,etage,piso")
    add(.building, "building:bldg,block,blk,tower")
    add(.box, "pobox:gpobox,postbox,postfach")
    add(.filler, "the:no,number,nr,num,near,of,at")
    add(
      .country,
      "usa:us,unitedstates,unitedstatesofamerica,america,uk,unitedkingdom,greatbritain,gb,england,australia,canada,germany,deutschland,france,china,ireland,newzealand,singapore"
    )
  }

  private mutating func add(_ kind: Kind, _ lines: String) {
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: ":")
      let start = units.count
      units.append(contentsOf: parts[0].unicodeScalars.map(\.value))
      words.append(Word(kind: kind, range: start..<units.count))
      for form in [parts[0]] + parts.dropFirst().flatMap({ $0.split(separator: ",") }) {
        let form = ContiguousArray(form.unicodeScalars.map(\.value))
        let hash = Self.hash(form, form.indices)
        var place = Int(truncatingIfNeeded: hash) & (Self.placeCount - 1)
        // The first meaning of a form stays: "st" is a street.
        while places[place] != 0, hashes[place] != hash {
          place = (place + 1) & (Self.placeCount - 1)
        }
        if places[place] == 0 {
          places[place] = UInt16(words.count)
          hashes[place] = hash
        }
      }
    }
  }

  @inline(__always)
  private static func hash(_ text: ContiguousArray<UInt32>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash ^ hash >> 29
  }

  private static let types = """
    street:st,str,saint
    avenue:ave,av,aven
    road:rd
    boulevard:blvd,bvd,boul
    drive:dr,drv
    lane:ln
    court:ct,crt
    place:pl
    square:sq
    crescent:cres,cr,crs,crst
    circuit:cct,circ
    close:cl
    terrace:tce,ter,terr
    parade:pde
    highway:hwy,hway
    parkway:pkwy,pwy,pky
    expressway:expy
    freeway:fwy
    way:wy
    trail:trl
    circle:cir
    grove:grv,gr
    gardens:gdns,gdn,garden
    esplanade:esp
    alley:aly
    plaza:plz
    loop
    walk
    mews
    quay:qy
    strasse
    platz
    allee
    weg
    gasse
    """
  private static let directions = """
    north:n
    south:s
    east:e
    west:w
    northeast:ne
    northwest:nw
    southeast:se
    southwest:sw
    """
  private static let ordinals = """
    1st:first
    2nd:second
    3rd:third
    4th:fourth
    5th:fifth
    6th:sixth
    7th:seventh
    8th:eighth
    9th:ninth
    10th:tenth
    11th:eleventh
    12th:twelfth
    """
  private static let states = """
    al:alabama
    ak:alaska
    az:arizona
    ar:arkansas
    ca:california
    co:colorado
    ct:connecticut
    de:delaware
    dc:districtofcolumbia
    fl:florida
    ga:georgia
    hi:hawaii
    id:idaho
    il:illinois
    in:indiana
    ia:iowa
    ks:kansas
    ky:kentucky
    la:louisiana
    me:maine
    md:maryland
    ma:massachusetts
    mi:michigan
    mn:minnesota
    ms:mississippi
    mo:missouri
    mt:montana
    ne:nebraska
    nv:nevada
    nh:newhampshire
    nj:newjersey
    nm:newmexico
    ny:newyork
    nc:northcarolina
    nd:northdakota
    oh:ohio
    ok:oklahoma
    or:oregon
    pa:pennsylvania
    ri:rhodeisland
    sc:southcarolina
    sd:southdakota
    tn:tennessee
    tx:texas
    ut:utah
    vt:vermont
    va:virginia
    wa:washington,westernaustralia
    wv:westvirginia
    wi:wisconsin
    wy:wyoming
    nsw:newsouthwales
    vic:victoria
    qld:queensland
    sa:southaustralia
    tas:tasmania
    act:australiancapitalterritory
    nt:northernterritory
    on:ontario
    qc:quebec
    bc:britishcolumbia
    ab:alberta
    """
}
