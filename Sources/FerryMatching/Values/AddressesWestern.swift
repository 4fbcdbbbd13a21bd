// A Western address: "Unit 3, 15 Market St N, San Jose, CA 95112", "Hauptstr. 12, 10115 Berlin".
// A segment is what stands between commas. The first one that holds a number or a road's type is
// the street's line; those after it are rooms and places.

extension AddressReader {
  mutating func readWestern(isStreet: Bool) {
    places.removeAll(keepingCapacity: true)
    placeEnds.removeAll(keepingCapacity: true)
    let hasStreet = isStreet || saysStreet()
    var start = 0
    while start < units.count {
      var end = start
      while end < units.count, units[end] != Sign.comma, units[end] != 0x3B { end += 1 }
      tokens.removeAll(keepingCapacity: true)
      tokenize(start..<end)
      if !tokens.isEmpty { readSegment(hasStreet: hasStreet, isStreet: isStreet) }
      start = end + 1
    }
    finishPlaces()
  }

  /// Cuts a segment into tokens.
  mutating func tokenize(_ range: Range<Int>) {
    var index = range.lowerBound
    var before: UInt32 = 0
    while index < range.upperBound {
      let unit = units[index]
      if !Self.isPartOfToken(unit) {
        if unit != Sign.space { before = unit }
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, Self.isPartOfToken(units[index]) { index += 1 }
      let token = start..<index
      tokens.append(
        AddressToken(range: token, word: AddressWords.table.word(units, token), before: before))
      before = 0
      if index < range.upperBound, units[index] == 0x27 { index += 1 }
    }
  }

  @inline(__always)
  private static func isPartOfToken(_ unit: UInt32) -> Bool {
    Sign.isAlphanumeric(unit) || unit >= 0x80
  }

  /// Whether a number or a road's type occurs, so that the text is more than a place.
  private mutating func saysStreet() -> Bool {
    if units.contains(where: Sign.isDigit) { return true }
    tokens.removeAll(keepingCapacity: true)
    tokenize(units.indices)
    return tokens.dropFirst().contains { $0.word?.kind == .type }
  }

  private mutating func readSegment(hasStreet: Bool, isStreet: Bool) {
    guard hasStreet, parts.road.isEmpty, parts.house == 0 || isStreet else {
      return readPlaces(from: 0)
    }
    let isLine =
      isStreet
      || tokens.contains {
        $0.startsWithDigit(units) || $0.word?.kind == .type || $0.word?.kind == .box
      }
    if isLine {
      readPlaces(from: readStreet())
    } else if parts.place.isEmpty {
      for token in tokens { token.append(units, to: &parts.place) }
    }
  }

  /// Reads number, road and room; gives the token where places begin.
  private mutating func readStreet() -> Int {
    var index = readLeadingNumbers()
    var hasEnded = false
    while index < tokens.count {
      let token = tokens[index]
      let kind = token.word?.kind
      if token.before == Sign.hash || kind == .unit || kind == .floor || kind == .building {
        guard let next = readRoom(at: index) else { break }
        index = next
        hasEnded = hasEnded || !parts.road.isEmpty
        continue
      }
      if token.startsWithDigit(units), kind == nil, !isOrdinal(token) {
        if isPostcode(at: index) { break }
        if parts.house == 0 {
          parts.house = AddressNumber.hash(units, token.range)
          hasEnded = !parts.road.isEmpty
        } else if hasEnded {
          parts.room = AddressNumber.hash(units, token.range)
        } else {
          token.append(units, to: &parts.road)
        }
        index = skipRange(index + 1)
        continue
      }
      if hasEnded, kind != .direction { break }
      let isType = kind == .type && !parts.road.isEmpty
      if kind == .direction, !hasEnded, !parts.road.isEmpty {
        // A letter in the middle is a slip's, not a direction: "thomso n street".
        parts.road.append(contentsOf: units[token.range])
      } else if kind != .filler {
        token.append(units, to: &parts.road)
      }
      index += 1
      hasEnded = hasEnded || isType && !(index < tokens.count && tokens[index].word?.kind == .type)
    }
    return index
  }

  /// 12-14 counts as 12.
  private func skipRange(_ index: Int) -> Int {
    guard index < tokens.count, tokens[index].before == Sign.hyphen,
      tokens[index].startsWithDigit(units)
    else { return index }
    return index + 1
  }

  /// Reads 15, 12-14, 3/15 and 3 15 at a line's beginning.
  private mutating func readLeadingNumbers() -> Int {
    guard parts.house == 0, let first = tokens.first, first.startsWithDigit(units),
      !isOrdinal(first), first.word == nil, first.before != Sign.hash
    else { return 0 }
    let number = AddressNumber.hash(units, first.range)
    let next = skipRange(1)
    if next < tokens.count, tokens[next].startsWithDigit(units), !isOrdinal(tokens[next]),
      next + 1 < tokens.count || tokens[next].before == Sign.slash
    {
      parts.room = number
      parts.house = AddressNumber.hash(units, tokens[next].range)
      return skipRange(next + 1)
    }
    parts.house = number
    return next
  }

  /// Reads the number at or after a word such as Apt or #; `nil` where there is none.
  private mutating func readRoom(at index: Int) -> Int? {
    let kind = tokens[index].word?.kind ?? .unit
    if tokens[index].word == nil {
      setUnit(.unit, AddressNumber.hash(units, tokens[index].range))
      return index + 1
    }
    if kind == .floor, index > 0, isOrdinal(tokens[index - 1]) { return index + 1 }
    let next = index + 1
    guard next < tokens.count, tokens[next].startsWithDigit(units) || tokens[next].range.count <= 2
    else {
      // The beginning of a name: Tower Road, Flat Rock.
      if parts.road.isEmpty || parts.house == 0 {
        tokens[index].append(units, to: &parts.road)
        return next
      }
      return next < tokens.count ? next : nil
    }
    setUnit(kind, AddressNumber.hash(units, tokens[next].range))
    return next + 1
  }

  /// 5th, 21st: digits and the letters of an ordinal.
  private func isOrdinal(_ token: AddressToken) -> Bool {
    if token.word?.kind == .ordinal { return true }
    guard token.range.count >= 3, token.startsWithDigit(units) else { return false }
    let last = (units[token.range.upperBound - 2], units[token.range.upperBound - 1])
    switch last {
    case (0x74, 0x68), (0x73, 0x74), (0x6E, 0x64), (0x72, 0x64): return true
    default: return false
    }
  }

  /// Whether the token is a code of four to six digits behind the house's number, at the end.
  private func isPostcode(at index: Int) -> Bool {
    let token = tokens[index]
    guard parts.house != 0, !parts.road.isEmpty, (4...6).contains(token.range.count),
      units[token.range].allSatisfy(Sign.isDigit)
    else { return false }
    return index + 1 == tokens.count || tokens[index + 1].before == Sign.hyphen
      || token.range.count == 5
  }

  // MARK: Places

  /// Reads a room, a postcode, a state and the name of a place.
  private mutating func readPlaces(from start: Int) {
    var index = start
    let nameStart = places.count
    while index < tokens.count {
      let token = tokens[index]
      let kind = token.word?.kind
      if token.before == Sign.hash || kind == .unit || kind == .floor || kind == .building {
        if let next = readRoom(at: index) {
          index = next
          continue
        }
      }
      if parts.postcode == 0, isCodeOfLetters(index) {
        parts.postcode =
          AddressNumber.join(
            AddressNumber.hash(units, token.range),
            AddressNumber.hash(units, tokens[index + 1].range)) | 1 << 31
        index += 1
      } else if token.startsWithDigit(units), !isOrdinal(token) {
        readCode(token)
      } else if kind == .state, index > start || tokens.count - start == 1, parts.state.isEmpty,
        isLastWord(index)
      {
        token.append(units, to: &parts.state)
      } else if kind != .filler, !isCountryOfCode(index) {
        token.append(units, to: &places)
      }
      index += 1
    }
    if places.count > nameStart { placeEnds.append(places.count) }
  }

  private func isLastWord(_ index: Int) -> Bool {
    tokens[(index + 1)...].allSatisfy { $0.startsWithDigit(units) || $0.word?.kind == .country }
  }

  /// The D of D-10115.
  private func isCountryOfCode(_ index: Int) -> Bool {
    tokens[index].range.count <= 2 && index + 1 < tokens.count
      && tokens[index + 1].before == Sign.hyphen && tokens[index + 1].startsWithDigit(units)
  }

  /// Whether two tokens are a British or Canadian code: SW1A 1AA, K1A 0B1.
  private func isCodeOfLetters(_ index: Int) -> Bool {
    guard index + 1 < tokens.count else { return false }
    let (first, second) = (tokens[index].range, tokens[index + 1].range)
    return (2...4).contains(first.count) && second.count == 3
      && Sign.isLetter(units[first.lowerBound]) && units[first].contains(where: Sign.isDigit)
      && Sign.isDigit(units[second.lowerBound]) && units[second].contains(where: Sign.isLetter)
  }

  private mutating func readCode(_ token: AddressToken) {
    let isCode =
      (4...6).contains(token.range.count) && units[token.range].allSatisfy(Sign.isDigit)
    if isCode, parts.postcode == 0 {
      parts.postcode = AddressNumber.postcode(units, token.range)
    } else if !isCode, parts.room == 0, parts.house != 0, parts.postcode == 0 {
      parts.room = AddressNumber.hash(units, token.range)
    } else if parts.house == 0, !isCode {
      parts.house = AddressNumber.hash(units, token.range)
    }
  }

  /// The last place is the city, unless it is a state or a country; one before it the district.
  private mutating func finishPlaces() {
    var end = placeEnds.count
    while end > 0 {
      let range = (end > 1 ? placeEnds[end - 2] : 0)..<placeEnds[end - 1]
      guard let word = AddressWords.table.word(places, range) else { break }
      if word.kind == .state, end > 1, parts.state.isEmpty {
        parts.state.append(contentsOf: AddressWords.table.units[word.range])
      } else if word.kind != .country {
        break
      }
      end -= 1
    }
    if end > 1, let province = RomanDivisions.province(place(end - 1)) {
      if parts.state.isEmpty { parts.state.append(contentsOf: province) }
      end -= 1
    }
    if end > 0, parts.city.isEmpty {
      let city = place(end - 1)
      parts.city.append(contentsOf: RomanDivisions.city(city) ?? city)
      end -= 1
    }
    if end > 0, parts.district.isEmpty {
      parts.district.append(contentsOf: place(end - 1))
    }
  }

  /// The letters of a place that the address names.
  private func place(_ index: Int) -> ContiguousArray<UInt32> {
    ContiguousArray(places[(index > 0 ? placeEnds[index - 1] : 0)..<placeEnds[index]])
  }
}
