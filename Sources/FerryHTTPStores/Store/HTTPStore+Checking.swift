public import FerryCore
import FerryRecords
public import FerryStores

/// What a store says of one entity, or of signing in, when it is only asked.
public struct StoreCheckLine: Hashable, Sendable {
  /// What was looked at, such as `account`.
  public let subject: String
  /// What was found.
  public let message: Words
  /// Whether a load would go.
  public let isSound: Bool
}

extension HTTPStore {
  /// Signs in, reads one page of each entity, and says what is missing; writes nothing.
  ///
  /// - Returns: One line an entity, in load order; a sign-in that is refused is thrown.
  public func check() async throws(StoreError) -> [StoreCheckLine] {
    var lines: [StoreCheckLine] = []
    for entity in SalesChain.entities { lines.append(try await check(entity)) }
    return lines
  }

  private func check(_ entity: Entity) async throws(StoreError) -> StoreCheckLine {
    let known: RemoteShape?
    do throws(StoreError) {
      known = try await shape(of: entity)
    } catch {
      guard error.kind == .refused else { throw error }
      return line(entity, error)
    }
    guard let shape = known else {
      return line(
        entity, false,
        en: "no object; name one in the profile if the mapping loads it",
        zh: "没有对象；如映射需要写入，请在配置中指定")
    }
    let object = shape.object.name
    let faults = shape.faults(store: adapter.client.name, externalID: adapter.externalID)
    guard faults.isEmpty else {
      let say = { (language: Language) in
        faults.map { $0.message(in: language) }.joined(separator: "; ")
      }
      return line(entity, false, en: say(.english), zh: say(.chinese))
    }
    let found: Int
    do throws(StoreError) {
      found = try await page(of: EntityFields(entity, []), after: nil).records.count
    } catch {
      guard error.kind == .refused else { throw error }
      return line(entity, error)
    }
    if !shape.remote.isLookedUpOnly, !shape.description.demands.isEmpty {
      let demands = shape.description.demands.joined(separator: ", ")
      return line(
        entity, false, en: "\(object) demands fields that nothing fills: \(demands)",
        zh: "\(object) 的必填字段没有来源：\(demands)")
    }
    let count = shape.codecs.count
    return line(
      entity, true, en: "\(object), \(count) fields, first page has \(found) records",
      zh: "\(object)，\(count) 个字段，第一页有 \(found) 条记录")
  }

  private func line(_ entity: Entity, _ error: StoreError) -> StoreCheckLine {
    let say = { (language: Language) in
      error.findings.map { $0.message(in: language) }.joined(separator: "; ")
    }
    return line(entity, false, en: say(.english), zh: say(.chinese))
  }

  private func line(
    _ entity: Entity, _ isSound: Bool, en english: String, zh chinese: String
  ) -> StoreCheckLine {
    StoreCheckLine(
      subject: entity.name, message: Words(en: english, zh: chinese), isSound: isSound)
  }
}
